// The names of authorities as texts: what is written, and which of the texts that clients write are understood.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AsnConvert } from '@peculiar/asn1-schema';
import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509';
import fc from 'fast-check';
import { readPem } from '../../src/security/trust/certificate.ts';
import { isNameOf, writeName } from '../../src/security/trust/distinguished-name.ts';
import { newDirectory } from '../directories.ts';
import { describeWith, stacks } from '../interop/stacks.ts';

const OID = {
  CN: '2.5.4.3',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  organizationIdentifier: '2.5.4.97',
  emailAddress: '1.2.840.113549.1.9.1',
  UID: '0.9.2342.19200300.100.1.1',
} as const;
type Part = readonly [keyof typeof OID, string];

/** What stands between two commas: one attribute or several, each with type and text. */
const nameOf = (...sets: readonly (Part | readonly Part[])[]): Buffer => {
  const attribute = ([type, text]: Part): AttributeTypeAndValue => {
    const value =
      type === 'emailAddress'
        ? new AttributeValue({ ia5String: text })
        : type === 'C' || type === 'serialNumber'
          ? new AttributeValue({ printableString: text })
          : new AttributeValue({ utf8String: text });
    return new AttributeTypeAndValue({ type: OID[type], value });
  };
  const several = (set: Part | readonly Part[]): readonly Part[] =>
    typeof set[0] === 'string' ? [set as Part] : (set as readonly Part[]);
  return Buffer.from(
    AsnConvert.serialize(
      new Name(sets.map((set) => new RelativeDistinguishedName(several(set).map(attribute)))),
    ),
  );
};

const PLAIN = nameOf(['C', 'NO'], ['O', 'Testfirma AS'], ['CN', 'Test CA 1']);
const STRANGE = nameOf(
  ['C', 'NO'],
  ['ST', 'Oslo'],
  ['L', 'Sandvika , nord'],
  ['O', 'Testfirma "Æ" + <Sønn>; AS'],
  ['OU', '#1'],
  ['organizationIdentifier', 'NTRNO-984661185'],
  ['serialNumber', '984661185'],
  ['emailAddress', 'ca@example.test'],
  [
    ['CN', 'Test CA'],
    ['UID', 'x=y'],
  ],
  ['CN', ' innrykk '],
);
const ORGANISATION = '#0c0f4e54524e4f2d393834363631313835';

describe('the name of an authority, written', () => {
  it('begins with what the certificate ends with', () => {
    assert.equal(writeName(PLAIN), 'CN=Test CA 1,O=Testfirma AS,C=NO');
  });

  it('is what Java writes as RFC 2253, sign by sign', () => {
    // Recorded from X500Principal.getName() of Java 17.
    assert.equal(
      writeName(STRANGE),
      `CN=\\ innrykk\\ ,CN=Test CA+UID=x\\=y,1.2.840.113549.1.9.1=#160f6361406578616d706c652e74657374,2.5.4.5=#1309393834363631313835,2.5.4.97=${ORGANISATION},OU=\\#1,O=Testfirma \\"Æ\\" \\+ \\<Sønn\\>\\; AS,L=Sandvika \\, nord,ST=Oslo,C=NO`,
    );
  });

  it('can stand in XML whatever is in the certificate', () => {
    assert.equal(writeName(nameOf(['CN', 'a\u0001b\u0085\\'])), 'CN=a\\01b\\c2\\85\\\\');
    assert.ok(isNameOf('CN=a\\01b\\C2\\85\\\\', nameOf(['CN', 'a\u0001b\u0085\\'])));
  });

  describeWith([stacks.openssl], 'and by OpenSSL', () => {
    const issuerBy = (subject: string, options: string): { der: Buffer; text: string } => {
      const [certificate, key] = ['c.pem', 'c.key'].map((file) => join(newDirectory(), file));
      assert.ok(certificate && key);
      const openssl = (...args: string[]): string => {
        const { status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
        assert.equal(status, 0, stderr);
        return stdout;
      };
      openssl(
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate],
        ...['-utf8', '-multivalue-rdn', '-subj', subject],
      );
      const read = readPem(readFileSync(certificate, 'utf8'))[0];
      assert.ok(read);
      const text = openssl('x509', '-in', certificate, '-noout', '-issuer', '-nameopt', options);
      return { der: read.issuerDer, text: text.replace(/^issuer=/, '').trimEnd() };
    };

    it('is the same where RFC 2253 leaves no choice', () => {
      const { der, text } = issuerBy(
        '/DC=test/C=NO/ST=Oslo/L=Sandvika \\, nord/O=Testfirma "Æ" \\+ <Sønn>; AS/OU=#1/CN= Test\\\\CA ',
        'RFC2253,utf8,-esc_msb',
      );
      assert.equal(writeName(der), text);
    });

    for (const options of ['RFC2253', 'RFC2253,utf8,-esc_msb', 'oneline,utf8,-esc_msb', 'oneline'])
      it(`is understood as OpenSSL writes it with -nameopt ${options}`, () => {
        const { der, text } = issuerBy(
          '/C=NO/O=Testfirma "Æ", AS/organizationIdentifier=NTRNO-984661185/emailAddress=ca@example.test/CN=A=B+UID=u/CN=Test CA',
          options,
        );
        assert.ok(isNameOf(text, der), text);
        assert.ok(!isNameOf(text.replace('Test CA', 'Test CB'), der));
      });
  });
});

describe('the name of an authority, read', () => {
  const same = (name: Buffer, ...texts: string[]): void => {
    for (const text of texts) assert.ok(isNameOf(text, name), text);
  };
  const other = (name: Buffer, ...texts: string[]): void => {
    for (const text of texts) assert.ok(!isNameOf(text, name), text);
  };

  it('is known as Java, .NET and others write it', () => {
    same(
      STRANGE,
      // Java: getName(RFC1779), toString(); the latter also as getName() of the older class.
      `CN=" innrykk ", CN=Test CA + OID.0.9.2342.19200300.100.1.1="x=y", OID.1.2.840.113549.1.9.1=ca@example.test, OID.2.5.4.5=984661185, OID.2.5.4.97=NTRNO-984661185, OU="#1", O="Testfirma \\"Æ\\" + <Sønn>; AS", L="Sandvika , nord", ST=Oslo, C=NO`,
      `CN=" innrykk ", CN=Test CA + UID="x=y", EMAILADDRESS=ca@example.test, SERIALNUMBER=984661185, OID.2.5.4.97=NTRNO-984661185, OU="#1", O="Testfirma \\"Æ\\" + <Sønn>; AS", L="Sandvika , nord", ST=Oslo, C=NO`,
      // .NET: S for the state, E for the address, quotation marks doubled.
      `CN=" innrykk ", CN=Test CA + OID.0.9.2342.19200300.100.1.1="x=y", E=ca@example.test, SERIALNUMBER=984661185, OID.2.5.4.97=NTRNO-984661185, OU=#1, O="Testfirma ""Æ"" + <Sønn>; AS", L="Sandvika , nord", S=Oslo, C=NO`,
    );
  });

  it('may stand in either order', () => {
    same(PLAIN, 'CN=Test CA 1,O=Testfirma AS,C=NO', 'C=NO,O=Testfirma AS,CN=Test CA 1');
    other(PLAIN, 'O=Testfirma AS,CN=Test CA 1,C=NO', 'C=NO,CN=Test CA 1,O=Testfirma AS');
  });

  it('may differ in capitals, white space and separators', () => {
    same(
      PLAIN,
      ' cn = test ca 1 ,o=TESTFIRMA   AS;c=no ',
      'CN=\n  Test CA 1,\n  O=Testfirma\tAS,\n  C=NO',
      '2.5.4.3=Test CA 1,oid.2.5.4.10=Testfirma AS,OID.2.5.4.6=NO',
    );
  });

  it('may be quoted, escaped, or in hexadecimal', () => {
    same(
      PLAIN,
      'CN="Test CA 1",O="Testfirma AS",C="NO"',
      'CN=\\54est\\20CA\\ 1,O=Testfirma AS,C=\\4eO',
      'CN=#0c09546573742043412031,O=Testfirma AS,C=#13024E4F',
    );
    same(nameOf(['CN', 'Æ']), 'CN=\\C3\\86', 'CN="\\C3\\86"', 'CN=æ', 'CN=#0c02c386', 'CN= #0C02C386 ');
    same(nameOf(['CN', 'a"b']), 'CN="a\\"b"', 'CN="a""b"', 'CN=a\\"b', 'CN=a\\22b');
    same(nameOf(['CN', '#0c0141']), 'CN=\\#0c0141');
  });

  it('is never taken for another', () => {
    other(
      PLAIN,
      '',
      'CN=Test CA 1',
      'CN=Test CA 1,O=Testfirma AS',
      'CN=Test CA 1,O=Testfirma AS,C=NO,C=NO',
      'CN=Test CA 1,O=Testfirma AS,C=SE',
      'CN=TestCA 1,O=Testfirma AS,C=NO',
      'CN=Test CA 1+O=Testfirma AS,C=NO',
      'CN=Test CA 1+O=Testfirma AS+C=NO',
      'CN=Test CA 1\\,O=Testfirma AS,C=NO',
      'CN="Test CA 1,O=Testfirma AS,C=NO"',
      'OU=Test CA 1,O=Testfirma AS,C=NO',
      '__proto__=Test CA 1,O=Testfirma AS,C=NO',
      '/C=NO/O=Testfirma AS/CN=Test CA 1',
    );
    // One attribute that reads like two, and two that read like one.
    const one = nameOf(['CN', 'a,O=b']);
    const two = nameOf(['O', 'b'], ['CN', 'a']);
    const joined = nameOf([
      ['CN', 'a'],
      ['O', 'b'],
    ]);
    same(one, 'CN=a\\,O\\=b', 'CN="a,O=b"', 'CN=a\\2CO=b');
    same(two, 'CN=a,O=b');
    same(joined, 'CN=a+O=b', 'O=b + CN=a');
    other(one, 'CN=a,O=b', 'CN=a+O=b');
    other(two, 'CN=a\\,O=b', 'CN=a+O=b');
    other(joined, 'CN=a,O=b', 'CN=a', 'CN=a+CN=a', 'CN=a+O=b+O=b');
  });

  it('is nothing where the text is no name', () => {
    for (const text of [
      ...[
        '=',
        ',',
        'CN',
        'CN,O=b',
        'CN="a',
        'CN="a"b',
        'CN=a"b',
        'CN=a\\',
        'CN="a\\"',
        'CN=a,',
        ',CN=a',
        'C N=a',
      ],
      ...['CN=a,,O=b', '=a', 'CN=a+', 'CN="a" "b"'],
    ]) {
      for (const name of [nameOf(['CN', 'a']), nameOf(['CN', 'a'], ['O', 'b']), nameOf(['CN', 'a"b'])])
        other(name, text);
    }
  });

  const value = fc
    .string({ unit: fc.constantFrom(...'aB1 ,+"\\<>;=#æ€𝄞\t'), minLength: 1, maxLength: 12 })
    // What is only white space at its ends is one name with what has none there (RFC 5280 §7.1).
    .filter((text) => text.trim() === text && text !== '');
  const part = fc.tuple(fc.constantFrom(...(Object.keys(OID) as Part[0][])), value).map(
    ([type, text]): Part =>
      // Printable and IA5 strings hold no such letters.
      type === 'C' || type === 'serialNumber' || type === 'emailAddress'
        ? [type, text.replace(/[^aB1 ,+=]/g, 'x')]
        : [type, text],
  );
  const name = fc.array(
    fc.oneof({ weight: 4, arbitrary: part }, fc.array(part, { minLength: 2, maxLength: 3 })),
    {
      minLength: 1,
      maxLength: 5,
    },
  );

  it('is what was written, whatever stands in it', () => {
    fc.assert(
      fc.property(name, (sets) => {
        const der = nameOf(...sets);
        assert.ok(isNameOf(writeName(der), der), writeName(der));
      }),
    );
  });

  it('is that of one certificate only, whatever stands in both', () => {
    const fold = (sets: readonly (Part | readonly Part[])[]): string => {
      const told = sets.map((set) =>
        (typeof set[0] === 'string' ? [set as Part] : (set as readonly Part[]))
          .map(([type, text]) => `${type} ${text.replace(/\s+/g, ' ').toLowerCase()}`)
          .sort()
          .join('\u0000'),
      );
      return [told.join('\u0001'), [...told].reverse().join('\u0001')].sort()[0] ?? '';
    };
    const near = fc.tuple(name, name, fc.nat(3)).map(([one, two, kind]) => {
      // Unlike names are easily told apart; those that differ a little are not.
      if (kind === 0) return [one, two] as const;
      if (kind === 1) return [one, [...one.slice(1), ...one.slice(0, 1)]] as const;
      if (kind === 2)
        return [one, one.flatMap((set) => (typeof set[0] === 'string' ? [set as Part] : set))] as const;
      return [
        one,
        [one.flatMap((set) => (typeof set[0] === 'string' ? [set as Part] : (set as Part[])))],
      ] as const;
    });
    fc.assert(
      fc.property(near, ([one, two]) => {
        const [left, right] = [nameOf(...one), nameOf(...(two as readonly Part[]))];
        assert.equal(isNameOf(writeName(left), right), fold(one) === fold(two as readonly Part[]));
      }),
    );
  });

  it('is refused at once, however the text is made', () => {
    // What is quadratic takes minutes, and mocha's patience ends before.
    const MIB = 1024 * 1024;
    // Just as long as a name that is looked at may be, and as long as a text of a message may be.
    for (const [before, filling, after] of [
      ['', ',', ''],
      ['CN=', '\\', ''],
      ['CN=', '\\', 'a'],
      ['CN="', '"', ''],
      ['CN="', '\\"', ''],
      ['CN=', ' ', 'x'],
      ['CN=a,b', ' ', 'c'],
      ['CN=a,', ' ', 'c'],
      ['CN=', 'a', ''],
      ['', 'CN=a,', ''],
      ['', 'CN=a+', 'CN=a'],
      ['', '=', ''],
    ] as const)
      for (const length of [8_190, MIB]) {
        const text = before + filling.repeat(length / filling.length) + after;
        assert.ok(!isNameOf(text, PLAIN), `${before}${filling}… (${text.length})`);
      }
  });
});
