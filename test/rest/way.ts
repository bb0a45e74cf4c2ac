// The way of REST requests over an engine of the test's own, without a listener.

import assert from 'node:assert/strict';
import { organisations, rightsIn } from '../../src/dfdg/register/organisations.ts';
import { keepCitizen } from '../../src/dfdg/register/store.ts';
import { restRoutes } from '../../src/dfdg/rest/routes.ts';
import { createRest } from '../../src/dfdg/rest/way.ts';
import { createCarry } from '../../src/exchange/exchange.ts';
import type { WireAnswer } from '../../src/http/wire.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import type { Engine } from '../../src/store/engine.ts';
import { aCitizen, CPR, codeSettings } from '../dfdg/circumstances.ts';
import { newJournal } from '../journal/new-journal.ts';
import { written } from '../store/contract/verbs.ts';

export const STAR = { type: 1, code: 'STAR', name: 'STAR', cvr: '55568510' };

/** Puts in whom the requests are about, and who makes them. */
export const fillRegister = (engine: Engine, at: number): Promise<undefined> =>
  written(
    engine,
    organisations.put({ organisations: [STAR], relations: [{ cvr: STAR.cvr, type: 1, code: 'STAR' }] }),
    ...keepCitizen(aCitizen(), at),
  );

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  /** The name of a certificate of STAR; undefined: none is shown. */
  readonly certificate?: string;
}

/**
 * @param engine what the organisations are read from
 * @param changing what the calls are made through
 * @param now the register hand of the clock
 */
export const restOver = (
  engine: Pick<Engine, 'value'>,
  changing: Pick<Engine, 'change'>,
  now: () => number,
) => {
  const journal = newJournal(now);
  const defects: unknown[] = [];
  const rest = createRest({
    carry: createCarry({ journal, answerHeaders: true, onDefect: (error) => defects.push(error) }),
    engine: changing,
    operations: { codes: codeSettings, citizenUser: 'self', rights: rightsIn(engine), now },
    rights: rightsIn(engine),
    authenticator: {
      identify: (certificate) => ({
        cvr: STAR.cvr,
        userIdentifier: `CVR:${STAR.cvr}-FID:1`,
        subject: 'CN=STAR',
        fingerprint: certificate?.toString() ?? '',
      }),
    },
    language: 'da',
    required: () => false,
    scopes: false,
  });
  /** Sends a request of a method; all that are sent without waiting come in the same turn. */
  const send = (name: string, body: unknown, { headers = {}, certificate }: Sending = {}) => {
    const route = restRoutes.find((one) => one.name === name);
    assert.ok(route, name);
    const given = {
      'content-type': 'application/json',
      'x-active-organisation-type-identifier': String(STAR.type),
      'x-active-organisation-code': STAR.code,
      'x-civilregistrationidentifier': CPR,
      ...headers,
    };
    const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
    const { method, path } = route;
    const shown = certificate === undefined ? undefined : Buffer.from(certificate);
    return rest.method(route)(
      { method, path, headers: given, body: bytes, remote: '', certificate: shown },
      {},
    );
  };
  return {
    defects,
    send,
    /** Saves an e-mail address. */
    save: (address: string, sending?: Sending) =>
      send('CreateKontaktinformation', [{ kontaktdataType: 3, kontaktdata: address }], sending),
    entryOf: ({ headers }: WireAnswer): JournalEntry => {
      const entry = journal.find(headers['kontakt-journal'] ?? '');
      assert.ok(entry);
      return entry;
    },
  };
};
