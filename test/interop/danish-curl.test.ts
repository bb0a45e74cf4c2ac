// The Danish services as curl sees them: a contract for everybody, messages for those with a certificate.

import assert from 'node:assert/strict';
import { describeWith, stacks } from './stacks.ts';
import { staged } from './stage.ts';
import { run } from './tool.ts';

const service = (name: string): string => `PjakTassWCFtService/1/${name}.svc`;
const REMINDER = service('PersonNotificationReminderService');

const envelope = (citizen: string): string => `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
  <s:Header>
    <RequestUserMetadataHeader xmlns="http://service.bm.dk/RequestUserMetadata/2015/01/21/"
        xmlns:u="http://service.bm.dk/pjaktass/2015/01/21/RequestUserStructure/"
        xmlns:t="http://service.bm.dk/pjaktass/2015/01/21/RequestUserTypeIdentifierCodeList/"
        xmlns:o="http://service.bm.dk/pjaktass/2015/01/21/RequestOrganisationStructure/"
        xmlns:l="http://service.bm.dk/pjaktass/2013/06/07/CodeListBase/">
      <u:RequestUserStructure>
        <u:UserFullName>Curl</u:UserFullName>
        <t:RequestUserTypeIdentifier><l:CodeListItemIdentifier>3</l:CodeListItemIdentifier></t:RequestUserTypeIdentifier>
        <u:UserIdentifier>CVR:90000040-FID:40404040</u:UserIdentifier>
      </u:RequestUserStructure>
      <o:RequestOrganisationStructure>
        <o:OrganisationTypeIdentifier><l:CodeListItemIdentifier>7</l:CodeListItemIdentifier></o:OrganisationTypeIdentifier>
        <o:OrganisationCode>101</o:OrganisationCode>
      </o:RequestOrganisationStructure>
      <RegistrationDateTime>2026-01-15T12:00:00+01:00</RegistrationDateTime>
    </RequestUserMetadataHeader>
    <ActiveOrganisationHeader xmlns="http://rep.oio.dk/ams.dk/xml/schemas/2005/09/01/">
      <OrganisationTypeIdentifier>7</OrganisationTypeIdentifier>
      <OrganisationCode>101</OrganisationCode>
    </ActiveOrganisationHeader>
  </s:Header>
  <s:Body>
    <GetPersonContactDataRequest xmlns="http://service.bm.dk/PersonNotificationReminderService/2020/01/15/">
      <PersonCivilRegistrationIdentifier>${citizen}</PersonCivilRegistrationIdentifier>
    </GetPersonContactDataRequest>
  </s:Body>
</s:Envelope>`;

interface Response {
  readonly status: string;
  readonly body: string;
}

describeWith([stacks.curl], 'curl at the Danish services', () => {
  const open = staged();

  /** Asks by the name localhost, so that the name in the server's certificate counts. */
  const curl = async (path: string, args: readonly string[] = [], input = ''): Promise<Response> => {
    const { emulator, files } = open();
    const { port } = new URL(emulator.tlsUrl);
    const place = ['--resolve', `localhost:${port}:127.0.0.1`, `https://localhost:${port}/${path}`];
    const usual = ['--silent', '--show-error', '--noproxy', '*', '--cacert', files.trust];
    const { ok, output, said } = await run(
      'curl',
      [...usual, '--write-out', '\n%{http_code}', ...args, ...place],
      { input },
    );
    assert.ok(ok, said);
    const [, body = '', status = ''] = /^(.*)\n(\d{3})$/s.exec(output.toString('utf8')) ?? [];
    return { status, body };
  };

  const identity = (name: string): string[] => {
    const { emulator, write } = open();
    const client = emulator.pki.clients.get(name);
    assert.ok(client, name);
    const certificate = write(`${name}.pem`, client.certificatePem);
    return ['--cert', certificate, '--key', write(`${name}.key`, client.keyPem)];
  };

  const post = (citizen: string, args: readonly string[] = []): Promise<Response> => {
    const action = 'http://service.bm.dk/pjaktass/1/PersonNotificationReminderService#GetPersonContactData';
    const headers = ['-H', 'content-type: text/xml; charset=utf-8', '-H', `soapaction: "${action}"`];
    return curl(REMINDER, [...headers, ...args, '--data-binary', '@-'], envelope(citizen));
  };

  for (const name of ['PersonNotificationReminderService', 'JobnetPersonNotificationReminderService']) {
    it(`gets the WSDL of ${name} without a certificate`, async () => {
      const { status, body } = await curl(`${service(name)}?wsdl`);
      assert.equal(status, '200');
      const { port } = new URL(open().emulator.tlsUrl);
      assert.ok(body.includes(`<soap:address location="https://localhost:${port}/${service(name)}"/>`), body);
    });
  }

  it('reads contact data with a certificate', async () => {
    const { status, body } = await post('0308558843', identity('kommune'));
    assert.equal(status, '200', body);
    assert.match(body, />OK<.*>bo&amp;ida@example\.dk</s);
  });

  const refusals = [
    { who: 'without a certificate', args: () => [], code: 1101 },
    { who: 'with a certificate that is not trusted', args: () => identity('selvsignert'), code: 1012 },
    { who: 'with a certificate that may act for nobody', args: () => identity('fremmedcvr'), code: 4575 },
  ];
  for (const { who, args, code } of refusals) {
    it(`gets a fault with ${code} ${who}`, async () => {
      const { status, body } = await post('0308558843', args());
      assert.equal(status, '500', body);
      assert.ok(body.includes(`<faultcode>${code}</faultcode>`), body);
      assert.match(body, new RegExp(`<detail><(?:\\w+:)?FaultDetails .*>${code}</(?:\\w+:)?ErrorCode>`));
    });
  }
});
