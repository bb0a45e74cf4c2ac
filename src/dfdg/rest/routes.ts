// The REST face of the Danish contract as data: each method with its path, its JSON and the operation behind it.

import { getPersonByEmailAddress } from '../operations/find-by-email.ts';
import { getPersonByMobilePhoneNumber } from '../operations/find-by-mobile.ts';
import { getPersonContactData } from '../operations/get.ts';
import { getVerificationCode } from '../operations/get-code.ts';
import { savePersonContactData } from '../operations/save.ts';
import { updatePersonContactDataStatus } from '../operations/set-status.ts';
import { verifyPersonContactData } from '../operations/verify.ts';
import { mayUse } from '../register/organisations.ts';
import {
  codeBody,
  found,
  nothing,
  registered,
  saveBody,
  sent,
  statusBody,
  toRows,
  verified,
  verifyBody,
} from './json.ts';
import { get, post, type RestRoute } from './route.ts';

const SERVICE = 'Borgerkommunikation.BorgersKontaktinformationService';
const WRITE = `${SERVICE}.informationer.write`;
const READ = `${SERVICE}.informationer.read`;
const VERIFY = `${SERVICE}.verificering.write`;
const BASE = '/v1/kontaktinformation';

const noMembers = () => ({});

const citizensOf = (citizens: readonly string[]) => ({
  borgerer: citizens.map((id) => ({ civilregistrationIdentifier: id })),
});

/** The seven methods, in the order of the owner's table. */
export const restRoutes: readonly RestRoute[] = [
  post({
    name: 'CreateKontaktinformation',
    path: BASE,
    basis: 'documented',
    scope: WRITE,
    allowed: mayUse.both,
    operation: savePersonContactData,
    body: saveBody,
    response: nothing,
    decodeJson: (body) => ({ rows: toRows(body) }),
    encodeJson: noMembers,
  }),
  post({
    name: 'UpdateVerificerKontaktinformation',
    path: `${BASE}/verificering`,
    basis: 'documented',
    scope: VERIFY,
    allowed: mayUse.both,
    operation: verifyPersonContactData,
    body: verifyBody,
    response: verified,
    decodeJson: ({ verifikationskode, kontaktdataType }) => ({
      code: verifikationskode,
      type: kontaktdataType,
    }),
    encodeJson: (status) => ({ kontaktdatastatus: status }),
  }),
  post({
    name: 'GetVerifikationskode',
    path: `${BASE}/verifikationskode`,
    basis: 'assumed',
    scope: VERIFY,
    allowed: mayUse.both,
    operation: getVerificationCode,
    body: codeBody,
    response: sent,
    decodeJson: ({ kontaktdataType }) => ({ type: kontaktdataType }),
    encodeJson: (code) => (code === undefined ? {} : { verifikationskode: code }),
  }),
  post({
    name: 'UpdateKontaktinformation',
    path: `${BASE}/status`,
    basis: 'documented',
    scope: WRITE,
    allowed: mayUse.reminder,
    operation: updatePersonContactDataStatus,
    body: statusBody,
    response: nothing,
    decodeJson: ({ kontaktdataType, kontaktdatastatus }) => ({
      type: kontaktdataType,
      status: kontaktdatastatus,
    }),
    encodeJson: noMembers,
  }),
  get({
    name: 'GetKontaktinformation',
    path: BASE,
    basis: 'documented',
    scope: READ,
    allowed: mayUse.both,
    operation: getPersonContactData,
    response: registered,
    decodeParameters: () => undefined,
    encodeJson: (contactData) => ({
      kontaktinformationer: {
        kontaktinformation: contactData.map(({ value, type, status }) => ({
          kontaktdata: value,
          kontaktdataType: type,
          kontaktdatastatus: status,
        })),
      },
    }),
  }),
  get({
    name: 'GetKontaktinformationMobilNr',
    path: `${BASE}/mobiltelefon/{mobiltelefon}`,
    basis: 'documented',
    scope: READ,
    allowed: mayUse.reminder,
    operation: getPersonByMobilePhoneNumber,
    response: found,
    decodeParameters: ({ mobiltelefon = '' }) => mobiltelefon,
    encodeJson: citizensOf,
  }),
  get({
    name: 'GetKontaktinformationEmail',
    path: `${BASE}/emailaddresse/{email}`,
    basis: 'documented',
    scope: READ,
    allowed: mayUse.reminder,
    operation: getPersonByEmailAddress,
    response: found,
    decodeParameters: ({ email = '' }) => email,
    encodeJson: citizensOf,
  }),
];
