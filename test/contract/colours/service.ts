// The service of colours: one operation, which changes the colour of a person and tells the one before.

import { type Deed, type Service, serve } from '../../../src/contract/operation.ts';
import type { Caller, OperationDescription, ServiceDescription } from '../../../src/soap/service.ts';
import { usualFaces } from '../../../src/soap/service.ts';
import { SOAP_1_1 } from '../../../src/soap/version.ts';
import { children, textOf } from '../../../src/xml/tree.ts';
import { element } from '../../../src/xml/writer.ts';
import { type Choice, choices } from './register.ts';

/** Undefined: none yet. */
type Colour = string | undefined;

const namespace = { prefix: 'c', uri: 'urn:example:colours' };

const chooseColour: OperationDescription = {
  name: 'ChooseColour',
  request: { namespace: namespace.uri, name: 'ChooseColourRequest' },
  response: { namespace: namespace.uri, name: 'ChooseColourResponse' },
  fields: ['person', 'colour'].map((name) => ({ name, required: true })),
  summary: 'gives a person a colour',
  basis: 'assumed',
  examples: [{ person: 'Kari', colour: 'blue' }],
};

export const colours: ServiceDescription = {
  name: 'colours',
  title: 'Colours v1',
  version: SOAP_1_1,
  paths: ['/colours-v1'],
  // The package's own lie in its folders wsdl/ and xsd/.
  wsdl: '../test/contract/colours/colours.wsdl',
  schemas: { 'colours.xsd': '../test/contract/colours/colours.xsd' },
  synonyms: {},
  headers: [],
  operations: [chooseColour],
};

export const serveColours = (): Service<Caller> => ({
  ...colours,
  faces: usualFaces,
  operations: [
    serve({
      description: chooseColour,
      decode: (payload) => children(payload).map(textOf),
      deed: ([id = '', colour = '']): Deed<Choice | undefined, Colour, Colour, never> => ({
        load: choices.find(id),
        decide: (before) => ({ result: before?.colour, writes: [choices.save({ id, colour })] }),
        tell: (before) => ({ answer: before, result: before === undefined ? 'NEW' : 'CHANGED' }),
      }),
      encode: (before) =>
        element(
          namespace,
          'ChooseColourResponse',
          [],
          ...(before === undefined ? [] : [element(namespace, 'before', [], before)]),
        ),
    }),
  ],
});
