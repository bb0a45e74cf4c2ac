// Messages to the Danish services: no WS-Security, but two headers and a schema.

import { writeDanishRequest } from '../../../src/client/danish.ts';
import { actors, operationOf, services } from '../../dfdg/calling.ts';
import type { Broken } from './ways.ts';

const request = (): string => {
  const operation = operationOf('reminder', 'GetPersonContactData');
  return writeDanishRequest(
    services.reminder,
    operation,
    operation.examples[0] ?? {},
    actors.kommune,
    Date.now(),
  );
};
const edited = (edit: (text: string) => string) => (): string => {
  const text = request();
  const changed = edit(text);
  if (changed === text) throw new Error('the edit did not take');
  return changed;
};
const ACTIVE = /<aoh:ActiveOrganisationHeader.*<\/aoh:ActiveOrganisationHeader>/s;

export const danish: readonly Broken[] = [
  {
    name: 'a Danish header left out',
    cause: 'element-missing',
    make: edited((text) => text.replace(ACTIVE, '')),
  },
  {
    name: 'a Danish header of an older version',
    cause: 'wrong-namespace',
    make: edited((text) => text.replaceAll('schemas/2005/09/01/', 'schemas/2004/09/01/')),
  },
  {
    name: 'a Danish header for another actor',
    cause: 'actor-of-another',
    make: edited((text) =>
      text.replace('<aoh:ActiveOrganisationHeader', '<aoh:ActiveOrganisationHeader SOAP-ENV:actor="urn:x"'),
    ),
  },
  {
    name: 'a Danish header twice',
    cause: 'element-twice',
    make: edited((text) => text.replace(ACTIVE, '$&$&')),
  },
  {
    name: 'a Danish header with its elements in another order',
    cause: 'element-order',
    make: edited((text) =>
      text.replace(
        /(<aoh:OrganisationTypeIdentifier>.*?<\/aoh:OrganisationTypeIdentifier>)(<aoh:OrganisationCode>.*?<\/aoh:OrganisationCode>)/s,
        '$2$1',
      ),
    ),
  },
  {
    name: 'a Danish message without its key',
    cause: 'element-missing',
    make: edited((text) =>
      text.replace(/<m:PersonCivilRegistrationIdentifier>.*<\/m:PersonCivilRegistrationIdentifier>/s, ''),
    ),
  },
  {
    name: 'a Danish message in no namespace',
    cause: 'element-unqualified',
    make: edited((text) => text.replace(/(<\/?)m:(PersonCivil)/g, '$1$2')),
  },
  {
    name: 'a Danish message in SOAP 1.2',
    cause: 'soap-version',
    make: edited((text) =>
      text.replaceAll('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
    ),
  },
  {
    name: 'a Danish message with a wrong SOAPAction',
    cause: 'soap-action',
    http: { headers: { 'content-type': 'text/xml', soapaction: 'urn:x' } },
    make: request,
  },
];
