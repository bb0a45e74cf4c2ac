// The right name in a wrong namespace: a schema error that says so only by the names in it.

import type { XmlValidateError } from 'libxml2-wasm';

const LONGEST_MESSAGE = 4000;
const LONGEST_NAMESPACE = 200;

// libxml2 writes names as {namespace}name, and without braces where there is no namespace.
const UNEXPECTED =
  /^Element '(?:\{([^}]*)\})?([^'{}]+)': This element is not expected\. Expected is (?:one of )?\( (.*) \)/;
const NAME = /(?:\{([^}]*)\})?([^\s,{}]+)/g;

const inNamespace = (name: string, uri: string): string =>
  `${name} in ${uri === '' ? 'no namespace' : `the namespace ${uri.slice(0, LONGEST_NAMESPACE)}`}`;

/** What to say of an element whose name is right and whose namespace is not; undefined for every other error. */
export const foreignName = ({
  details,
}: XmlValidateError): { expected: string; found: string; remedy: string } | undefined => {
  const [first] = details;
  const [, foreign = '', name = '', list = ''] =
    UNEXPECTED.exec(first?.message.slice(0, LONGEST_MESSAGE) ?? '') ?? [];
  const same = [...list.matchAll(NAME)].find(([, uri = '', one]) => one === name && uri !== foreign);
  if (!first || !same) return undefined;
  const [, wanted = ''] = same;
  return {
    expected: inNamespace(name, wanted),
    found: `${inNamespace(name, foreign)} (line ${first.line} of the message)`,
    remedy: `the name is right, its namespace is not: write ${inNamespace(name, wanted)}, as the schema that defines it says (?xsd=)`,
  };
};
