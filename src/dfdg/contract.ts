// The Danish contract: its two services, the operations of each in the WSDL's order, and the register behind them.

import { randomUUID } from 'node:crypto';
import type { Faces, OperationDescription, Service, ServiceDescription, Telling } from '../soap/service.ts';
import { SOAP_1_1 } from '../soap/version.ts';
import { type ElementNode, element } from '../xml/writer.ts';
import { type ErrorCode, errorText } from './codes.ts';
import { type DanishRegister, decideCitizen } from './decide.ts';
import { headers } from './headers.ts';
import { type CitizenAnswer, type CitizenOperation, textElement } from './message.ts';
import { getPersonByEmailAddress } from './operations/find-by-email.ts';
import { getPersonByMobilePhoneNumber } from './operations/find-by-mobile.ts';
import { getPersonContactData } from './operations/get.ts';
import { getVerificationCode } from './operations/get-code.ts';
import { savePersonContactData } from './operations/save.ts';
import { updatePersonContactDataStatus } from './operations/set-status.ts';
import { verifyPersonContactData } from './operations/verify.ts';
import { codeFor, type FaceSettings, faultOf } from './problems.ts';
import type { CitizenCommand, Refusal } from './rule.ts';

type DanishDescription = OperationDescription<CitizenCommand, CitizenAnswer>;

/** A service's own names, from which everything else follows. */
interface Names {
  readonly name: 'reminder' | 'jobnet';
  /** The name in WSDL, paths and namespaces. */
  readonly service: string;
  readonly wsdl: string;
  readonly messages: string;
  /** What citizens are named by. */
  readonly key: string;
  readonly exampleKey: string;
  readonly operations: readonly CitizenOperation[];
}

const reminderNames: Names = {
  name: 'reminder',
  service: 'PersonNotificationReminderService',
  wsdl: 'person-notification-reminder-service.wsdl',
  messages: 'person-notification-reminder-service-messages.xsd',
  key: 'PersonCivilRegistrationIdentifier',
  exampleKey: '1403455896',
  operations: [
    savePersonContactData,
    getPersonContactData,
    updatePersonContactDataStatus,
    getPersonByMobilePhoneNumber,
    getPersonByEmailAddress,
  ],
};

const jobnetNames: Names = {
  name: 'jobnet',
  service: 'JobnetPersonNotificationReminderService',
  wsdl: 'jobnet-person-notification-reminder-service.wsdl',
  messages: 'jobnet-person-notification-reminder-service-messages.xsd',
  key: 'CvCustomerIdentifier',
  exampleKey: '10000001',
  operations: [savePersonContactData, getPersonContactData, verifyPersonContactData, getVerificationCode],
};

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

const namespaceOf = ({ service }: Names) => ({
  prefix: 'm',
  uri: `http://service.bm.dk/${service}/2020/01/15/`,
});

const answerElement = (names: Names, operation: string, ...content: readonly ElementNode[]): ElementNode =>
  element(namespaceOf(names), `${operation}Response`, [], ...content);

const describe = (names: Names, operation: CitizenOperation): DanishDescription => {
  const namespace = namespaceOf(names);
  const { name, summary, basis, decode, fields, examples } = operation;
  const searches = 'search' in operation.decision;
  const keys = searches ? [] : [names.key];
  return {
    name,
    summary,
    basis,
    decode,
    request: { namespace: namespace.uri, name: `${name}Request` },
    response: { namespace: namespace.uri, name: `${name}Response` },
    action: `http://service.bm.dk/pjaktass/1/${names.service}#${name}`,
    fields: [...keys, ...fields].map((field) => ({ name: field, required: true })),
    compose: (values) => [
      ...keys.flatMap((key) => (values[key] === undefined ? [] : [textElement(namespace, key, values[key])])),
      ...operation.compose(values, namespace),
    ],
    encode: (answer) =>
      answerElement(
        names,
        name,
        textElement(namespace, 'status', 'OK'),
        textElement(namespace, 'ServiceRequestLogReferenceIdentifier', answer.reference),
        ...operation.encodeData(answer, namespace),
      ),
    examples: examples.map((example) => ({
      ...(searches ? {} : { [names.key]: names.exampleKey }),
      ...example,
    })),
  };
};

const describeService = (
  names: Names,
): ServiceDescription & { readonly operations: readonly DanishDescription[] } => ({
  name: names.name,
  title: `DFDG ${names.service}`,
  version: SOAP_1_1,
  paths: [`/PjakTassWCFtService/1/${names.service}.svc`],
  wsdl: names.wsdl,
  schemas: Object.fromEntries([names.messages, ...SHARED_SCHEMAS].map((file) => [file, `dfdg/${file}`])),
  synonyms: {},
  headers,
  operations: names.operations.map((operation) => describe(names, operation)),
});

/** PersonNotificationReminderService, for authorities. */
export const reminder = describeService(reminderNames);
/** JobnetPersonNotificationReminderService, for Jobnet. */
export const jobnet = describeService(jobnetNames);

/** How refusals go out. */
export interface RefusalSettings extends FaceSettings {
  /** As faults with FaultDetails, or as answers with FEILET [A]. */
  readonly refusals: 'fault' | 'envelope';
}

const facesOf = (names: Names, settings: RefusalSettings): Faces<Refusal> => {
  const namespace = namespaceOf(names);
  const failed = (operation: string, code: ErrorCode, reference: string = randomUUID()): ElementNode =>
    answerElement(
      names,
      operation,
      textElement(namespace, 'status', 'FEILET'),
      textElement(namespace, 'beskrivelse', `FEJL_${code}`),
      textElement(namespace, 'fejltekst', errorText(code, settings.language)),
      textElement(namespace, 'ServiceRequestLogReferenceIdentifier', reference),
    );
  const told = (code: ErrorCode): Telling => ({
    face: faultOf(code, settings),
    result: String(code),
    instead:
      settings.refusals === 'fault'
        ? undefined
        : (operation, reference) => failed(operation, code, reference),
  });
  return {
    own: ({ code }) => told(code),
    shared: ({ problem }, usual) => {
      const code = codeFor(usual);
      if (code !== undefined) return told(code);
      // What HTTP refused never was a call of the service: the journal has it.
      return { face: usual, result: usual.kind === 'http' ? undefined : problem };
    },
  };
};

const serve = (names: Names, register: DanishRegister, settings: RefusalSettings): Service<Refusal> => ({
  ...describeService(names),
  faces: facesOf(names, settings),
  operations: names.operations.map((operation) => ({
    ...describe(names, operation),
    decide: decideCitizen(operation, names.name, register),
  })),
});

/** The services of the contract with a register behind them. */
export const createDanishServices = (
  register: DanishRegister,
  settings: RefusalSettings,
): { readonly reminder: Service<Refusal>; readonly jobnet: Service<Refusal> } => ({
  reminder: serve(reminderNames, register, settings),
  jobnet: serve(jobnetNames, register, settings),
});
