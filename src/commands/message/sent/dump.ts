// A whole HTTP message in a file: a request or an answer as it went over the wire, or as curl -i and curl -v print one.

import { UserError } from '../../../kernel/user-error.ts';
import { headerIn, headersOf } from './head.ts';
import type { Captured } from './sent.ts';

const REQUEST = /^([A-Z]{3,10}) \S{1,8000} HTTP\/\d(?:\.\d)?$/;
const STATUS = /^HTTP\/\d(?:\.\d)? (\d{3})(?: .*)?$/;
/** What curl -v writes before the lines of a request, of an answer, and of its own. */
const CURL = /^(?:[<>*](?: |$)|[{}] \[\d+ bytes data\]$)/;
/** How many bytes of a file are a head at most. */
const LONGEST_HEAD = 256 * 1024;

interface Line {
  readonly text: string;
  /** Where the next line begins. */
  readonly next: number;
}

const lineAt = (bytes: Buffer, at: number): Line | undefined => {
  if (at >= bytes.length || at > LONGEST_HEAD) return undefined;
  const end = bytes.indexOf(0x0a, at);
  const stop = end < 0 ? bytes.length : end;
  return { text: bytes.toString('latin1', at, stop).replace(/\r$/, ''), next: stop + 1 };
};

/** The body of a message that was sent in chunks, where it is still in them. */
const unchunked = (body: Buffer): Buffer => {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = lineAt(body.subarray(at), 0);
    const [, size] = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(line?.text ?? '') ?? [];
    if (line === undefined || size === undefined) return body;
    const length = Number.parseInt(size, 16);
    if (length === 0) return Buffer.concat(parts);
    const start = at + line.next;
    if (start + length > body.length) return body;
    parts.push(body.subarray(start, start + length));
    at = start + length;
    at += body[at] === 0x0d ? 2 : 1;
  }
};

/** Editors and shells end a file with a line end that was never sent. */
const withoutTail = (body: Buffer, length: string | undefined): Buffer => {
  const announced = /^\d{1,9}$/.test(length ?? '') ? Number(length) : body.length;
  const tail = body.subarray(announced).toString('latin1');
  return announced < body.length && /^\s*$/.test(tail) ? body.subarray(0, announced) : body;
};

interface Head {
  readonly method: string | undefined;
  readonly status: number | undefined;
  readonly lines: readonly string[];
  readonly body: number;
}

const headFrom = (bytes: Buffer, first: Line): Head => {
  const lines: string[] = [];
  const [, method] = REQUEST.exec(first.text) ?? [];
  const [, status] = STATUS.exec(first.text) ?? [];
  let at = first.next;
  for (let line = lineAt(bytes, at); line; line = lineAt(bytes, at)) {
    at = line.next;
    if (line.text === '') break;
    lines.push(line.text);
  }
  return { method, status: status === undefined ? undefined : Number(status), lines, body: at };
};

/** The message behind a head; of answers that only announce others (100, a proxy's 200) the last. */
const fromHead = (bytes: Buffer, first: Line): Captured => {
  const head = headFrom(bytes, first);
  const behind = head.status === undefined ? undefined : lineAt(bytes, head.body);
  if (behind && STATUS.test(behind.text)) {
    const rest = bytes.subarray(head.body);
    const next = lineAt(rest, 0);
    if (next) return fromHead(rest, next);
  }
  const pairs = head.lines.map((line) => {
    const header = headerIn(line);
    if (header) return header;
    throw new UserError(
      `the head of the HTTP message has the line ${JSON.stringify(line.slice(0, 60))}, which is no header`,
    );
  });
  const headers = headersOf(pairs);
  const body = bytes.subarray(head.body);
  const whole = /\bchunked\b/i.test(headers['transfer-encoding'] ?? '') ? unchunked(body) : body;
  return {
    body: withoutTail(whole, headers['content-length']),
    headers,
    ...(head.method === undefined ? {} : { method: head.method }),
    answer: head.status !== undefined,
    decoded: false,
  };
};

/** The last answer that curl -v shows: its head in lines with `<`, its body behind that without any sign. */
const fromCurl = (bytes: Buffer): Captured | undefined => {
  let head: string[] = [];
  let ended = false;
  let at = 0;
  for (let line = lineAt(bytes, at); line; line = lineAt(bytes, at)) {
    const { text, next } = line;
    if (text.startsWith('< HTTP/')) head = [];
    if (text.startsWith('<') && /^<(?: |$)/.test(text)) {
      ended = text.trim() === '<';
      if (!ended) head.push(text.slice(2));
    } else if (ended && !CURL.test(text)) break;
    at = next;
  }
  const [status, ...lines] = head;
  if (status === undefined || !STATUS.test(status)) return undefined;
  const rest = bytes.subarray(at);
  // What curl says at the end of its own, behind the body.
  const end = rest.toString('latin1').search(/\r?\n?\* (?:Connection|Closing)[^\n]*\s*$/);
  return {
    body: end < 0 ? rest : rest.subarray(0, end),
    headers: headersOf(lines.flatMap((text) => [headerIn(text)].filter((one) => one !== undefined))),
    answer: true,
    decoded: true,
  };
};

/** Undefined: the bytes are no HTTP message. */
export const readDump = (bytes: Buffer): Captured | undefined => {
  const first = lineAt(bytes, 0);
  if (!first) return undefined;
  if (REQUEST.test(first.text) || STATUS.test(first.text)) return fromHead(bytes, first);
  return CURL.test(first.text) && /^< HTTP\//m.test(bytes.toString('latin1', 0, LONGEST_HEAD))
    ? fromCurl(bytes)
    : undefined;
};
