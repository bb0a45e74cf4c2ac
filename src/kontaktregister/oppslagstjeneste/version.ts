// The two versions of the lookup service that are served: what differs between them, as data.

import { SOAP_1_1, SOAP_1_2, type SoapVersion } from '../../soap/version.ts';
import type { Namespace } from '../../xml/names.ts';

/** What of a person can be asked for, as `informasjonsbehov` says it. */
export const needs = ['Person', 'Kontaktinfo', 'Sertifikat', 'SikkerDigitalPost', 'VarslingsStatus'] as const;
export type Need = (typeof needs)[number];

export interface Version {
  readonly name: '16-02' | '14-05';
  readonly soap: SoapVersion;
  /** The namespace of the messages and of their own children. */
  readonly messages: Namespace;
  /** The element between status and Kontaktinformasjon: whether a person can be notified, or why one was deleted. */
  readonly tells: 'varslingsstatus' | 'beskrivelse';
  /** Whether a header block may name the organisation that the caller acts for. */
  readonly delegation: boolean;
  readonly needs: readonly Need[];
}

const messages = (name: Version['name']): Namespace => ({
  prefix: 'ot',
  uri: `http://kontaktinfo.difi.no/xsd/oppslagstjeneste/${name}`,
});

/** The namespace of a person and everything in it: the same in both versions, with different content. */
export const metadata: Namespace = { prefix: 'm', uri: 'http://begrep.difi.no' };

export const version1602: Version = {
  name: '16-02',
  soap: SOAP_1_2,
  messages: messages('16-02'),
  tells: 'varslingsstatus',
  delegation: true,
  needs,
};

export const version1405: Version = {
  name: '14-05',
  soap: SOAP_1_1,
  messages: messages('14-05'),
  tells: 'beskrivelse',
  delegation: false,
  needs: needs.filter((need) => need !== 'VarslingsStatus'),
};
