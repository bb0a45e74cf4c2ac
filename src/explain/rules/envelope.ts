// What is wrong with a message as SOAP: its HTTP headers, its envelope, its header blocks, its operation.

import type { XmlElement } from 'libxml2-wasm';
import { soap11, soap12, wsse } from '../../xml/names.ts';
import { placeOf } from '../../xml/place.ts';
import { attribute, children, isNamed, strayText } from '../../xml/tree.ts';
import { named, twice } from './elements.ts';
import { asTold, type Rule, type Seen, type Sight, toldIf } from './rule.ts';

const soapParts = ({ document }: Sight): XmlElement[] => {
  const root = document?.root;
  const inside = root ? children(root) : [];
  const body = inside.find(({ name }) => name === 'Body');
  return [...twice(inside), ...(body ? children(body).slice(1) : [])];
};

const ourSecurity = ({ anatomy }: Sight): XmlElement[] =>
  (anatomy?.envelope.blocks ?? [])
    .filter(({ element, ours }) => ours && isNamed(element, wsse.uri, 'Security'))
    .map(({ element }) => element);

/** Those of an element's kind that are one too many, where the refusal counted. */
const tooMany = (sight: Sight): XmlElement[] => {
  const security = ourSecurity(sight);
  const inside = security.flatMap(children);
  const of: Readonly<Record<string, () => XmlElement[]>> = {
    'soap.structure': () => soapParts(sight),
    'security.header-duplicate': () => security.slice(1),
    'security.header-content': () => (sight.refusal.explanation.where === undefined ? twice(inside) : []),
    'security.timestamp-form': () =>
      inside.filter(({ name }) => name === 'Timestamp').flatMap((one) => twice(children(one))),
    'security.signature-form': () =>
      inside
        .filter(({ name }) => name === 'Signature')
        .flatMap(children)
        .filter((one, index, all) => all.slice(0, index).some(({ name }) => name === one.name)),
  };
  return of[sight.refusal.problem]?.() ?? [];
};

export const twoOfOne: Rule = {
  cause: 'two-of-one',
  sentence: 'an element is there twice that may be there once',
  why: 'Two interceptors or plugins add the same header, or a message is signed a second time.',
  rule: 'SOAP 1.1 §4; WSS 1.1 §5: no two Security headers for one actor; WSS 1.1 §10: no two Timestamps',
  remedy: 'let one part of the client write it: two interceptors or plugins that both do are one too many',
  stacks: {
    'CXF/WSS4J': 'either WSS4JOutInterceptor or a policy with security properties, not both',
    zeep: 'wsse=[timestamp, signature]: each plugin once in the list',
  },
  of: [
    'soap.structure',
    'security.header-duplicate',
    'security.header-content',
    'security.timestamp-form',
    'security.signature-form',
  ],
  seen: (sight) => {
    const several = tooMany(sight);
    return several.length > 0 ? { ...asTold(sight), where: several.slice(0, 5).map(placeOf) } : undefined;
  },
};

const ENCODED = 'http://schemas.xmlsoap.org/soap/encoding/';

/** The operation's own name around the message, or around its fields: what rpc style writes. */
const rpcWrapper = ({ anatomy, operations }: Sight): Seen | undefined => {
  const payload = anatomy?.envelope.payload;
  if (!payload) return undefined;
  const [inside] = children(payload);
  const wrapped = inside && operations.find(({ request }) => request.name === inside.name);
  const called = operations.find(
    ({ name, request }) => name === payload.name && request.name !== payload.name,
  );
  const style = [soap11, soap12].some(({ uri }) => attribute(payload, uri, 'encodingStyle') === ENCODED);
  const operation = wrapped ?? called;
  if (!operation && !style) return undefined;
  const meant = operation
    ? `{${operation.request.namespace}}${operation.request.name}`
    : 'the request element';
  return {
    where: [placeOf(payload)],
    remedy: `let the Body hold ${meant} itself: the binding in the WSDL is document/literal`,
  };
};

export const envelopeRules: readonly Rule[] = [
  {
    cause: 'soap-version',
    sentence: 'the envelope is of another version of SOAP than the service speaks',
    why: 'The client was generated for a binding of the other version, or has it as its default.',
    rule: 'SOAP 1.1 §4.1.2; SOAP 1.2 Part 1 §5.4.7',
    remedy: 'configure the client for the version that the binding in the WSDL says',
    stacks: {
      'CXF/WSS4J': 'the binding in the WSDL decides: generate the client anew',
      'JAX-WS':
        'addPort with SOAPBinding.SOAP11HTTP_BINDING for SOAP 1.1, SOAPBinding.SOAP12HTTP_BINDING for 1.2',
      WCF: 'basicHttpBinding or textMessageEncoding messageVersion="Soap11" for SOAP 1.1, messageVersion="Soap12" for 1.2',
      PHP: "SoapClient: 'soap_version' => SOAP_1_1 for SOAP 1.1, SOAP_1_2 for 1.2",
      zeep: 'bind the port whose binding is of the version that the service speaks',
      'node-soap': 'forceSoap12Headers: false for SOAP 1.1, true for 1.2',
    },
    of: ['soap.version-mismatch'],
    seen: asTold,
  },
  {
    cause: 'content-type',
    sentence: 'the Content-Type is not that of the envelope',
    why: 'The HTTP client sets its own default, such as application/x-www-form-urlencoded or application/xml.',
    rule: 'SOAP 1.1 §6; SOAP 1.2 Part 2 §7.1.4',
    remedy: 'send Content-Type: text/xml; charset=utf-8 with SOAP 1.1',
    of: ['soap.media-type'],
    seen: asTold,
  },
  {
    cause: 'http-method',
    sentence: 'the message was not sent with POST',
    why: 'The client follows a redirect with GET, or the address is opened in a browser.',
    rule: 'SOAP 1.1 §6; WS-I Basic Profile R1132',
    remedy: 'send the envelope with POST; look for a redirect (301, 302) that made a GET of it',
    of: ['soap.method'],
    seen: asTold,
  },
  {
    cause: 'content-encoding',
    sentence: 'the Content-Encoding is not that of the body, or not taken',
    why: 'The header is set and the body is plain, or it names an encoding that nobody asked for.',
    rule: 'RFC 9110 §8.4',
    remedy: 'send the envelope plain, or compress it with gzip and say so',
    of: ['http.content-encoding'],
    seen: asTold,
  },
  {
    cause: 'no-envelope',
    sentence: 'the XML is no SOAP message: its outermost element is no Envelope',
    why: 'Only the payload is sent, or an answer of REST.',
    rule: 'SOAP 1.1 §4; SOAP 1.2 Part 1 §5',
    remedy: 'put the message into Envelope and Body',
    of: ['soap.not-an-envelope'],
    seen: asTold,
  },
  {
    cause: 'actor-of-another',
    sentence: 'the header is addressed to somebody else, by its actor or role',
    why: 'The stack has an actor or role in its settings, often from an example.',
    rule: 'SOAP 1.1 §4.2.2; SOAP 1.2 Part 1 §2.2',
    remedy: 'leave actor and role out: then the header is for whom the message reaches',
    stacks: { 'CXF/WSS4J': 'set no actor (ConfigurationConstants.ACTOR) on WSS4JOutInterceptor' },
    of: ['security.header-missing', 'schema.invalid'],
    seen: (sight) => {
      const { refusal, anatomy, document } = sight;
      if (refusal.fault !== undefined) return refusal.fault === 'actor' ? asTold(sight) : undefined;
      const foreign = named(document, 'Security', wsse).filter((element) =>
        anatomy?.envelope.blocks.some((block) => !block.ours && block.element.isSameNode(element)),
      );
      return foreign.length > 0 ? { ...asTold(sight), where: foreign.map(placeOf) } : undefined;
    },
  },
  {
    cause: 'must-understand',
    sentence: 'a header block demands to be understood (mustUnderstand), and the service does not process it',
    why: 'WS-Addressing or another extension is switched on, and demands to be understood.',
    rule: 'SOAP 1.1 §4.2.3; SOAP 1.2 Part 1 §5.2.3',
    remedy: 'leave the header block out, or its mustUnderstand',
    stacks: {
      'CXF/WSS4J': 'switch WS-Addressing off: no WSAddressingFeature, no <wsa:addressing/>',
      'JAX-WS': 'no AddressingFeature on the port or the Dispatch',
      WCF: 'a binding without WS-Addressing: textMessageEncoding messageVersion="Soap11"',
    },
    of: ['soap.must-understand'],
    seen: asTold,
  },
  {
    cause: 'rpc-wrapper',
    sentence:
      'the message is wrapped in an element of the operation’s name, as rpc style does, while the service is document/literal',
    why: 'The client calls without the WSDL, in rpc style, where the operation’s name wraps its parameters.',
    rule: 'WSDL 1.1 §3.5; WS-I Basic Profile R2712',
    remedy: 'let the Body hold the request element of the schema itself',
    stacks: {
      PHP: 'SoapClient from the WSDL, not in non-WSDL mode with uri and location',
      gSOAP:
        'take the header from wsdl2h; in one by hand the function has the name of the request element: gSOAP writes it around the parameters',
    },
    of: ['soap.unknown-operation'],
    seen: rpcWrapper,
  },
  {
    cause: 'operation-unknown',
    sentence: 'the service has no operation for the element in the Body',
    why: 'The message goes to the address of another service, or its element is misspelt.',
    rule: 'WS-I Basic Profile R2712: the Body’s child is the element that the WSDL names',
    remedy: 'send one of the elements that the WSDL names, to the address of the service that it belongs to',
    of: ['soap.unknown-operation'],
    seen: asTold,
  },
  {
    cause: 'soap-action',
    sentence: 'the SOAPAction names another operation than the Body',
    why: 'The client was made for another operation or version, or one header is set for all calls.',
    rule: 'WS-I Basic Profile R2744: SOAPAction is the soapAction of the WSDL',
    remedy: 'send the SOAPAction that the WSDL says, or an empty one',
    stacks: {
      WCF: 'OperationContract(Action = …) as in the WSDL',
      PHP: 'the third argument of __doRequest is the SOAPAction',
      'node-soap': 'let the WSDL decide: no SOAPAction among the headers of the call',
    },
    of: ['soap.action-mismatch'],
    seen: asTold,
  },
];

/** What an envelope must not hold, and what it must. */
export const structureLooks = {
  text: toldIf(({ document }) => {
    const root = document?.root;
    return root !== undefined && [root, ...children(root)].some((one) => strayText(one) !== undefined);
  }),
  missing: toldIf(({ document }) => {
    const root = document?.root;
    const body = root && children(root).find(({ name }) => name === 'Body');
    return !body || children(body).length === 0;
  }),
  unknown: toldIf(
    ({ document }) =>
      document !== undefined &&
      children(document.root).some(({ name }) => name !== 'Header' && name !== 'Body'),
  ),
};
