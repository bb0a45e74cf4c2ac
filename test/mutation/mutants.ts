// Mutants of a source file: each differs in one place, as a slip of the pen would.

import { parseSync, Visitor } from 'oxc-parser';

export interface Mutant {
  /** Offsets of what is replaced. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** For people: `condition negated`, `<= in place of <`. */
  readonly what: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Another operator where one stands, as it is easily mistaken. */
const OTHERS: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '+=': '-=',
  '-=': '+=',
};

/** The source with one mutant in it. */
export const withMutant = (source: string, { start, end, text }: Mutant): string =>
  source.slice(0, start) + text + source.slice(end);

/** Texts for people may be worded in many ways; what is no single word is one of them. */
const isProse = (text: string): boolean => text === '' || /\s/.test(text);

/**
 * Makes every mutant of a file: conditions negated, operators swapped, returns emptied, literals changed, statements removed.
 *
 * @throws Error when the file is no TypeScript
 */
export const mutantsOf = (name: string, source: string): Mutant[] => {
  const { program, errors } = parseSync(name, source);
  const [error] = errors;
  if (error) throw new Error(`${name}: ${error.message}`);
  const found: Mutant[] = [];
  /** What is gone when the program runs, or names something: a mutant there is none. */
  const left: Span[] = [];
  const textOf = ({ start, end }: Span): string => source.slice(start, end);
  const replace = ({ start, end }: Span, text: string, what: string): void =>
    void found.push({ start, end, text, what });
  const negate = (test: Span): void => replace(test, `!(${textOf(test)})`, 'condition negated');
  const leave = (...spans: readonly (Span | null | undefined)[]): void => {
    for (const span of spans) if (span) left.push(span);
  };

  const swap = (node: Span & { readonly operator: string }, before: Span, after: Span): void => {
    const other = OTHERS[node.operator];
    const place = before.end + source.slice(before.end, after.start).indexOf(node.operator);
    // Texts are joined by a plus that has no counterpart.
    const joins = node.operator.startsWith('+') && /['"`]/.test(textOf(before) + textOf(after));
    if (other === undefined || joins || place < before.end) return;
    replace(
      { start: place, end: place + node.operator.length },
      other,
      `${other} in place of ${node.operator}`,
    );
  };

  new Visitor({
    IfStatement: ({ test }) => negate(test),
    ConditionalExpression: ({ test }) => negate(test),
    WhileStatement: ({ test }) => negate(test),
    UnaryExpression: (node) => {
      if (node.operator === '!') replace(node, `(${textOf(node.argument)})`, '! removed');
    },
    BinaryExpression: (node) => swap(node, node.left, node.right),
    LogicalExpression: (node) => {
      const { operator, left: before, right: after } = node;
      if (operator === '??')
        replace({ start: before.end, end: after.end }, '', '?? with what follows removed');
      else swap(node, before, after);
    },
    AssignmentExpression: (node) => swap(node, node.left, node.right),
    Literal: (node) => {
      const { value } = node;
      if (typeof value === 'number') replace(node, String(value + 1), `${value + 1} in place of ${value}`);
      if (typeof value === 'boolean') replace(node, String(!value), `${!value} in place of ${value}`);
      if (typeof value === 'string' && !isProse(value)) replace(node, "''", 'text emptied');
    },
    ReturnStatement: ({ argument }) => {
      if (argument && textOf(argument) !== 'undefined') replace(argument, 'undefined', 'return emptied');
    },
    ArrowFunctionExpression: ({ body }) => {
      if (body.type !== 'BlockStatement' && textOf(body) !== 'undefined')
        replace(body, 'undefined', 'return emptied');
    },
    ExpressionStatement: (node) => replace(node, ';', 'statement removed'),
    ThrowStatement: (node) => replace(node, ';', 'statement removed'),
    TSTypeAnnotation: (node) => leave(node),
    TSTypeAliasDeclaration: (node) => leave(node),
    TSInterfaceDeclaration: (node) => leave(node),
    TSTypeParameterInstantiation: (node) => leave(node),
    TSLiteralType: (node) => leave(node),
    ImportDeclaration: (node) => leave(node),
    ImportExpression: ({ source: from }) => leave(from),
    ExportNamedDeclaration: ({ source: from }) => leave(from),
    ExportAllDeclaration: (node) => leave(node),
    Property: ({ key, computed }) => leave(computed ? undefined : key),
  }).visit(program);

  const isLeft = (mutant: Mutant): boolean =>
    left.some(({ start, end }) => start <= mutant.start && mutant.end <= end);
  return found
    .filter((mutant) => !isLeft(mutant) && parseSync(name, withMutant(source, mutant)).errors.length === 0)
    .sort((one, other) => one.start - other.start);
};
