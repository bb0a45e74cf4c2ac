// The export file of the register (eksporttjeneste 14-05): everybody as HentEndringer of 14-05 delivers a person, one a line.

import type { Writing } from '../../contract/person-files.ts';
import { mapped } from '../../store/tables.ts';
import type { Namespace } from '../../xml/names.ts';
import { changed } from '../oppslagstjeneste/delivery.ts';
import { declaration, personText } from '../oppslagstjeneste/person-text.ts';
import { version1405 } from '../oppslagstjeneste/version.ts';
import type { Person } from '../register/person.ts';
import { changes } from '../register/store.ts';

/** The namespace of the file's own element. */
export const exported: Namespace = {
  prefix: 'eks',
  uri: 'http://kontaktinfo.difi.no/xsd/eksporttjeneste/14-05',
};

export const ROOT = 'Kontaktregister';

const deliver = changed(new Set(version1405.needs));

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const exportFile = (now: () => number): Writing<Person> => ({
  mediaType: 'application/xml; charset=utf-8',
  head: () =>
    mapped(
      changes.last(),
      (last) => `<?xml version="1.0" encoding="UTF-8"?>
<${exported.prefix}:${ROOT} xmlns:${exported.prefix}="${exported.uri}" ${declaration} eksportTidspunkt="${new Date(now()).toISOString()}" senesteEndringsNummer="${last}">
`,
    ),
  // A line break within a text is a reference: so a line is a person.
  row: (person) => `${personText(version1405, deliver(person), '').replaceAll('\n', '&#xA;')}\n`,
  tail: `</${exported.prefix}:${ROOT}>\n`,
});
