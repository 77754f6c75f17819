import { berTag, MalformedBer, type BerReader } from './ber-reader.ts';
import type { AssertionKind, Filter } from './ldap-message.ts';

/** Deeper nesting is refused: nobody writes it, and evaluation is recursive. */
const deepest = 100;

const assertions: Readonly<Record<number, AssertionKind>> = {
  0xa3: 'equality',
  0xa5: 'greater-or-equal',
  0xa6: 'less-or-equal',
  0xa8: 'approximate',
};

/** Reads one Filter (RFC 4511, 4.5.1.7). Throws MalformedBer. */
export function decodeFilter(reader: BerReader, depth = 0): Filter {
  if (depth > deepest) throw new MalformedBer('filter nested too deeply');
  const tag = reader.peekTag() ?? 0;
  const assertion = assertions[tag];
  if (assertion !== undefined) {
    const parts = reader.readNested(tag);
    const filter = { kind: assertion, attribute: parts.readText(), value: parts.readOctets() };
    parts.expectEnd();
    return filter;
  }
  switch (tag) {
    case 0xa0:
    case 0xa1:
      return { kind: tag === 0xa0 ? 'and' : 'or', parts: decodeParts(reader.readNested(tag), depth) };
    case 0xa2:
      return { kind: 'not', part: decodeFilter(reader.readNested(tag), depth + 1) };
    case 0xa4:
      return decodeSubstrings(reader.readNested(tag));
    case 0x87:
      return { kind: 'present', attribute: reader.readText(tag) };
    case 0xa9:
      return decodeExtensible(reader.readNested(tag));
    default:
      throw new MalformedBer('unknown filter choice');
  }
}

/** No part at all is the absolute true or false filter of RFC 4526. */
function decodeParts(reader: BerReader, depth: number): Filter[] {
  const parts: Filter[] = [];
  while (reader.peekTag() !== undefined) parts.push(decodeFilter(reader, depth + 1));
  return parts;
}

function decodeSubstrings(reader: BerReader): Filter {
  const attribute = reader.readText();
  const pieces = reader.readNested(berTag.sequence);
  reader.expectEnd();
  let initial: Buffer | undefined;
  let final: Buffer | undefined;
  const any: Buffer[] = [];
  for (let first = true; pieces.peekTag() !== undefined; first = false) {
    if (final !== undefined) throw new MalformedBer('substring after the final one');
    const tag = pieces.peekTag();
    if (tag === 0x80 && first) initial = pieces.readOctets(0x80);
    else if (tag === 0x82) final = pieces.readOctets(0x82);
    else any.push(pieces.readOctets(0x81));
  }
  if (initial === undefined && final === undefined && any.length === 0)
    throw new MalformedBer('no substring');
  return { kind: 'substrings', attribute, initial, any, final };
}

function decodeExtensible(reader: BerReader): Filter {
  const rule = reader.peekTag() === 0x81 ? reader.readText(0x81) : undefined;
  const attribute = reader.peekTag() === 0x82 ? reader.readText(0x82) : undefined;
  const value = reader.readOctets(0x83);
  const dnAttributes = reader.peekTag() === 0x84 ? reader.readBoolean(0x84) : false;
  reader.expectEnd();
  if (rule === undefined && attribute === undefined) throw new MalformedBer('neither rule nor attribute');
  return { kind: 'extensible', rule, attribute, value, dnAttributes };
}
