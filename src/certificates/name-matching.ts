/** Comparison of names by RFC 5280, section 7.1: attribute by attribute, strings prepared as RFC 4518 says, so that encodings do not matter. */
import { tags } from './der/tags.ts';
import {
  attributeText,
  type DistinguishedName,
  type NameAttribute,
  type RelativeName,
} from './distinguished-name.ts';

/** The string types of names: DirectoryString (RFC 5280, section 4.1.2.4), and what single attributes have in its place. */
const directoryStrings: ReadonlySet<number> = new Set([
  tags.utf8String,
  tags.printableString,
  tags.teletexString,
  tags.bmpString,
  tags.universalString,
  tags.ia5String,
  tags.numericString,
  tags.visibleString,
]);

/** RFC 4518, section 2.2: what becomes a space, and then what becomes nothing (controls, formats, variation selectors). */
const mappedToSpace = /[\t\n\v\f\r\u0085\p{Z}]+/gu;
const mappedToNothing = /\p{Cc}|\p{Cf}|\p{Variation_Selector}|\u034f/gu;

/** A name made comparable. */
interface Comparable {
  readonly relative: readonly string[];
  readonly whole: string;
  readonly isReadable: boolean;
}

/** Names are long and compared often: each is prepared once. */
const known = new WeakMap<DistinguishedName, Comparable>();

function comparable(name: DistinguishedName): Comparable {
  const before = known.get(name);
  if (before) return before;
  const relative = name.rdns.map(relativeNameKey);
  const made = { relative, whole: JSON.stringify(relative), isReadable: name.rdns.flat().every(isReadable) };
  known.set(name, made);
  return made;
}

/** One string for each RDN: equal for equal RDNs. */
export function relativeNameKeys(name: DistinguishedName): readonly string[] {
  return comparable(name).relative;
}

/** One string for the name: equal for equal names. */
export function nameKey(name: DistinguishedName): string {
  return comparable(name).whole;
}

/** Whether what says that it is a text is one, all through the name; else it may be equal to a name that it is not found equal to. */
export function isReadableName(name: DistinguishedName): boolean {
  return comparable(name).isReadable;
}

export function isSameName(one: DistinguishedName, other: DistinguishedName): boolean {
  return one === other || Buffer.compare(one.der, other.der) === 0 || nameKey(one) === nameKey(other);
}

/** Whether `name` is `base` or lies under it. */
export function isWithin(name: DistinguishedName, base: DistinguishedName): boolean {
  const of = relativeNameKeys(name);
  return relativeNameKeys(base).every((key, at) => of[at] === key);
}

/** The attributes of an RDN are a set. */
export function relativeNameKey(rdn: RelativeName): string {
  return JSON.stringify(rdn.map(attributeKey).sort());
}

function attributeKey(attribute: NameAttribute): string {
  const text = attributeText(attribute);
  const value = text === undefined ? binaryKey(attribute) : `=${preparedText(text)}`;
  return `${attribute.type}${value}`;
}

function isReadable(attribute: NameAttribute): boolean {
  return !directoryStrings.has(attribute.tag) || attributeText(attribute) !== undefined;
}

/** Values that are no text are equal when their bytes are. */
function binaryKey({ tag, content }: NameAttribute): string {
  return `#${tag}:${Buffer.from(content).toString('hex')}`;
}

/** RFC 4518 for case-ignoring matches: mapped, folded, NFKC, spaces at the ends dropped and inner ones made one. */
function preparedText(text: string): string {
  const mapped = text.replace(mappedToSpace, ' ').replace(mappedToNothing, '');
  const folded = mapped.normalize('NFKC').toLowerCase().normalize('NFKC');
  return folded.replace(/ +/g, ' ').trim();
}
