// Everything that can be wrong with a call to the Danish services, by the code it is answered with.

import assert from 'node:assert/strict';
import { actors, type Call, type ServiceName } from './calling.ts';

export interface Mistake extends Call {
  readonly service?: ServiceName;
  readonly operation?: string;
  /** That this is a case of the code is assumed, though the code is documented. */
  readonly assumed?: true;
}

export const MAIL = { PersonContactData: 'ny@example.dk', PersonContactDataTypeIdentifier: '3' };
export const replacing =
  (from: string | RegExp, to: string) =>
  (envelope: string): string => {
    assert.notEqual(envelope.replace(from, to), envelope, 'nothing to replace');
    return envelope.replace(from, to);
  };
export const without =
  (header: string) =>
  (envelope: string): string =>
    replacing(new RegExp(`<([\\w-]+:)?${header}[ >].*</([\\w-]+:)?${header}>`, 's'), '')(envelope);
/** The same header once more, as it is or changed. */
export const twice =
  (header: string, change: (block: string) => string = (block) => block) =>
  (envelope: string): string =>
    replacing(
      new RegExp(`<([\\w-]+:)?${header}[ >].*</([\\w-]+:)?${header}>`, 's'),
      '$&$&',
    )(envelope).replace(new RegExp(`<([\\w-]+:)?${header}[ >].*?</([\\w-]+:)?${header}>`, 's'), change);
export const elsewhere =
  (namespace: string) =>
  (envelope: string): string =>
    envelope.replaceAll(namespace, `${namespace}other/`);
export const ORGANISATION = 'http://rep.oio.dk/ams.dk/xml/schemas/2005/09/01/';
const METADATA = 'http://service.bm.dk/RequestUserMetadata/2015/01/21/';
const star = actors.star;

/** By the code that they are answered with; of SavePersonContactData in the reminder service unless told otherwise. */
export const mistakes: Readonly<Record<string, readonly (readonly [string, Mistake])[]>> = {
  1101: [
    ['no certificate', { client: null }],
    ['the http listener', { over: 'http' }],
  ],
  1012: [
    ['an expired certificate', { client: 'utloept' }],
    ['a revoked certificate', { client: 'tilbakekalt' }],
    ['a certificate of nobody’s', { client: 'selvsignert' }],
    ['a Norwegian certificate', { client: 'digipost' }],
  ],
  8232: [
    ['no ActiveOrganisationHeader', { edit: without('ActiveOrganisationHeader') }],
    ['ActiveOrganisationHeader in another namespace', { edit: elsewhere(ORGANISATION) }],
    ['no header at all', { edit: without('Header') }],
    [
      'ActiveOrganisationHeader for another actor',
      {
        edit: replacing('ActiveOrganisationHeader ', 'ActiveOrganisationHeader SOAP-ENV:actor="urn:other" '),
      },
    ],
  ],
  8233: [
    ['no RequestUserMetadataHeader', { edit: without('RequestUserMetadataHeader') }],
    ['RequestUserMetadataHeader in another namespace', { edit: elsewhere(METADATA) }],
  ],
  8234: [
    ['organisation type 101', { actor: { ...star, organisationType: '101' } }],
    ['an organisation type of letters', { actor: { ...star, organisationType: 'STAR' } }],
    ['an organisation code of 21 characters', { actor: { ...star, organisationCode: '1'.repeat(21) } }],
    ['the header twice', { assumed: true, edit: twice('ActiveOrganisationHeader') }],
    [
      'two headers for two organisations',
      {
        assumed: true,
        edit: twice('ActiveOrganisationHeader', (one) => one.replace('90000016', '90000024')),
      },
    ],
  ],
  8235: [
    ['no RegistrationDateTime', { edit: without('RegistrationDateTime') }],
    ['no user identifier', { edit: without('UserIdentifier') }],
    ['a user type of letters', { actor: { ...star, userType: 'system' } }],
    ['a code of nine digits', { actor: { ...star, organisationCode: '123456789' } }],
    ['the header twice', { assumed: true, edit: twice('RequestUserMetadataHeader') }],
    [
      'two headers for two users',
      {
        assumed: true,
        edit: twice('RequestUserMetadataHeader', (one) => one.replace('Kontakt Emulator', 'Somebody')),
      },
    ],
  ],
  8173: [['an organisation type of no code list', { actor: { ...star, organisationType: '99' } }]],
  8174: [['a user type of no code list', { actor: { ...star, userType: '5' } }]],
  4413: [
    [
      'headers that name two organisations',
      {
        edit: replacing(
          /(:OrganisationCode>)90000016(<[^>]*OrganisationCode><[^>]*RequestOrganisationStructure>)/,
          '$190000024$2',
        ),
      },
    ],
    [
      'headers that name two organisation types',
      { edit: replacing(/(CodeListItemIdentifier[^>]*>)1</, '$17<') },
    ],
  ],
  1013: [
    ['Jobnet in the service of the authorities', { client: 'jobnet' }],
    ['a municipality in Jobnet’s service', { client: 'kommune', service: 'jobnet' }],
    ['another actor', { actor: { ...star, organisationType: '4', organisationCode: '90000113' } }],
  ],
  4575: [
    ['a certificate that may act for nobody', { client: 'fremmedcvr' }],
    ['another one’s certificate', { client: 'akasse', actor: star }],
    ['an organisation nobody knows', { actor: { ...star, organisationCode: '12345678' } }],
    ['a user of another CVR number', { actor: { ...star, userIdentifier: actors.akasse.userIdentifier } }],
    ['a user identifier without CVR number', { actor: { ...star, userIdentifier: 'me' } }],
    [
      'a system that is not the certificate’s',
      { actor: { ...star, userIdentifier: star.userIdentifier.replace(/.$/, '7') } },
    ],
    [
      'an employee of another CVR number',
      { assumed: true, actor: { ...star, userType: '2', userIdentifier: 'CVR:90000024-RID:1' } },
    ],
    ['a citizen without a CPR number', { actor: { ...star, userType: '1' } }],
    [
      'a citizen of another municipality',
      { client: 'kommune', values: { PersonCivilRegistrationIdentifier: '1608495963' } },
    ],
  ],
  1014: [
    ['a body against the schema', { edit: without('PersonContactDataCollection') }],
    [
      'an unknown element',
      { edit: replacing('<m:PersonContactDataCollection>', '<m:More/><m:PersonContactDataCollection>') },
    ],
    [
      'the other service’s body',
      {
        edit: (text) =>
          text.replaceAll('PersonNotificationReminderService', 'JobnetPersonNotificationReminderService'),
      },
    ],
    [
      'more rows than anybody has',
      {
        edit: (text) =>
          text.replace(
            /(?<=<m:PersonContactDataCollection>).*(?=<\/m:PersonContactDataCollection>)/s,
            (row) => row.repeat(21),
          ),
      },
    ],
    ['malformed XML', { edit: (text) => text.slice(0, -4) }],
    ['a DOCTYPE', { edit: (text) => `<!DOCTYPE x>${text.replace(/^<\?xml[^>]*\?>/, '')}` }],
    ['no body at all', { edit: () => '' }],
    ['another SOAPAction', { headers: { soapaction: '"urn:other"' } }],
  ],
  1001: [['a date that does not exist', { values: { PersonCivilRegistrationIdentifier: '2902455001' } }]],
  1010: [
    ['nobody’s number', { values: { PersonCivilRegistrationIdentifier: '1305475366' } }],
    ['ten zeros', { values: { PersonCivilRegistrationIdentifier: '0000000000' } }],
  ],
  4400: [['nobody’s CV number', { service: 'jobnet', values: { CvCustomerIdentifier: '19999999' } }]],
  4405: [['a dead citizen', { values: { PersonCivilRegistrationIdentifier: '1005415515' } }]],
  9460: [['a former number', { values: { PersonCivilRegistrationIdentifier: '2406505319' } }]],
  9153: [['an unknown type', { values: { PersonContactDataTypeIdentifier: '4' } }]],
  9155: [
    [
      'the removal of a subscribed e-mail address',
      { values: { PersonCivilRegistrationIdentifier: '2004447541', PersonContactData: '' } },
    ],
  ],
  9156: [
    ['a bad mobile number', { values: { PersonContactDataTypeIdentifier: '1' } }],
    [
      'a search for no number',
      { operation: 'GetPersonByMobilePhoneNumber', values: { MobileNumberIdentifier: '12' } },
    ],
  ],
  9157: [['a bad landline', { values: { PersonContactDataTypeIdentifier: '2' } }]],
  9158: [
    ['a bad address', { values: { PersonContactData: 'nobody' } }],
    [
      'a search for no address',
      { operation: 'GetPersonByEmailAddress', values: { EmailAddressIdentifier: 'x' } },
    ],
  ],
  9159: [
    ['a status of nothing', { operation: 'UpdatePersonContactDataStatus' }],
    ['a code for nobody', { service: 'jobnet', operation: 'GetVerificationCode' }],
  ],
  2002: [
    [
      'an unknown status',
      { operation: 'UpdatePersonContactDataStatus', values: { PersonContactDataStatusTypeIdentifier: '4' } },
    ],
  ],
  9240: [
    [
      'a code for a landline',
      {
        service: 'jobnet',
        operation: 'GetVerificationCode',
        values: { CvCustomerIdentifier: '10000017', PersonContactDataTypeIdentifier: '2' },
      },
    ],
  ],
  9242: [
    [
      'a code for what is not registered',
      { service: 'jobnet', operation: 'GetVerificationCode', values: { CvCustomerIdentifier: '10000014' } },
    ],
  ],
  9247: [
    [
      'a code for verified data',
      { service: 'jobnet', operation: 'GetVerificationCode', values: { CvCustomerIdentifier: '10000019' } },
    ],
  ],
  9241: [
    [
      'a code nobody sent',
      {
        service: 'jobnet',
        operation: 'VerifyPersonContactData',
        values: { CvCustomerIdentifier: '10000020' },
      },
    ],
  ],
};
