// What says of a broken message what was done to it: the engine, by all that it would know in an emulator.

import { createPublicKey } from 'node:crypto';
import { explainBytes } from '../../src/commands/message/explain.ts';
import type { Explained } from '../../src/explain/explained.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache } from '../../src/security/signer.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { readLists, readTrust } from '../../src/security/trust/material.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { openArena } from '../attacks/arena.ts';
import { lists, trusted } from '../attacks/authority.ts';
import { control } from '../running.ts';
import type { Broken } from './broken/ways.ts';
import { inOneMoment } from './moment.ts';

export interface Judge {
  /** Makes the message, sends it where that is how it is shown, and explains it. */
  readonly explained: (one: Broken) => Promise<Explained>;
  readonly close: () => Promise<void>;
}

export const openJudge = async (): Promise<Judge> => {
  const arena = await openArena({ profile: 'observed' });
  const { pki, journal, url } = arena.emulator;
  const own = [...pki.clients.values()].map(({ certificatePem }) => certificatePem);
  const anchors = [pki.trustPem, ...readTrust(trusted())];
  const trust = createTrustStore(anchors, [...pki.crls, ...readLists(lists(), anchors)]);
  const signers = createSignerCache(trust, knownCertificates(own));

  /** What the journal says of a message that was sent, or sent again. */
  const explainedSent = async (
    body: string | Buffer,
    times: number,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Explained> => {
    for (let count = 0; count < times; count += 1) await arena.post({ body, headers });
    const [entry] = journal.list();
    const { json } = await control(url, 'GET', `/journal/${entry?.number}/explanation`);
    return json as Explained;
  };

  const explainedFile = (
    message: string | Buffer,
    { http, service, profile = 'observed', arrived }: Broken,
  ): Explained => {
    const known = [...pki.clients].map(([owner, { certificatePem }]) => ({
      owner,
      key: createPublicKey(certificatePem),
    }));
    const judging = {
      profile: profiles[profile],
      signers,
      now: arena.now(),
      key: undefined,
      arrived: arrived ?? false,
      authorities: trust.authorities,
    };
    const given = { headers: {}, ...http, whole: http !== undefined, service };
    return explainBytes(Buffer.from(message), judging, known, undefined, undefined, given);
  };

  return {
    explained: (one) => {
      // A certificate that it needs is made with its first message, and good from that second on: before the moment.
      one.make(arena);
      return inOneMoment(arena, async () => {
        const message = one.make(arena);
        return one.sent
          ? await explainedSent(message, one.sent, one.http?.headers)
          : explainedFile(message, one);
      });
    },
    close: () => arena.emulator.close(),
  };
};
