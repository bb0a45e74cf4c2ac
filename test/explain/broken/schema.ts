// Messages that are signed well, and that the schema does not allow.

import type { Arena } from '../../attacks/arena.ts';
import { NS } from '../../attacks/names.ts';
import type { Broken } from './ways.ts';

const XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const ADDRESS = /<m:postkasseadresse>.*<\/m:postkasseadresse>/;
const NUMBER = /<m:postkasseleverandoerOrgNummer>.*<\/m:postkasseleverandoerOrgNummer>/;

const written =
  (edit: (text: string, arena: Arena) => string): Broken['make'] =>
  (arena) => {
    const payload = edit(arena.payload, arena);
    if (payload === arena.payload) throw new Error('the edit did not take');
    return arena.message({ payload });
  };
const withCertificate = (content: (arena: Arena) => string): Broken['make'] =>
  written((_, arena) => {
    const text = arena.payload.replaceAll('OpprettPostkasse', 'OpprettOgVelgSikkerDigitalPostkasse');
    return text.replace(
      ADDRESS,
      (address) => `${address}<m:x509Sertifikat>${content(arena)}</m:x509Sertifikat>`,
    );
  });

export const schema: readonly Broken[] = [
  {
    name: 'two elements in each other’s place',
    cause: 'element-order',
    make: written((text) =>
      text.replace(
        /(<m:postkasseleverandoerOrgNummer>.*?>)(<m:postkasseadresse>.*?>)(?=<\/m:Opprett)/,
        '$2$1',
      ),
    ),
  },
  {
    name: 'a slip in a name',
    cause: 'element-unknown',
    make: written((text) => text.replaceAll('postkasseadresse>', 'postkasseaddresse>')),
  },
  {
    name: 'an element too many',
    cause: 'element-unknown',
    make: written((text) => text.replace(ADDRESS, '$&<m:navn>x</m:navn>')),
  },
  { name: 'an element too few', cause: 'element-missing', make: written((text) => text.replace(NUMBER, '')) },
  {
    name: 'the last element left out',
    cause: 'element-missing',
    make: written((text) => text.replace(ADDRESS, '')),
  },
  {
    name: 'an element once more',
    cause: 'element-twice',
    make: written((text) => text.replace(ADDRESS, '$&$&')),
  },
  {
    name: 'elements in no namespace',
    cause: 'element-unqualified',
    make: written((text) => text.replace(/(<\/?)m:(p)/g, '$1$2')),
  },
  {
    name: 'an element of another namespace',
    cause: 'wrong-namespace',
    make: written((text) =>
      text.replace(
        /<m:postkasseadresse>(.*?)<\/m:postkasseadresse>/,
        '<postkasseadresse xmlns="urn:x">$1</postkasseadresse>',
      ),
    ),
  },
  {
    name: 'text between the elements',
    cause: 'text-misplaced',
    make: written((text) => text.replace(ADDRESS, 'x$&')),
  },
  {
    name: 'a name of the term catalogue',
    cause: 'catalogue-name',
    make: written((text) => text.replaceAll('postkasseleverandoerOrgNummer', 'virksomhetsidentifikator')),
  },
  {
    name: 'an address too short',
    cause: 'value-invalid',
    make: written((text) => text.replace('kari.testesen#1234', 'kari')),
  },
  {
    name: 'a number with a blank',
    cause: 'value-invalid',
    make: written((text) => text.replace('12838410985', '128384 10985')),
  },
  {
    name: 'xsi:type of rpc/encoded',
    cause: 'xsi-type-unknown',
    make: written((text) =>
      text.replace(
        '<m:postkasseadresse>',
        `<m:postkasseadresse${XSI} xmlns:xsd="http://www.w3.org/2001/XMLSchema" xsi:type="xsd:int">`,
      ),
    ),
  },
  {
    name: 'xsi:nil',
    cause: 'xsi-nil',
    make: written((text) => text.replace(ADDRESS, `<m:postkasseadresse${XSI} xsi:nil="true"/>`)),
  },
  {
    name: 'an attribute',
    cause: 'attribute-unknown',
    make: written((text) => text.replace('<m:postkasseadresse>', '<m:postkasseadresse lang="no">')),
  },
  {
    name: 'an element in an element that holds text',
    cause: 'element-unknown',
    make: written((text) => text.replace('kari.testesen#1234', '<m:x/>')),
  },
  {
    name: 'a certificate as PEM',
    cause: 'pem-in-token',
    make: withCertificate(({ client }) => client('digipost').certificatePem),
  },
  {
    name: 'a certificate as base64 of PEM',
    cause: 'pem-in-token',
    make: withCertificate(({ client }) => Buffer.from(client('digipost').certificatePem).toString('base64')),
  },
  {
    name: 'a certificate as base64 of PEM, by the journal',
    cause: 'pem-in-token',
    besides: ['UGYLDIG_SERTIFIKAT'],
    sent: 1,
    make: withCertificate(({ client }) => Buffer.from(client('digipost').certificatePem).toString('base64')),
  },
  {
    name: 'a certificate that MTOM has moved',
    cause: 'mtom',
    make: withCertificate(
      () => '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:a"/>',
    ),
  },
  {
    name: 'a schema error, by the journal',
    cause: 'element-order',
    sent: 1,
    make: written((text) =>
      text.replace(
        /(<m:postkasseleverandoerOrgNummer>.*?>)(<m:postkasseadresse>.*?>)(?=<\/m:Opprett)/,
        '$2$1',
      ),
    ),
  },
  {
    name: 'an operation in a wrong namespace, by the journal',
    cause: 'wrong-namespace',
    sent: 1,
    make: ({ message, payload }) => message({ payload: payload.replaceAll(NS.m, 'urn:other') }),
  },
  {
    name: 'fields that were escaped',
    cause: 'text-misplaced',
    remedy: /as elements: it came as text/,
    make: written((text) =>
      text.replace(/(<m:\w+Forespoersel[^>]*>)(.*)(<\/m:\w+Forespoersel>)/s, (_, start, inside, end) =>
        [start, inside.replaceAll('<', '&lt;'), end].join(''),
      ),
    ),
  },
];
