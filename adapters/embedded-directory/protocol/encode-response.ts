import { berTag } from './ber-reader.ts';
import { berElement, berInteger, berOctets } from './ber-writer.ts';
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
  return berElement(berTag.sequence, berInteger(messageId), encodeEntryAlone(dn, attributes));
}

/** A SearchResultEntry outside a message, as the read controls carry it (RFC 4527). */
export function encodeEntryAlone(dn: string, attributes: readonly OutgoingAttribute[]): Buffer {
  const list = attributes.map(({ description, values }) =>
    berElement(
      berTag.sequence,
      berOctets(description),
      berElement(berTag.set, ...values.map((value) => berOctets(value))),
    ),
  );
  return berElement(0x64, berOctets(dn), berElement(berTag.sequence, ...list));
}

/** Notice of disconnection (RFC 4511, 4.4.1): the last thing a connection hears. */
export function encodeDisconnection(code: 'protocolError' | 'unavailable' | 'busy', message: string): Buffer {
  const parts = resultParts({ code: resultCode[code], message });
  const response = berElement(0x78, ...parts, berOctets('1.3.6.1.4.1.1466.20036', 0x8a));
  return berElement(berTag.sequence, berInteger(0), response);
}
