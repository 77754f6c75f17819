/** Signed attributes (RFC 5652, sections 5.3 and 11), and what is signed when there are any. */
import { MalformedDer, readWhole, type DerElement, type DerReader } from '../der/der-reader.ts';
import { oid } from '../der/primitives.ts';
import { text } from '../der/strings.ts';
import { tags } from '../der/tags.ts';
import { time } from '../der/times.ts';
import { RefusedCms } from './cms-refusal.ts';

const types = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  nonce: '1.2.840.113549.1.9.25.3',
  cardNumber: '2.16.886.1.100.2.204',
} as const;

export interface SignedAttributes {
  readonly contentType: string;
  readonly messageDigest: Uint8Array;
  readonly signingTime: Date | undefined;
  /** Content of whatever type it has. */
  readonly nonce: Uint8Array | undefined;
  readonly cardNumber: string | undefined;
}

/** Each type occurs once; those that are not known bind nobody and are passed over. */
export function readSignedAttributes(attributes: readonly Uint8Array[]): SignedAttributes {
  const values = new Map<string, readonly DerElement[]>();
  for (const attribute of attributes) {
    const [type, elements] = readWhole(attribute, readAttribute);
    if (values.has(type)) throw new RefusedCms('bad-signed-attributes');
    values.set(type, elements);
  }
  const single = (type: string): DerElement | undefined => {
    const elements = values.get(type);
    if (elements && elements.length !== 1) throw new RefusedCms('bad-signed-attributes');
    return elements?.[0];
  };
  const contentType = single(types.contentType);
  const messageDigest = single(types.messageDigest);
  if (contentType?.tag !== tags.oid || messageDigest?.tag !== tags.octetString) {
    throw new RefusedCms('bad-signed-attributes');
  }
  const signingTime = single(types.signingTime);
  const cardNumber = single(types.cardNumber);
  return {
    contentType: oid(contentType.content),
    messageDigest: messageDigest.content,
    signingTime: signingTime && time(signingTime.tag, signingTime.content),
    nonce: single(types.nonce)?.content,
    cardNumber: cardNumber && cardNumberOf(cardNumber),
  };
}

function readAttribute(reader: DerReader): readonly [type: string, values: readonly DerElement[]] {
  const sequence = reader.enter();
  const type = sequence.readOid();
  const values = sequence.enter(tags.set).readAll((each) => each.read(), { least: 1, most: 16 });
  sequence.end();
  return [type, values];
}

/** A text of any type; in an OCTET STRING the digits themselves. */
function cardNumberOf({ tag, content }: DerElement): string {
  const number = text(tag === tags.octetString ? tags.ia5String : tag, content);
  if (!/^[\x20-\x7e]{1,64}$/.test(number)) throw new MalformedDer('bad-card-number');
  return number;
}

/** What the signature is over: the attributes as the DER of a SET OF, whatever order and tag they came in (section 5.4). */
export function encodeSignedAttributes(attributes: readonly Uint8Array[]): Buffer {
  const sorted = attributes.toSorted((a, b) => Buffer.compare(a, b));
  const content = Buffer.concat(sorted);
  return Buffer.concat([Buffer.from([tags.set]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const octets = Math.ceil((32 - Math.clz32(length)) / 8);
  const bytes = Buffer.alloc(octets + 1, 0x80 | octets);
  bytes.writeUIntBE(length, 1, octets);
  return bytes;
}
