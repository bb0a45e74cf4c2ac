// How a value may have been written that means the same.

const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const FRACTIONS = ['', '.0', '.000', '.0000000'];
const ZONES = ['', 'Z', '+00:00', '-00:00'];

function* instants(text: string): Generator<string> {
  const [, second, fraction = '', zone = ''] = DATE_TIME.exec(text) ?? [];
  if (second === undefined) return;
  const fractions = new Set([fraction, fraction.replace(/0+$/, '').replace(/^\.$/, ''), ...FRACTIONS]);
  const zones = /^(?:|Z|[+-]00:00)$/.test(zone) ? ZONES : [zone];
  for (const part of fractions) for (const one of zones) yield second + part + one;
}

const BOOLEANS: ReadonlyMap<string, readonly string[]> = new Map([
  ['true', ['1', 'True', 'TRUE']],
  ['false', ['0', 'False', 'FALSE']],
  ['1', ['true']],
  ['0', ['false']],
]);

/** Other spellings of a value; the value itself may be among them. */
export function* spellings(text: string): Generator<string> {
  for (const end of [' ', '\n', '  ', '\t', '&#xD;', '&#xD;\n'])
    yield* [text + end, end + text, end + text + end];
  if (text.trim() !== text) yield text.trim();
  yield* instants(text);
  yield* BOOLEANS.get(text) ?? [];
  if (/^\d+$/.test(text)) yield* [`+${text}`, `0${text}`, text.replace(/^0+(?=\d)/, '')];
  if (/[a-z]/i.test(text)) yield* [text.toLowerCase(), text.toUpperCase()];
  if (text.includes('&amp;')) yield text.replaceAll('&amp;', '&amp;amp;');
  yield text.replaceAll('&amp;amp;', '&amp;').replaceAll('&amp;lt;', '&lt;').replaceAll('&amp;gt;', '&gt;');
}
