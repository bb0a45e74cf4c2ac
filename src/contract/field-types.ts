// The types of a request's fields, read from the schema that is served.

import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { packagePath } from '../kernel/root.ts';
import type { ServiceDescription } from '../soap/service.ts';

/** The parts of a schema file that are read here; the reader makes a list of everything that may repeat. */
interface ComplexType {
  readonly name?: string;
  readonly sequence?: { readonly element: readonly SchemaElement[] };
  readonly attribute?: readonly SchemaElement[];
}
interface SchemaElement {
  readonly name: string;
  readonly type?: string;
  readonly complexType?: readonly ComplexType[];
}
interface SchemaFile {
  readonly schema: {
    readonly element: readonly SchemaElement[];
    readonly complexType?: readonly ComplexType[];
  };
}

const readSchema = (service: ServiceDescription): SchemaFile => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    isArray: (name) => ['element', 'complexType', 'attribute'].includes(name),
  });
  const [path = ''] = Object.values(service.schemas);
  return parser.parse(readFileSync(packagePath(`xsd/${path}`), 'utf8')) as SchemaFile;
};

/** By request, the type of each of its fields, however deep. */
export const fieldTypes = (service: ServiceDescription): Map<string, Map<string, string>> => {
  const { schema } = readSchema(service);
  const typeOf = ({ type, complexType }: SchemaElement): ComplexType | undefined =>
    complexType?.[0] ??
    schema.complexType?.find(({ name }) => name !== undefined && type?.endsWith(`:${name}`));
  const told = ({ name, type = '' }: SchemaElement): [string, string] => [name, type];
  const fieldsOf = (element: SchemaElement): [string, string][] => {
    const type = typeOf(element);
    return [
      ...(type?.sequence?.element ?? []).flatMap((field) => [...fieldsOf(field), told(field)]),
      ...(type?.attribute ?? []).map(told),
    ];
  };
  // Of two fields with one name the deeper one is the one that holds text.
  return new Map(schema.element.map((element) => [element.name, new Map(fieldsOf(element).reverse())]));
};
