import { MalformedDer } from './malformed-der.ts';
import { tags } from './tags.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Characters of X.680, section 41.4, and the asterisk, at sign, ampersand and underscore that CAs put there as well. */
const printable = /^[A-Za-z0-9 '()+,\-./:=?*@&_]*$/;

/** The text of a string type; TeletexString is taken for Latin-1, as everybody does. */
export function text(tag: number, content: Uint8Array): string {
  switch (tag) {
    case tags.utf8String:
      return decoded(content);
    case tags.printableString:
      return matching(latin1(content), printable);
    case tags.numericString:
      return matching(latin1(content), /^[0-9 ]*$/);
    case tags.ia5String:
    case tags.visibleString:
      if (content.some((octet) => octet >= 0x80)) throw new MalformedDer('bad-string');
      return latin1(content);
    case tags.teletexString:
      return latin1(content);
    case tags.bmpString:
      return codeUnits(content, 2);
    case tags.universalString:
      return codeUnits(content, 4);
    default:
      throw new MalformedDer('not-a-string');
  }
}

function latin1(content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
}

function matching(value: string, pattern: RegExp): string {
  if (!pattern.test(value)) throw new MalformedDer('bad-string');
  return value;
}

function decoded(content: Uint8Array): string {
  try {
    return utf8.decode(content);
  } catch {
    throw new MalformedDer('bad-string');
  }
}

/** Big-endian characters of `width` octets each. */
function codeUnits(content: Uint8Array, width: 2 | 4): string {
  if (content.length % width !== 0) throw new MalformedDer('bad-string');
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  const characters: string[] = [];
  for (let at = 0; at < content.length; at += width) {
    const code = width === 2 ? view.getUint16(at) : view.getUint32(at);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new MalformedDer('bad-string');
    characters.push(String.fromCodePoint(code));
  }
  return characters.join('');
}
