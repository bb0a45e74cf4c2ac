// What tools do to messages without any harm.

import { by, type Case, hand, step } from '../case.ts';
import type { SignerName } from '../signers.ts';

const every: readonly SignerName[] = ['PHP', 'zeep', 'WSS4J', 'xmlsec1', 'node-soap', 'xml-crypto'];

export const accepted: readonly Case[] = [
  ...by(every, 'good', undefined, { payload: 'letters' }),
  ...by(['WSS4J', 'xmlsec1', 'xml-crypto'], 'inclusive', undefined),
  ...by(['PHP', 'zeep'], 'good', undefined, { payload: 'letters', steps: [step('Java', 'rewrite-dom')] }),
  ...by(['WSS4J', 'xml-crypto'], 'good', undefined, { payload: 'letters', steps: [step('Python', 'lxml')] }),
  ...by(['zeep', 'node-soap'], 'good', undefined, { payload: 'two', steps: [step('PHP', 'dom')] }),
  ...by(['PHP', 'xmlsec1'], 'good', undefined, { payload: 'letters', steps: [step('Python', 'minidom')] }),
  ...by(['WSS4J'], 'good', undefined, { payload: 'letters', steps: [step('PHP', 'simplexml')] }),
  ...by(['PHP', 'WSS4J'], 'good', undefined, { payload: 'two', steps: [step('Python', 'crlf')] }),
  ...by(['zeep', 'xml-crypto'], 'good', undefined, { payload: 'letters', steps: [step('Python', 'c14n')] }),
  ...by(['WSS4J'], 'inclusive', undefined, { steps: [step('Python', 'c14n')] }),
  ...by(['PHP', 'zeep'], 'good', undefined, { payload: 'letters', steps: [step('Python', 'ascii')] }),
  ...by(['PHP', 'node-soap'], 'good', undefined, { steps: [step('Node', 'fast-xml-parser')] }),
  ...by(['PHP', 'zeep'], 'good', undefined, {
    payload: 'commented',
    steps: [step('Python', 'without-comments')],
  }),
  ...by(['WSS4J', 'xml-crypto'], 'good', undefined, {
    steps: [
      hand('a comment of a gateway', (message) =>
        message.replace('<m:personidentifikator>', '<!-- gateway 7 -->$&'),
      ),
    ],
  }),
  ...by(['zeep', 'xmlsec1'], 'good', undefined, {
    payload: 'letters',
    steps: [
      hand('attributes in another order', (message) =>
        message.replace(/(<wsse:BinarySecurityToken) (\S+="[^"]*") (\S+="[^"]*")/, '$1 $3 $2'),
      ),
    ],
  }),
];
