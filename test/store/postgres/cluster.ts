// A PostgreSQL server of the tests' own, in a folder of its own, reached by its socket; it is gone when the run ends.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRESQL } from '../../interop/stacks.ts';

/** The server refuses to run as root; Debian has a user for it. */
const owner = (): { uid?: number; gid?: number } => {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
};

/** Who speaks to it has its user as a superuser; it listens to the socket alone. */
const CONFIGURATION = `
port = 5432
listen_addresses = ''
max_connections = 200
max_prepared_transactions = 10
fsync = off
full_page_writes = off
shared_buffers = 32MB
deadlock_timeout = 20ms
`;

export interface Cluster {
  /** Where its socket is. */
  readonly folder: string;
  readonly data: string;
  /** Makes a database. Returns its URL. */
  database(): string;
  drop(database: string): void;
  /** Runs SQL in a database, at once, as somebody else would; one line for each row. */
  sql(database: string, text: string): string[];
  start(): void;
  isUp(): boolean;
  /** From now on TCP takes TLS and passwords only. */
  protect(): void;
  /** @param mode immediate is as if it crashed */
  stop(mode: 'fast' | 'immediate'): void;
}

/** Gives a file to the user that the server runs as. */
export const giveToServer = (path: string): void => {
  const { uid, gid } = owner();
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
};

/**
 * Makes a server.
 *
 * @param configuration further lines of postgresql.conf
 * @param copied the server that it is a replica of; undefined: none
 */
export const makeCluster = (configuration = '', copied?: Cluster): Cluster => {
  const user = owner();
  const folder = mkdtempSync(join(tmpdir(), 'kontakt-postgres-'));
  giveToServer(folder);
  const data = join(folder, 'data');
  const run = (program: string, ...args: string[]): string => {
    const { status, stdout, stderr, error } = spawnSync(join(POSTGRESQL, program), args, {
      ...user,
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: program === 'pg_ctl' ? 'ignore' : 'pipe',
    });
    assert.equal(status, 0, `${program}: ${error?.message ?? stderr}`);
    return stdout;
  };
  const make = copied
    ? ['pg_basebackup', '--write-recovery-conf', '--checkpoint', 'fast', '--host', copied.folder]
    : ['initdb', '--auth', 'trust', '--encoding', 'UTF8', '--no-locale'];
  const [program = '', ...args] = make;
  run(program, ...args, '--pgdata', data, '--username', 'kontakt', '--no-sync');
  appendFileSync(
    join(data, 'postgresql.conf'),
    `${CONFIGURATION}${configuration}unix_socket_directories = '${folder}'\n`,
  );
  const start = (): void =>
    void run('pg_ctl', '--pgdata', data, '--wait', '--log', join(folder, 'log'), 'start');
  const stop = (mode: string): void => void run('pg_ctl', '--pgdata', data, '--mode', mode, '--wait', 'stop');
  start();
  process.once('exit', () => {
    spawnSync(join(POSTGRESQL, 'pg_ctl'), ['--pgdata', data, '--mode', 'immediate', 'stop'], {
      ...user,
      stdio: 'ignore',
    });
    rmSync(folder, { recursive: true, force: true });
  });
  const port = /^port = (\d+)/m.exec(configuration)?.[1];
  const url = (database: string): string =>
    `postgres://kontakt@/${database}?host=${folder}${port === undefined ? '' : `&port=${port}`}`;
  const sql = (database: string, text: string): string[] =>
    run(
      'psql',
      '--no-psqlrc',
      '--tuples-only',
      '--no-align',
      '--quiet',
      '--set',
      'ON_ERROR_STOP=1',
      '--command',
      text,
      '--dbname',
      database.replace('postgres:', 'postgresql:'),
    )
      .split('\n')
      .slice(0, -1);
  let databases = 0;
  return {
    folder,
    data,
    drop: (database) => {
      const name = new URL(database.replace('@/', '@localhost/')).pathname.slice(1);
      sql(url('postgres'), `DROP DATABASE ${name} WITH (FORCE)`);
    },
    isUp: () =>
      spawnSync(join(POSTGRESQL, 'pg_isready'), ['--quiet', '--host', folder], { ...user }).status === 0,
    protect: () => {
      writeFileSync(join(data, 'pg_hba.conf'), 'local all all trust\nhostssl all all all scram-sha-256\n');
      run('pg_ctl', '--pgdata', data, 'reload');
    },
    start,
    stop,
    sql,
    database: () => {
      databases += 1;
      const name = `register_${databases}`;
      sql(url('postgres'), `CREATE DATABASE ${name}`);
      return url(name);
    },
  };
};

let made: Cluster | undefined;

/** The server of this run, started when it is asked for first. */
export const cluster = (): Cluster => {
  made ??= makeCluster();
  return made;
};
