import { berTag } from './ber-reader.ts';
import { berElement, berInteger, berOctets, berSize, createBerSpace, type BerSpace } from './ber-writer.ts';
import type { LdapRequest } from './ldap-message.ts';
import { resultCode, type ResultCode } from './result-code.ts';

export interface LdapResult {
  readonly code: ResultCode;
  readonly matchedDn?: string;
  readonly message?: string;
  /** OID and value of an extended response. */
  readonly responseName?: string;
  readonly responseValue?: string;
  readonly controls?: readonly ResponseControl[];
}

export interface ResponseControl {
  readonly oid: string;
  readonly value: Buffer;
}

export interface AnsweredRequest {
  readonly id: number;
  readonly kind: LdapRequest['kind'];
}

/** Application tag of the final response of each request; abandon and unbind have none. */
const responseTags: Readonly<Partial<Record<LdapRequest['kind'], number>>> = {
  bind: 0x61,
  search: 0x65,
  modify: 0x67,
  add: 0x69,
  delete: 0x6b,
  'modify-dn': 0x6d,
  compare: 0x6f,
  extended: 0x78,
};

export function encodeResult(request: AnsweredRequest, result: LdapResult): Buffer {
  const tag = responseTags[request.kind] ?? 0x78;
  const name = result.responseName === undefined ? [] : [berOctets(result.responseName, 0x8a)];
  const value = result.responseValue === undefined ? [] : [berOctets(result.responseValue, 0x8b)];
  const response = berElement(tag, ...resultParts(result), ...name, ...value);
  const controls = result.controls ?? [];
  if (controls.length === 0) return berElement(berTag.sequence, berInteger(request.id), response);
  return berElement(
    berTag.sequence,
    berInteger(request.id),
    response,
    berElement(0xa0, ...controls.map(encodeControl)),
  );
}

function resultParts(result: LdapResult): Buffer[] {
  return [
    berInteger(result.code, berTag.enumerated),
    berOctets(result.matchedDn ?? ''),
    berOctets(result.message ?? ''),
  ];
}

function encodeControl(control: ResponseControl): Buffer {
  return berElement(berTag.sequence, berOctets(control.oid), berOctets(control.value));
}

export interface OutgoingAttribute {
  readonly description: string;
  readonly values: readonly Buffer[];
}

export function encodeEntry(messageId: number, dn: string, attributes: readonly OutgoingAttribute[]): Buffer {
  const entry = measureEntry(dn, attributes);
  const id = berInteger(messageId);
  const length = id.length + berSize(entry.length);
  const message = createBerSpace(berSize(length));
  message.putHeader(berTag.sequence, length);
  message.putBytes(id);
  putEntry(message, dn, attributes, entry);
  return message.bytes;
}

/** A SearchResultEntry outside a message, as the read controls carry it (RFC 4527). */
export function encodeEntryAlone(dn: string, attributes: readonly OutgoingAttribute[]): Buffer {
  const entry = measureEntry(dn, attributes);
  const alone = createBerSpace(berSize(entry.length));
  putEntry(alone, dn, attributes, entry);
  return alone.bytes;
}

/** Lengths of the contents of an entry's elements: a list is thousands of entries, so each is written once, in place. */
interface EntryLengths {
  readonly length: number;
  readonly dn: number;
  readonly list: number;
  readonly attributes: readonly AttributeLengths[];
}

interface AttributeLengths {
  readonly length: number;
  readonly description: number;
  readonly values: number;
}

function measureEntry(name: string, outgoing: readonly OutgoingAttribute[]): EntryLengths {
  const attributes = outgoing.map(measureAttribute);
  const dn = Buffer.byteLength(name);
  const list = attributes.reduce((sum, attribute) => sum + berSize(attribute.length), 0);
  return { length: berSize(dn) + berSize(list), dn, list, attributes };
}

function measureAttribute({ description: text, values: octets }: OutgoingAttribute): AttributeLengths {
  const description = Buffer.byteLength(text);
  const values = octets.reduce((sum, value) => sum + berSize(value.length), 0);
  return { length: berSize(description) + berSize(values), description, values };
}

function putEntry(
  space: BerSpace,
  dn: string,
  outgoing: readonly OutgoingAttribute[],
  { length, dn: dnLength, list, attributes }: EntryLengths,
): void {
  space.putHeader(0x64, length);
  space.putHeader(berTag.octetString, dnLength);
  space.putText(dn);
  space.putHeader(berTag.sequence, list);
  for (const [index, lengths] of attributes.entries()) {
    const { description = '', values = [] } = outgoing[index] ?? {};
    space.putHeader(berTag.sequence, lengths.length);
    space.putHeader(berTag.octetString, lengths.description);
    space.putText(description);
    space.putHeader(berTag.set, lengths.values);
    for (const value of values) {
      space.putHeader(berTag.octetString, value.length);
      space.putBytes(value);
    }
  }
}

/** Notice of disconnection (RFC 4511, 4.4.1): the last thing a connection hears. */
export function encodeDisconnection(code: 'protocolError' | 'unavailable' | 'busy', message: string): Buffer {
  const parts = resultParts({ code: resultCode[code], message });
  const response = berElement(0x78, ...parts, berOctets('1.3.6.1.4.1.1466.20036', 0x8a));
  return berElement(berTag.sequence, berInteger(0), response);
}
