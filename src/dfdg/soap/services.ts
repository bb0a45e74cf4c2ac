// The two SOAP services: the operations of each in the WSDL's order, and how they are served.

import { randomUUID } from 'node:crypto';
import type { RegisterProblem, Service, ServiceDescription } from '../../soap/service.ts';
import { SOAP_1_1 } from '../../soap/version.ts';
import type { DanishRegister } from '../decide.ts';
import { getPersonByEmailAddress } from '../operations/find-by-email.ts';
import { getPersonByMobilePhoneNumber } from '../operations/find-by-mobile.ts';
import { getPersonContactData } from '../operations/get.ts';
import { getVerificationCode } from '../operations/get-code.ts';
import { savePersonContactData } from '../operations/save.ts';
import { updatePersonContactDataStatus } from '../operations/set-status.ts';
import { verifyPersonContactData } from '../operations/verify.ts';
import { type DanishProblem, numberOf } from '../problems.ts';
import { headers } from './headers.ts';
import { answerElement, type Listed, listed, type Names, namespaceOf } from './listed.ts';
import { textElement } from './message.ts';

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

/** How refusals go out: as faults with FaultDetails, or as answers with FEILET [A]. */
export type Refusals = 'fault' | 'envelope';

/** Makes a service with a register behind it. */
export type Serve = (
  register: DanishRegister,
  refusals: Refusals,
) => Service<RegisterProblem | DanishProblem>;

const serve =
  (description: ServiceDescription, names: Names, operations: readonly Listed[]): Serve =>
  (register, refusals) => {
    const { faces } = register;
    const namespace = namespaceOf(names);
    return {
      ...description,
      operations: operations.map((operation) => operation.serve(names, register)),
      publicFace: faces.translate,
      refusalAnswer: (operation, problem) => {
        if (refusals === 'fault' || problem.wire.kind === 'http') return undefined;
        const code = numberOf(problem);
        return answerElement(
          names,
          operation,
          textElement(namespace, 'status', 'FEILET'),
          textElement(namespace, 'beskrivelse', `FEJL_${code}`),
          textElement(namespace, 'fejltekst', faces.text(code)),
          textElement(namespace, 'ServiceRequestLogReferenceIdentifier', problem.reference ?? randomUUID()),
        );
      },
    };
  };

export const serveReminder = serve(reminder, reminderNames, reminderOperations);
export const serveJobnet = serve(jobnet, jobnetNames, jobnetOperations);
