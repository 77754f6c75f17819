/** Distinguished names as text (RFC 4514), without knowledge of a schema. */

export interface NameAttribute {
  /** Name or OID of the attribute type, as written. */
  readonly type: string;
  readonly value: Buffer;
}
export type RelativeName = readonly NameAttribute[];

const typePattern = /[ ]*([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)[ ]*=[ ]*/y;
const hexPattern = /#((?:[0-9a-fA-F]{2})+)[ ]*/y;

/** The relative names, leaf first; an empty list for the empty name; undefined when `text` is not a name. */
export function parseDistinguishedName(text: string): readonly RelativeName[] | undefined {
  if (text === '') return [];
  const names: RelativeName[] = [];
  let current: NameAttribute[] = [];
  let position = 0;
  for (;;) {
    typePattern.lastIndex = position;
    const type = typePattern.exec(text);
    if (!type) return undefined;
    const value = readValue(text, typePattern.lastIndex);
    if (value === undefined || value.bytes.length === 0) return undefined;
    current.push({ type: type[1] ?? '', value: value.bytes });
    const separator = text[value.end];
    if (separator !== '+') {
      names.push(current);
      current = [];
    }
    if (separator === undefined) return names;
    position = value.end + 1;
  }
}

interface ReadValue {
  readonly bytes: Buffer;
  /** Where the separator stands, or the end of the text. */
  readonly end: number;
}

function readValue(text: string, start: number): ReadValue | undefined {
  if (text[start] === '#') return readHexValue(text, start);
  const bytes: number[] = [];
  /** Length up to the last byte that is not an unescaped space: those at the end do not count. */
  let kept = 0;
  let position = start;
  while (position < text.length) {
    const character = String.fromCodePoint(text.codePointAt(position) ?? 0);
    if (character === ',' || character === '+') break;
    if ('";<>\0'.includes(character)) return undefined;
    if (character === '\\') {
      const escaped = readEscape(text, position + 1);
      if (escaped === undefined) return undefined;
      bytes.push(escaped.byte);
      position += 1 + escaped.length;
      kept = bytes.length;
      continue;
    }
    bytes.push(...Buffer.from(character));
    position += character.length;
    if (character !== ' ') kept = bytes.length;
  }
  return { bytes: Buffer.from(bytes.slice(0, kept)), end: position };
}

function readEscape(text: string, position: number): { byte: number; length: number } | undefined {
  const pair = text.slice(position, position + 2);
  if (/^[0-9a-fA-F]{2}$/.test(pair)) return { byte: Number.parseInt(pair, 16), length: 2 };
  const character = pair[0] ?? '';
  return character !== '' && ' "#+,;<=>\\'.includes(character)
    ? { byte: character.charCodeAt(0), length: 1 }
    : undefined;
}

/** `#` and the BER of a value: for strings, the content of the element is the value. */
function readHexValue(text: string, start: number): ReadValue | undefined {
  hexPattern.lastIndex = start;
  const hex = hexPattern.exec(text);
  if (!hex) return undefined;
  const end = hexPattern.lastIndex;
  if (end < text.length && text[end] !== ',' && text[end] !== '+') return undefined;
  const element = Buffer.from(hex[1] ?? '', 'hex');
  if (element.length < 2 || element[1] !== element.length - 2) return undefined;
  return { bytes: element.subarray(2), end };
}

/** Escapes a value for a name (RFC 4514, 2.4), special characters as hex pairs, as slapd writes them. */
export function escapeNameValue(value: Buffer): string {
  const text = value.toString();
  if (!Buffer.from(text).equals(value)) {
    return [...value].map((byte) => `\\${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
  }
  return text
    .replaceAll(/["+,;<>\\\p{Cc}]/gu, hexPair)
    .replace(/^[ #]/, hexPair)
    .replace(/ $/, hexPair);
}

function hexPair(character: string): string {
  return `\\${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
}
