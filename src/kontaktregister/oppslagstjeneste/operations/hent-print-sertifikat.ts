// HentPrintSertifikat: the provider that letters are printed by, and the certificate that they are encrypted with.

import { nothing } from '../../../store/tables.ts';
import { element } from '../../../xml/writer.ts';
import { namesOf } from '../message.ts';
import { type Describe, listed } from '../operation.ts';

const NAME = 'HentPrintSertifikat';

export const hentPrintSertifikat: Describe = (version) => {
  const { messages } = version;
  return listed({
    description: {
      ...namesOf(NAME, version),
      fields: [],
      summary: 'delivers the number and the certificate of the print provider',
      basis: 'documented',
      examples: [{}],
    },
    part: 'OPPSLAGSTJENESTEN',
    decode: () => undefined,
    load: () => nothing,
    answer: (_nothing, _command, _at, { print }) => {
      const { organisation, der } = print();
      return element(
        messages,
        namesOf(NAME, version).response.name,
        [],
        element(messages, 'postkasseleverandoerAdresse', [], organisation),
        element(messages, 'X509Sertifikat', [], der.toString('base64')),
      );
    },
  });
};
