// An exchange as a file for a colleague: certificates are public ones only, and no header that lets anybody in goes along.

import type { Explain } from '../control/journal.ts';
import { type Portable, portable } from '../explain/portable.ts';
import { summaryOf } from '../journal/archive.ts';
import type { JournalEntry, JournalMessage } from '../journal/entry.ts';
import { maskText } from '../journal/mask.ts';
import { viewEntry, viewMessage } from '../journal/view.ts';
import { packageVersion } from '../kernel/root.ts';
import type { Pki } from '../pki/pki.ts';
import { readPem } from '../security/trust/certificate.ts';

/** Writes an exchange of the journal as a file. */
export type Export = (entry: JournalEntry, unmasked: boolean) => Promise<Portable>;

const LEFT_OUT: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
]);

const headersOf = ({ headers }: JournalMessage, unmasked: boolean): JournalMessage['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (LEFT_OUT.has(name.toLowerCase())) return [name, '(left out)'];
      return [name, value === undefined || unmasked ? value : maskText(value)];
    }),
  );

const messageOf = (message: JournalMessage, unmasked: boolean) => ({
  headers: headersOf(message, unmasked),
  body: viewMessage(message, unmasked).toString('base64'),
});

const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** @param trusted the CA certificates, PEM, with whatever else stands in their files */
export const exporting =
  (explain: Explain, pki: Pki, trusted: () => readonly string[]): Export =>
  async (entry, unmasked) => {
    const { judged, name, request, response } = entry;
    const caller = name === undefined ? undefined : pki.clients.get(name)?.certificatePem;
    return portable({
      emulator: packageVersion,
      masked: !unmasked,
      exchange: viewEntry(summaryOf(entry), unmasked),
      ...(judged
        ? {
            judgedBy: {
              profile: judged.profile,
              at: new Date(judged.at).toISOString(),
              authorities: trusted()
                .flatMap(readPem)
                .flatMap((one) => (one ? [pemOf(one.der)] : [])),
              ...(caller === undefined ? {} : { caller }),
            },
          }
        : {}),
      request: messageOf(request, unmasked),
      response: messageOf(response, unmasked),
      explanation: await explain(entry, unmasked),
    });
  };
