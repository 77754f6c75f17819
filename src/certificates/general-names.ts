/** GeneralName of RFC 5280, section 4.2.1.6, unchecked beyond its ASN.1: what a name means is judged where it is used. */
import { MalformedDer, type DerReader } from './der/der-reader.ts';
import { oid } from './der/primitives.ts';
import { text } from './der/strings.ts';
import { contextConstructed, contextPrimitive, tags } from './der/tags.ts';
import { readName, type DistinguishedName } from './distinguished-name.ts';

export type GeneralName =
  | { readonly kind: 'mail' | 'dns' | 'uri'; readonly value: string }
  | { readonly kind: 'directory'; readonly value: DistinguishedName }
  /** 4 or 16 octets; in name constraints 8 or 32, address and mask. */
  | { readonly kind: 'ip'; readonly value: Uint8Array }
  | { readonly kind: 'registered'; readonly value: string }
  /** otherName, x400Address, ediPartyName: the content, unread. */
  | { readonly kind: 'other' | 'x400' | 'edi'; readonly value: Uint8Array };

export type GeneralNameKind = GeneralName['kind'];

const mostNames = 10_000;

export function readGeneralName(reader: DerReader): GeneralName {
  const { nextTag } = reader;
  if (nextTag === contextConstructed(4)) {
    const explicit = reader.enter(nextTag);
    const value = readName(explicit);
    explicit.end();
    return { kind: 'directory', value };
  }
  const { tag, content } = reader.read();
  switch (tag) {
    case contextPrimitive(1):
      return { kind: 'mail', value: text(tags.ia5String, content) };
    case contextPrimitive(2):
      return { kind: 'dns', value: text(tags.ia5String, content) };
    case contextPrimitive(6):
      return { kind: 'uri', value: text(tags.ia5String, content) };
    case contextPrimitive(7):
      return { kind: 'ip', value: content };
    case contextPrimitive(8):
      return { kind: 'registered', value: oid(content) };
    case contextConstructed(0):
      return { kind: 'other', value: content };
    case contextConstructed(3):
      return { kind: 'x400', value: content };
    case contextConstructed(5):
      return { kind: 'edi', value: content };
    default:
      throw new MalformedDer('bad-general-name');
  }
}

/** The names in a GeneralNames whose SEQUENCE, or what is tagged in its place, `reader` stands inside. */
export function readGeneralNames(reader: DerReader): readonly GeneralName[] {
  return reader.readAll(readGeneralName, { least: 1, most: mostNames });
}
