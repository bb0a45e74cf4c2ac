// PHP beside the emulator: a few jobs for one run of the script, whose SoapClient signs and verifies by itself.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Stage } from './stage.ts';
import { run } from './tool.ts';

/** A request to sign and send. */
interface Call {
  readonly operation: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A message to verify, base64; `sent` is the SignatureValue that it must confirm if it confirms any. */
interface Read {
  readonly read: string;
  readonly sent?: string;
}

/** What PHP found. */
interface Answer {
  /** The message, base64. */
  readonly wire: string;
  readonly element?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly signed?: readonly string[];
  /** What SoapClient returned for a call, or the code of the fault that it threw. */
  readonly answer?: Readonly<Record<string, string>>;
  readonly fault?: string;
  /** Why PHP does not believe it. */
  readonly refused?: string;
}

/**
 * Does the jobs in order, as `digipost`.
 *
 * @param organisation whose certificate must have signed the answers
 */
export const inPhp = async (
  { service, files: { key, certificate, trust } }: Stage,
  jobs: readonly (Call | Read)[],
  organisation = '991825827',
): Promise<Answer[]> => {
  const input = JSON.stringify({ wsdl: `${service}?wsdl`, key, certificate, trust, organisation, jobs });
  const script = join(import.meta.dirname, 'php', 'mailbox_client.php');
  const { ok, output, said } = await run('php', [script], { input });
  assert.ok(ok, said);
  return JSON.parse(output.toString('utf8'));
};
