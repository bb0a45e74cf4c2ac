// Who may do what at the same time, in all programs that have the register open: locks that the server lets go of by itself
// when a transaction or a connection ends, however it ends.

/** `KONT`: the locks of others in the same database are not meant. */
const OURS = 0x4b4f4e54;
/** `KONV`: the revision of the single values that an instance knows. */
const KNOWN = 0x4b4f4e56;

const [WRITER, EVERYBODY, UPGRADE, JOURNAL] = [1, 2, 3, 4];

/** Taken by one writer after the other: so numbers and places come in the order of commits. */
const writer = `pg_advisory_xact_lock(${OURS}, ${WRITER})`;

/** Begins a change: a row with a text when it may be made, with null while somebody has the register to himself. */
export const BEGIN_CHANGE = `BEGIN ISOLATION LEVEL READ COMMITTED;
  SELECT CASE WHEN pg_try_advisory_xact_lock_shared(${OURS}, ${EVERYBODY}) THEN ${writer}::text END`;

/** Begins a look at what is committed, when every change that is under way now is over. */
export const BEGIN_AFTER = `BEGIN ISOLATION LEVEL READ COMMITTED;
  SELECT pg_advisory_xact_lock_shared(${OURS}, ${EVERYBODY}); SELECT ${writer}`;

/** Waits until all changes that are under way are over, and lets none in until the end of the transaction. */
export const ALONE = `SELECT pg_advisory_xact_lock(${OURS}, ${EVERYBODY})`;

/** Begins a long change, when all changes that are under way are over. */
export const BEGIN_ALONE = `BEGIN ISOLATION LEVEL READ COMMITTED;
  SET LOCAL idle_in_transaction_session_timeout = '1min'; SET LOCAL statement_timeout = 0;
  ${ALONE}`;

/** One program at a time looks at the tables and upgrades them. */
export const BEGIN_UPGRADE = `BEGIN; SET LOCAL lock_timeout = '1min'; SET LOCAL statement_timeout = 0;
  SELECT pg_advisory_xact_lock(${OURS}, ${UPGRADE})`;

/** Whether the connection with this process id of the server waits to look at the tables: one row where it does. */
export const waitsToUpgrade = (pid: number): string =>
  `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = ${OURS} AND objid = ${UPGRADE} AND NOT granted AND pid = ${pid}`;

/** One emulator at a time adds to the journal or forgets: so places come in the order of commits. A crash of the server may lose its tail. */
export const BEGIN_JOURNAL = `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = off;
  SELECT pg_advisory_xact_lock(${OURS}, ${JOURNAL})`;

const short = (revision: number): number => revision % 0x7fff_ffff;

/** Says that all up to this revision is known here. */
export const knows = (revision: number): string =>
  `SELECT pg_advisory_lock_shared(${KNOWN}, ${short(revision)})`;
export const knewOnly = (revision: number): string =>
  `SELECT pg_advisory_unlock_shared(${KNOWN}, ${short(revision)})`;

/** How many connected instances know an earlier revision only. */
export const behind = (revision: number): string =>
  `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = ${KNOWN} AND objid < ${short(revision)}
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
