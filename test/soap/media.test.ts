// Media type and SOAP version: an envelope of the version that is spoken comes under its own media type, another one is told its version.

import assert from 'node:assert/strict';
import { usualFace } from '../../src/exchange/faces.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { readEnvelope } from '../../src/soap/envelope.ts';
import { readMedia } from '../../src/soap/media.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from '../../src/soap/version.ts';
import { parse } from '../../src/xml/parse.ts';

const judge = (sent: SoapVersion, type: string, spoken: SoapVersion) => {
  const media = readMedia('POST', { 'content-type': type }, spoken);
  assert.ok(!isProblem(media));
  const { prefix, uri } = sent.namespace;
  const document = parse(
    Buffer.from(
      `<${prefix}:Envelope xmlns:${prefix}="${uri}"><${prefix}:Body><a/></${prefix}:Body></${prefix}:Envelope>`,
    ),
  );
  assert.ok(!isProblem(document));
  using tree = document;
  const envelope = readEnvelope(tree, spoken, media.type);
  return isProblem(envelope) ? envelope : undefined;
};

describe('media type and SOAP version', () => {
  for (const [spoken, other] of [
    [SOAP_1_1, SOAP_1_2],
    [SOAP_1_2, SOAP_1_1],
  ] as const) {
    it(`where SOAP ${spoken.name} is spoken, its envelope comes as ${spoken.mediaType} and as nothing else`, () => {
      assert.equal(judge(spoken, `${spoken.mediaType}; charset=utf-8`, spoken), undefined);
      assert.equal(judge(spoken, spoken.mediaType.toUpperCase(), spoken), undefined);
      const problem = judge(spoken, `${other.mediaType}; charset=utf-8`, spoken);
      assert.equal(problem?.problem, 'soap.media-type');
      const face = problem && usualFace(problem);
      assert.equal(face?.kind === 'http' && face.status, 415);
      assert.equal(
        problem?.explanation.found,
        `a SOAP ${spoken.name} envelope under ${other.mediaType}, the media type of SOAP ${other.name}`,
      );
      assert.equal(problem?.explanation.remedy, `set Content-Type to ${spoken.mediaType}; charset=utf-8`);
    });

    it(`where SOAP ${spoken.name} is spoken, an envelope of ${other.name} is told VersionMismatch under any type`, () => {
      for (const type of [spoken.mediaType, other.mediaType])
        assert.equal(judge(other, type, spoken)?.problem, 'soap.version-mismatch', type);
    });
  }
});
