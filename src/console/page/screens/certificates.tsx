// Certificates: the clients of the test PKI with their files, and another one to order.

import { useSignal } from '@preact/signals';
import { commonNameIn } from '../../../kernel/common-name.ts';
import { printable } from '../../../kernel/printable.ts';
import { Failure, Screen } from '../parts/screen.tsx';
import { useAsked } from '../state/asked.ts';
import { ask, messageOf, saveAs } from '../state/session.ts';
import { NewCertificate } from './new-certificate.tsx';

interface Client {
  readonly name: string;
  readonly organisation: string | null;
  readonly subject?: string;
  readonly notAfter?: string;
  readonly files?: readonly string[];
}

const SHARED = ['trust.pem', 'trust.p12', 'server.pem', 'root.crl', 'issuing.crl'];

interface FilesParts {
  readonly client: string;
  readonly files: readonly string[];
  readonly failed: (message: string) => void;
}

const Files = ({ client, files, failed }: FilesParts) => (
  <span class="files">
    {files.map((file) => (
      <button
        key={file}
        type="button"
        aria-label={`Download ${file}`}
        onClick={() => {
          ask(`/certificates/${encodeURIComponent(file)}`)
            .then(async (response) => saveAs(file, await response.blob()))
            .catch((error: unknown) => failed(messageOf(error)));
        }}
      >
        {file.startsWith(client) ? file.slice(client.length) : file}
      </button>
    ))}
  </span>
);

const filesOf = ({ name, files }: Client): readonly string[] =>
  files ?? ['pem', 'key', 'p12'].map((kind) => `${name}.${kind}`);

export const Certificates = () => {
  const { json, failure } = useAsked<{ certificates: readonly Client[] }>(
    '/certificates',
    'certificates',
  ).value;
  const broken = useSignal<string | undefined>(undefined);
  const failed = (message: string): void => {
    broken.value = message;
  };
  return (
    <Screen title="Certificates" lead="Clients of the test PKI. The password of every .p12 is changeit.">
      <Failure message={broken.value ?? failure} />
      <NewCertificate />
      <div class="scroll card flush">
        <table>
          <thead>
            <tr>
              <th scope="col">Client</th>
              <th scope="col">Organisation</th>
              <th scope="col">Subject</th>
              <th scope="col">Valid until</th>
              <th scope="col">Files</th>
            </tr>
          </thead>
          <tbody>
            {json?.certificates.map((client) => (
              <tr key={client.name}>
                <td>
                  <b>{printable(client.name)}</b>
                </td>
                <td class="number">{client.organisation ?? 'none'}</td>
                <td>{printable(commonNameIn(client.subject ?? '') ?? client.subject ?? '')}</td>
                <td class="number">{client.notAfter?.slice(0, 10)}</td>
                <td>
                  <Files client={client.name} files={filesOf(client)} failed={failed} />
                </td>
              </tr>
            ))}
            <tr>
              <td>
                <b>all</b>
              </td>
              <td colSpan={3}>
                What clients must trust, the certificate of the server, and the revocation lists
              </td>
              <td>
                <Files client="" files={SHARED} failed={failed} />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </Screen>
  );
};
