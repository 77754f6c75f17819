/** Simple paging (RFC 2696) by position: the cookie says where to go on, so the server keeps nothing between pages. */
import { createHash } from 'node:crypto';
import { createBerReader } from '../protocol/ber-reader.ts';
import { berElement, berInteger, berOctets } from '../protocol/ber-writer.ts';
import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { Control, SearchRequest } from '../protocol/ldap-message.ts';

export const pagedResultsOid = '1.2.840.113556.1.4.319';

export interface Page {
  readonly size: number;
  /** Id of the last entry of the page before; 0 for the first page. */
  readonly after: number;
  /** The client wants no more of it (size 0 with a cookie). */
  readonly abandoned: boolean;
}

/** Throws MalformedBer for a control that is none, unwillingToPerform for a cookie of another search. */
export function parsePage(control: Control, request: SearchRequest): Page {
  const value = createBerReader(control.value ?? Buffer.alloc(0)).readNested();
  const size = value.readInteger();
  const cookie = value.readOctets();
  value.expectEnd();
  if (size < 0) throw new LdapFailure('protocolError', 'negative page size');
  if (cookie.length === 0) return { size, after: 0, abandoned: false };
  if (cookie.length !== 16 || !cookie.subarray(8).equals(fingerprint(request))) {
    throw new LdapFailure('unwillingToPerform', 'paged results cookie is invalid');
  }
  return { size, after: Number(cookie.readBigUInt64BE(0)), abandoned: size === 0 };
}

/** The control of a page's answer; `after` undefined: that was the last page. */
export function encodePage(
  request: SearchRequest,
  after: number | undefined,
): { oid: string; value: Buffer } {
  const cookie = Buffer.alloc(after === undefined ? 0 : 16);
  if (after !== undefined) {
    cookie.writeBigUInt64BE(BigInt(after));
    fingerprint(request).copy(cookie, 8);
  }
  return { oid: pagedResultsOid, value: berElement(0x30, berInteger(0), berOctets(cookie)) };
}

/** Guards against a mistake of the client, not against an attacker: every page is searched with the asker's rights. */
function fingerprint({ base, scope, filter }: SearchRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([base, scope, filter]))
    .digest()
    .subarray(0, 8);
}
