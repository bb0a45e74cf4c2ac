// A message as people read it: laid out, the place that was refused marked, every line within the width of a terminal.

import { inColumns, type Paint, WIDTH } from '../kernel/terminal.ts';
import { parse } from '../xml/parse.ts';
import { elementAt } from '../xml/place.ts';

/** Where a message was refused: an element, or a line of what came. */
export interface Faulty {
  readonly where?: string | undefined;
  readonly line?: number | undefined;
}

const layOutXml = (body: Buffer, where: string | undefined): { text: string; line: number | undefined } => {
  const document = parse(body);
  if ('problem' in document) return { text: body.toString('utf8'), line: undefined };
  const text = document.toString({ format: true, noDeclaration: true });
  document.dispose();
  if (where === undefined) return { text, line: undefined };
  const again = parse(Buffer.from(text));
  if ('problem' in again) return { text, line: undefined };
  using laidOut = again;
  return { text, line: elementAt(laidOut, where)?.line };
};

const layOut = (body: Buffer, { where, line }: Faulty): { text: string; line: number | undefined } => {
  const text = body.toString('utf8');
  // A line is counted in what came, so what came is shown as it is.
  if (line !== undefined) return { text, line };
  if (/^\s*[[{]/.test(text)) {
    try {
      return { text: JSON.stringify(JSON.parse(text), null, 2), line: undefined };
    } catch {
      return { text, line: undefined };
    }
  }
  return text.includes('<') ? layOutXml(body, where) : { text, line: undefined };
};

/** The lines to print; the faulty one begins with a mark. */
export const laidOutLines = (body: Buffer, faulty: Faulty, paint: Paint): string[] => {
  const { text, line } = layOut(body, faulty);
  const lines = text.trimEnd().split(/\r?\n/);
  const digits = String(lines.length).length;
  return lines.map((one, index) => {
    const marked = index + 1 === line;
    const number = String(index + 1).padStart(digits);
    const shown = inColumns(one, WIDTH - digits - 4);
    return marked ? paint('red', `> ${number}  ${shown}`) : `  ${paint('grey', number)}  ${shown}`;
  });
};

/** How many lines of what came are shown beside the message laid out. */
const FIRST_LINES = 3;
/** More of a line is not looked at. */
const LONGEST_LINE = 4 * WIDTH;

const VISIBLE: Readonly<Record<string, string>> = {
  ' ': '·',
  '\t': '→',
  '\r': '␍',
  '\n': '␊',
  '\ufeff': '⟨BOM⟩',
};

/** The first lines of the octets as they came, every blank and every end of a line visible. */
export const octetLines = (body: Buffer, paint: Paint): string[] => {
  const text = body.subarray(0, FIRST_LINES * LONGEST_LINE).toString('utf8');
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.slice(0, FIRST_LINES).map((line) => {
    const shown = line.replace(/[ \t\r\n\ufeff]/g, (one) => VISIBLE[one] ?? one);
    return `  ${paint('grey', '|')} ${inColumns(shown, WIDTH - 4)}`;
  });
};
