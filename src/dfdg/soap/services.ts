// The two SOAP services: the operations of each in the WSDL's order, and how they are served.

import type { Service } from '../../contract/operation.ts';
import type { ServiceDescription } from '../../soap/service.ts';
import { SOAP_1_1 } from '../../soap/version.ts';
import type { DanishCaller } from '../caller.ts';
import type { Surroundings } from '../decide.ts';
import { getPersonByEmailAddress } from '../operations/find-by-email.ts';
import { getPersonByMobilePhoneNumber } from '../operations/find-by-mobile.ts';
import { getPersonContactData } from '../operations/get.ts';
import { getVerificationCode } from '../operations/get-code.ts';
import { savePersonContactData } from '../operations/save.ts';
import { updatePersonContactDataStatus } from '../operations/set-status.ts';
import { verifyPersonContactData } from '../operations/verify.ts';
import type { Refusal } from '../rule.ts';
import { facesOf, type RefusalSettings } from './faces.ts';
import { headers } from './headers.ts';
import { type Listed, listed, type Names } from './listed.ts';

const SHARED_SCHEMAS = [
  'active-organisation-header.xsd',
  'request-user-metadata-header.xsd',
  'request-user-structure.xsd',
  'request-organisation-structure.xsd',
  'organisation-type-identifier-code-list.xsd',
  'request-user-type-identifier-code-list.xsd',
  'person-contact-data-type-identifier-code-list.xsd',
  'person-contact-data-status-type-identifier-code-list.xsd',
  'code-list-base.xsd',
  'service-answer.xsd',
  'fault-details.xsd',
  'email-address.xsd',
  'telephone.xsd',
  'guid.xsd',
];

const describeService = (names: Names, operations: readonly Listed[]): ServiceDescription => ({
  name: names.name,
  title: `DFDG ${names.service}`,
  version: SOAP_1_1,
  paths: [`/PjakTassWCFtService/1/${names.service}.svc`],
  wsdl: names.wsdl,
  schemas: Object.fromEntries([names.messages, ...SHARED_SCHEMAS].map((file) => [file, `dfdg/${file}`])),
  synonyms: {},
  headers,
  operations: operations.map(({ describe }) => describe(names)),
});

const reminderNames: Names = {
  name: 'reminder',
  service: 'PersonNotificationReminderService',
  wsdl: 'person-notification-reminder-service.wsdl',
  messages: 'person-notification-reminder-service-messages.xsd',
  key: 'PersonCivilRegistrationIdentifier',
  exampleKey: '1403455896',
};
const reminderOperations = [
  listed(savePersonContactData),
  listed(getPersonContactData),
  listed(updatePersonContactDataStatus),
  listed(getPersonByMobilePhoneNumber),
  listed(getPersonByEmailAddress),
];

/** PersonNotificationReminderService, for authorities. */
export const reminder = describeService(reminderNames, reminderOperations);

const jobnetNames: Names = {
  name: 'jobnet',
  service: 'JobnetPersonNotificationReminderService',
  wsdl: 'jobnet-person-notification-reminder-service.wsdl',
  messages: 'jobnet-person-notification-reminder-service-messages.xsd',
  key: 'CvCustomerIdentifier',
  exampleKey: '10000001',
};
const jobnetOperations = [
  listed(savePersonContactData),
  listed(getPersonContactData),
  listed(verifyPersonContactData),
  listed(getVerificationCode),
];

/** JobnetPersonNotificationReminderService, for Jobnet. */
export const jobnet = describeService(jobnetNames, jobnetOperations);

/** Makes a service with a register behind it. */
export type Serve = (surroundings: Surroundings, settings: RefusalSettings) => Service<DanishCaller, Refusal>;

const serve =
  (description: ServiceDescription, names: Names, operations: readonly Listed[]): Serve =>
  (surroundings, settings) => ({
    ...description,
    operations: operations.map((operation) => operation.serve(names, surroundings)),
    faces: facesOf(names, settings),
  });

export const serveReminder = serve(reminder, reminderNames, reminderOperations);
export const serveJobnet = serve(jobnet, jobnetNames, jobnetOperations);
