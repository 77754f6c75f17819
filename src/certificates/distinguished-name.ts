/** Names as certificates write them (RFC 5280, section 4.1.2.4). */
import { MalformedDer, type DerReader } from './der/der-reader.ts';
import { text } from './der/strings.ts';
import { tags } from './der/tags.ts';

export interface NameAttribute {
  /** Type, dotted-decimal. */
  readonly type: string;
  /** Tag and content of the value. */
  readonly tag: number;
  readonly content: Uint8Array;
}

/** One RDN: usually one attribute. */
export type RelativeName = readonly NameAttribute[];

export interface DistinguishedName {
  /** The whole Name. */
  readonly der: Uint8Array;
  readonly rdns: readonly RelativeName[];
}

export const attributeTypes = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  countryName: '2.5.4.6',
  organizationName: '2.5.4.10',
  organizationalUnitName: '2.5.4.11',
  domainComponent: '0.9.2342.19200300.100.1.25',
  emailAddress: '1.2.840.113549.1.9.1',
} as const;

const mostRdns = 64;
const mostAttributes = 16;

export function readName(reader: DerReader): DistinguishedName {
  const start = reader.offset;
  const sequence = reader.enter();
  const rdns = sequence.readAll((each) => readRelativeName(each.enter(tags.set)), { most: mostRdns });
  return { der: reader.since(start), rdns };
}

/** The content of a SET (or of what is tagged in its place). */
export function readRelativeName(set: DerReader): RelativeName {
  return set.readAll(
    (each) => {
      const attribute = each.enter();
      const type = attribute.readOid();
      const { tag, content } = attribute.read();
      attribute.end();
      return { type, tag, content };
    },
    { least: 1, most: mostAttributes },
  );
}

/** Text of the one attribute of `type`; undefined when there is none, several, or it is not a text. */
export function nameText({ rdns }: DistinguishedName, type: string): string | undefined {
  const found = rdns.flat().filter((attribute) => attribute.type === type);
  const [attribute] = found;
  return attribute && found.length === 1 ? attributeText(attribute) : undefined;
}

export function attributeText({ tag, content }: NameAttribute): string | undefined {
  try {
    return text(tag, content);
  } catch (error) {
    if (error instanceof MalformedDer) return undefined;
    throw error;
  }
}
