// The contract's schemas, each compiled once, and the check of one element of the tree against them.

import { readFileSync } from 'node:fs';
import {
  XmlBufferInputProvider,
  XmlDocument,
  type XmlElement,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import { packagePath } from '../kernel/root.ts';
import type { ServiceDescription } from '../soap/service.ts';
import { type BinaryCheck, BinaryError, binaryCheck } from './binary.ts';
import { tell } from './explain.ts';
import { readFacts, type SchemaFacts } from './facts.ts';
import { type SchemaRefusal, schemaProblem } from './problems.ts';
import type { Told } from './values.ts';

// Schemas are read from memory under names of this form. Two sets may use one namespace with different content
// (14-05 and 16-02 do), so each set has a folder of its own.
const LOCATION = 'mem://kontakt-emulator';
const files = new XmlBufferInputProvider({});
let registered = false;

/** Checks the Body child of one service's messages. */
export interface Validator extends Pick<SchemaSet, 'warm'> {
  validate(payload: XmlElement): SchemaRefusal | undefined;
}

/** The name that libxml2 complains about, without its namespace. */
const COMPLAINT = /^Element '(?:\{[^{}]*\})?([^']*)'/;

const explain = (error: XmlValidateError, service: ServiceDescription, told: Told): SchemaRefusal => {
  const [, name = ''] = COMPLAINT.exec(error.details[0]?.message ?? '') ?? [];
  const wireName = Object.hasOwn(service.synonyms, name) ? service.synonyms[name] : undefined;
  return schemaProblem(
    wireName
      ? {
          ...told,
          fault: 'synonym',
          remedy: `the element is called ${wireName} on the wire; ${name} is the name in the later term catalogue, which the WSDL never took over`,
        }
      : told,
    `${Object.keys(service.schemas)[0] ?? service.wsdl}, served at ?xsd=`,
  );
};

/** A compiled set of schema files. */
export interface SchemaSet {
  /** What is wrong with an element; undefined when nothing is. */
  check(element: XmlElement): XmlValidateError | undefined;
  /** The same in words. */
  tell(error: XmlValidateError, element: XmlElement): Told;
  /** Compiles now what the first check would have to wait for. */
  warm(): void;
}

interface Compiled {
  readonly validator: XsdValidator;
  readonly binary: BinaryCheck;
}

const compile = (set: string, paths: Readonly<Record<string, string>>): Compiled => {
  if (!registered) xmlRegisterInputProvider(files);
  registered = true;
  const sources = Object.entries(paths).map(([name, path]) => {
    const url = `${LOCATION}/${set}/${name}`;
    const content = readFileSync(packagePath(`xsd/${path}`));
    files.addBuffer(url, content);
    return { url, content };
  });
  const documents = sources.map(({ url, content }) => XmlDocument.fromBuffer(content, { url }));
  try {
    const [main] = documents;
    if (!main) throw new Error(`the set ${set} has no schema`);
    return { validator: XsdValidator.fromDoc(main), binary: binaryCheck(documents) };
  } finally {
    for (const document of documents) document.dispose();
  }
};

/** Whether what is wrong may be the text of a binary element: then that says it better. */
const isOfValue = ({ details }: XmlValidateError): boolean =>
  /is not a valid value of the/.test(details[0]?.message ?? '');

/**
 * A set of schema files, compiled when it is first needed: a start does not wait for it.
 *
 * @param set a name of its own for the set; files of different sets never see each other
 * @param paths by the name that schemaLocation uses, the path under xsd/; the first is the one that is compiled
 * @throws Error when a schema file is missing or wrong, at the first use: a defect of the package
 */
export const schemaSet = (set: string, paths: Readonly<Record<string, string>>): SchemaSet => {
  let compiled: Compiled | undefined;
  const ready = (): Compiled => {
    compiled ??= compile(set, paths);
    return compiled;
  };
  let facts: SchemaFacts | undefined;
  return {
    warm: () => void ready(),
    tell: (error, element) => {
      if (error instanceof BinaryError) return error.told;
      facts ??= readFacts(Object.values(paths));
      return tell(error, element, facts);
    },
    check: (element) => {
      const { validator, binary } = ready();
      try {
        validator.validate(element);
      } catch (error) {
        if (!(error instanceof XmlValidateError)) throw error;
        return isOfValue(error) ? (binary(element) ?? error) : error;
      }
      return binary(element);
    },
  };
};

/** The schemas of a service's messages. */
export const schemasOf = (service: ServiceDescription): Validator => {
  const set = schemaSet(service.name, service.schemas);
  return {
    warm: set.warm,
    validate: (payload) => {
      const error = set.check(payload);
      return error && explain(error, service, set.tell(error, payload));
    },
  };
};
