// Writes a plain tree as XML in one of the many ways that mean the same: references, CDATA, quotes, white space, order.

import type { Dice } from '../../dice.ts';
import type { Document, Element, Node } from './infoset.ts';

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const reference = (character: string, dice: Dice): string => {
  const code = character.codePointAt(0) ?? 0;
  const named = NAMED[character];
  if (named && dice.once(2)) return named;
  const hex = dice.once(2) ? code.toString(16) : code.toString(16).toUpperCase();
  return dice.once(2) ? `&#${'0'.repeat(dice.below(3))}${code};` : `&#x${hex};`;
};

const spellCharacter = (character: string, mustRefer: string, dice: Dice): string =>
  mustRefer.includes(character) || dice.once(8) ? reference(character, dice) : character;

/** Every parser makes CR LF one line feed (XML 1.0 §2.11): so a line feed may be written, and a CR has to be a reference. */
const spellText = (text: string, dice: Dice): string => {
  // A CDATA section holds anything but its end, and a CR only as a line end.
  if (dice.once(5) && !text.includes(']]>') && !text.includes('\r'))
    return `<![CDATA[${text}]]>${dice.once(3) ? '<![CDATA[]]>' : ''}`;
  return [...text]
    .map((one) => (one === '\n' && dice.once(4) ? '\r\n' : spellCharacter(one, '&<>\r', dice)))
    .join('');
};

const spellValue = (value: string, dice: Dice): string => {
  const quote = dice.pick(['"', "'"]);
  const inner = [...value].map((one) => {
    // Literal white space in a value is read as spaces (XML 1.0 §3.3.3).
    if (one === ' ' && dice.once(4)) return dice.pick(['\n', '\t', '\r\n', '&#32;']);
    return spellCharacter(one, `&<\r\n\t${quote}`, dice);
  });
  return `${quote}${inner.join('')}${quote}`;
};

const gap = (dice: Dice): string => dice.pick([' ', ' ', ' ', '\n', '\t', '  ', '\r\n']);
const room = (dice: Dice): string => (dice.once(6) ? gap(dice) : '');

const shuffled = <T>(list: readonly T[], dice: Dice): T[] => {
  const left = [...list];
  return list.flatMap(() => left.splice(dice.below(left.length), 1));
};

/** One spelling of an element. */
export const spellElement = (
  { prefix, local, declarations, attributes, children }: Element,
  dice: Dice,
): string => {
  const name = prefix === '' ? local : `${prefix}:${local}`;
  const pairs = shuffled(
    [
      ...declarations.map((one) => [`xmlns${one.prefix === '' ? '' : `:${one.prefix}`}`, one.uri] as const),
      ...attributes.map(
        (one) => [one.prefix === '' ? one.local : `${one.prefix}:${one.local}`, one.value] as const,
      ),
    ],
    dice,
  );
  const written = pairs
    .map(([key, value]) => `${gap(dice)}${key}${room(dice)}=${room(dice)}${spellValue(value, dice)}`)
    .join('');
  if (children.length === 0 && dice.once(2)) return `<${name}${written}${room(dice)}/>`;
  const content = children.map((child) => spellNode(child, dice)).join('');
  return `<${name}${written}${room(dice)}>${content}</${name}${room(dice)}>`;
};

const spellNode = (node: Node, dice: Dice): string => {
  if (node.kind === 'element') return spellElement(node, dice);
  return node.kind === 'text' ? spellText(node.text, dice) : `<!--${node.text}-->`;
};

/** One spelling of a document, without a declaration of its encoding: UTF-8. */
export const spell = ({ before, root, after }: Document, dice: Dice): string => {
  const comment = (text: string): string => `${room(dice)}<!--${text}-->${room(dice)}`;
  const start = dice.pick(['', '', '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8'?>"]);
  return start + before.map(comment).join('') + spellElement(root, dice) + after.map(comment).join('');
};
