// What the schema does not allow, by the kind of mistake; the envelope knows some of them too.

import type { SchemaFault } from '../../schema/values.ts';
import { elementAt } from '../../xml/place.ts';
import { structureLooks } from './envelope.ts';
import { asTold, type Rule, type Sight } from './rule.ts';

const RULE = 'the schema of the service, served at ?xsd=';

const of =
  (...faults: readonly SchemaFault[]): Rule['seen'] =>
  (sight) =>
    faults.some((fault) => fault === sight.refusal.fault) ? asTold(sight) : undefined;

const isUnqualified = ({ refusal, document }: Sight): boolean => {
  const { where } = refusal.explanation;
  const at = document && where !== undefined ? elementAt(document, where) : undefined;
  return refusal.fault === 'namespace' && at?.namespaceUri === '';
};

/** The envelope counts as a schema of its own. */
const orEnvelope =
  (seen: Rule['seen'], inEnvelope: Rule['seen']): Rule['seen'] =>
  (sight) =>
    sight.refusal.problem === 'soap.structure' ? inEnvelope(sight) : seen(sight);

const BOTH = ['schema.invalid', 'soap.structure'];

export const schemaRules: readonly Rule[] = [
  {
    cause: 'catalogue-name',
    sentence: 'an element has the name of the term catalogue, which the WSDL never took over',
    why: 'The term catalogue is newer than the WSDL, and names some elements otherwise.',
    rule: RULE,
    remedy: 'generate the client from the served WSDL; the page of the term catalogue is no schema',
    of: ['schema.invalid'],
    seen: of('synonym'),
  },
  {
    cause: 'element-unqualified',
    sentence:
      'an element is in no namespace, where the schema has it in one (elementFormDefault="qualified")',
    why: 'The stub writes child elements without a namespace, or with an empty one.',
    rule: RULE,
    remedy: 'write the element in the namespace of the schema, with its prefix or by xmlns',
    stacks: {
      'node-soap':
        'take the WSDL and its schemas as they are served: elementFormDefault="qualified" there decides',
      PHP: 'createElementNS($namespace, $name), not createElement($name)',
      WCF: 'XmlSerializerFormat as svcutil generates it, not DataContract by hand',
    },
    of: ['schema.invalid'],
    seen: (sight) => (isUnqualified(sight) ? asTold(sight) : undefined),
  },
  {
    cause: 'element-order',
    sentence: 'an element is right, but not in its place: the schema has an order (xs:sequence)',
    why: 'A map or a data binding writes the elements in its own order, and the schema has a sequence.',
    rule: RULE,
    remedy: 'write the elements in the order of the schema',
    stacks: {
      WCF: 'Order on XmlElement or DataMember: without it DataContract sorts by name',
      'node-soap': 'write the fields of the argument in the order of the schema',
    },
    of: ['schema.invalid'],
    seen: of('order'),
  },
  {
    cause: 'element-twice',
    sentence: 'an element is there more often than the schema allows',
    why: 'A list is written where one value belongs.',
    rule: RULE,
    remedy: 'leave out all but as many as the schema allows',
    of: ['schema.invalid'],
    seen: of('twice'),
  },
  {
    cause: 'xsi-type-unknown',
    sentence: 'an element has an xsi:type that it cannot have: stacks for rpc/encoded write it',
    why: 'A stack for rpc/encoded names types in the message.',
    rule: RULE,
    remedy: 'take xsi:type away: these messages are document/literal, where the schema says the type',
    stacks: {
      PHP: "SoapClient with 'use' => SOAP_LITERAL, or from the WSDL; no name of a type in a SoapVar",
      gSOAP: 'soapcpp2 without -t',
    },
    of: ['schema.invalid'],
    seen: of('type'),
  },
  {
    cause: 'xsi-nil',
    sentence: 'an element is nil (xsi:nil), where the schema wants a value or no element',
    why: 'The binding writes xsi:nil for what has no value.',
    rule: RULE,
    remedy: 'leave the element out where there is no value',
    stacks: {
      WCF: '[XmlElement(IsNullable = false)], and …Specified = false',
      zeep: 'pass zeep.xsd.SkipValue, not xsd.Nil',
    },
    of: ['schema.invalid'],
    seen: of('nil'),
  },
  {
    cause: 'attribute-unknown',
    sentence: 'an element has an attribute that the schema does not know',
    why: 'A value is sent as an attribute, or a framework adds its own.',
    rule: RULE,
    remedy: 'take the attribute away; a value of the message is an element of its own',
    of: ['schema.invalid'],
    seen: of('attribute'),
  },
  {
    cause: 'text-misplaced',
    sentence: 'text stands where only elements may be',
    why: 'Text from a template stands between elements.',
    rule: RULE,
    remedy: 'take the text out, or put it into the element that it is the value of',
    of: BOTH,
    seen: orEnvelope(of('text'), structureLooks.text),
  },
  {
    cause: 'value-invalid',
    sentence:
      'a value is not one that the schema allows: too long, too short, of another form or not on the list',
    why: 'The value is too long, too short or of another form than the type, often a number with blanks or a code in words.',
    rule: RULE,
    remedy: 'send a value of the type that the schema names',
    of: ['schema.invalid'],
    seen: of('value'),
  },
  {
    cause: 'element-missing',
    sentence: 'an element is missing that must be there',
    why: 'The field is empty in the client, and empty fields are left out.',
    rule: RULE,
    remedy: 'put in what is missing',
    of: BOTH,
    seen: orEnvelope(of('missing'), structureLooks.missing),
  },
  {
    cause: 'element-unknown',
    sentence: 'an element is there that nothing has a place for',
    why: 'The stub is of another version, or the name is misspelt: capitals count.',
    rule: RULE,
    remedy: 'leave the element out, or write its name letter for letter as the schema does',
    of: [...BOTH, 'security.header-content'],
    seen: (sight) =>
      sight.refusal.problem === 'security.header-content'
        ? asTold(sight)
        : orEnvelope(of('unknown'), structureLooks.unknown)(sight),
  },
];
