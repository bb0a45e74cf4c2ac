// The outside stacks that judge the emulator: which of them this machine has, and what to say about those it lacks.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's interpreter: its packages are not visible to any other. */
export const PYTHON = '/usr/bin/python3';

/** The JAX-WS runtime: the manifest of Debian's jar names the other jars that it needs. */
export const JAXWS = '/usr/share/java/jaxws-rt.jar';

const jars = ['wss4j', 'xmlsec', 'commons-logging', 'commons-codec', 'slf4j-api', 'slf4j-nop'].map(
  (name) => `/usr/share/java/${name}.jar`,
);

/** The class path of WSS4J; a logger that says nothing is part of it. */
export const WSS4J = jars.join(delimiter);

/** Where Debian has the programs of a PostgreSQL server. */
export const POSTGRESQL = '/usr/lib/postgresql/15/bin';

/** A program or library from elsewhere. */
export interface Stack {
  readonly name: string;
  /** The Debian packages that bring it. */
  readonly packages: readonly string[];
  readonly installed: boolean;
}

const runs = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

const stack = (name: string, packages: readonly string[], installed: boolean): Stack => ({
  name,
  packages,
  installed,
});

// Finding a module does not import it: zeep alone would take half a second.
const FIND =
  'import importlib.util, sys; sys.exit(any(importlib.util.find_spec(m) is None for m in sys.argv[1:]))';

// Found, not started: a Java machine takes its time.
const FOUND = 'for name; do command -v "$name" || exit 1; done';
const PHP_SOAP = 'exit((int) !(extension_loaded("soap") && extension_loaded("openssl")));';
const PHP_DOM = 'exit((int) !(extension_loaded("dom") && extension_loaded("openssl")));';

export const stacks = {
  xmllint: stack('xmllint', ['libxml2-utils'], runs('xmllint', '--version')),
  xmlsec1: stack('xmlsec1', ['xmlsec1'], runs('xmlsec1', '--version')),
  openssl: stack('openssl', ['openssl'], runs('openssl', 'version')),
  zeep: stack('zeep', ['python3-zeep', 'python3-xmlsec'], runs(PYTHON, '-c', FIND, 'zeep', 'xmlsec')),
  cryptography: stack(
    'cryptography for Python',
    ['python3-cryptography', 'python3-lxml'],
    runs(PYTHON, '-c', FIND, 'cryptography', 'lxml'),
  ),
  iconv: stack('iconv', ['libc-bin'], runs('iconv', '--version')),
  suds: stack('suds', ['python3-suds', 'python3-xmlsec'], runs(PYTHON, '-c', FIND, 'suds', 'xmlsec')),
  gsoap: stack(
    'gSOAP',
    ['gsoap', 'libgsoap-dev', 'libssl-dev', 'zlib1g-dev', 'g++'],
    ['/usr/include/stdsoap2.h', '/usr/include/openssl/ssl.h', '/usr/include/zlib.h'].every(existsSync) &&
      runs('sh', '-c', FOUND, 'sh', 'wsdl2h', 'soapcpp2', 'g++'),
  ),
  // These two come by npm.
  nodeSoap: stack('node-soap', [], true),
  fetch: stack('fetch', [], true),
  curl: stack('curl', ['curl'], runs('curl', '--version')),
  php: stack('PHP SoapClient', ['php8.2-cli', 'php8.2-soap', 'php8.2-xml'], runs('php', '-r', PHP_SOAP)),
  phpDom: stack('PHP DOM and OpenSSL', ['php8.2-cli', 'php8.2-xml'], runs('php', '-r', PHP_DOM)),
  wss4j: stack(
    'WSS4J',
    ['libwss4j-java', 'libxml-security-java', 'default-jdk-headless'],
    jars.every(existsSync) && runs('sh', '-c', FOUND, 'sh', 'javac', 'java'),
  ),
  java: stack('Java', ['default-jdk-headless'], runs('sh', '-c', FOUND, 'sh', 'javac', 'java')),
  kdsoap: stack(
    'KDSoap',
    ['libkdsoap-dev', 'g++'],
    existsSync('/usr/include/KDSoapClient/KDSoapValue.h') &&
      runs('sh', '-c', FOUND, 'sh', 'kdwsdl2cpp', 'g++'),
  ),
  jaxws: stack(
    'JAX-WS RI',
    ['jaxws', 'libjaxws-java', 'default-jdk-headless'],
    existsSync(JAXWS) && runs('sh', '-c', FOUND, 'sh', 'wsimport', 'javac', 'java', 'keytool'),
  ),
  chromium: stack('Chromium', ['chromium'], runs('sh', '-c', FOUND, 'sh', 'chromium')),
  postgresql: stack(
    'PostgreSQL',
    ['postgresql-15'],
    ['initdb', 'pg_ctl', 'psql'].every((name) => existsSync(join(POSTGRESQL, name))),
  ),
} as const;

const required = process.env.KONTAKT_INTEROP === 'required';

/**
 * Describes tests that need outside stacks. Where one is missing the tests are skipped, with the command that installs it in
 * their title; where the environment says KONTAKT_INTEROP=required, they fail.
 */
export const describeWith = (needed: readonly Stack[], title: string, tests: () => void): void => {
  const missing = needed.filter(({ installed }) => !installed);
  const names = missing.map(({ name }) => name).join(', ');
  const command = `apt-get install --no-install-recommends ${missing.flatMap(({ packages }) => packages).join(' ')}`;
  const note = missing.length === 0 ? '' : ` [no ${names} here: ${command}]`;
  describe(`${title}${note}`, () => {
    before(function () {
      if (missing.length === 0) return;
      if (required) throw new Error(`KONTAKT_INTEROP=required, but there is no ${names}: ${command}`);
      this.skip();
    });
    tests();
  });
};
