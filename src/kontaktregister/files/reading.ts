// How Norwegian persons come from files, and from nothing.

import { ndjsonReader } from '../../contract/ndjson.ts';
import type { FileReading } from '../../contract/person-files.ts';
import { check } from '../../kernel/issue.ts';
import { personJson } from '../register/json.ts';
import { csvReader } from './csv-reader.ts';
import { exportReader } from './export-reader.ts';
import { generate } from './generate.ts';

export const reading: FileReading = {
  readers: { xml: exportReader, ndjson: ndjsonReader, csv: csvReader },
  list: 'persons',
  check: (json) => check(personJson, json),
  generate,
};
