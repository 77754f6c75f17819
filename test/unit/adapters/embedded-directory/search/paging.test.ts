import { expect, test } from 'vitest';
import { createBerReader } from '#adapters/embedded-directory/protocol/ber-reader.ts';
import { berElement, berInteger, berOctets } from '#adapters/embedded-directory/protocol/ber-writer.ts';
import type { SearchRequest } from '#adapters/embedded-directory/protocol/ldap-message.ts';
import { encodePage, pagedResultsOid, parsePage } from '#adapters/embedded-directory/search/paging.ts';

const request: SearchRequest = {
  kind: 'search',
  base: 'dc=x',
  scope: 'sub',
  sizeLimit: 0,
  timeLimit: 0,
  typesOnly: false,
  filter: { kind: 'present', attribute: 'objectClass' },
  attributes: [],
};
const control = (size: number, cookie: Buffer) => ({
  oid: pagedResultsOid,
  critical: false,
  value: berElement(0x30, berInteger(size), berOctets(cookie)),
});
function cookieOf(page: { value: Buffer }): Buffer {
  const reader = createBerReader(page.value).readNested();
  reader.readInteger();
  return reader.readOctets();
}

test('a cookie says where to go on', () => {
  const cookie = cookieOf(encodePage(request, 1234));
  expect(parsePage(control(50, cookie), request)).toEqual({ size: 50, after: 1234, abandoned: false });
  expect(parsePage(control(0, cookie), request).abandoned).toBe(true);
});

test('no cookie: the first page; none given: the last', () => {
  expect(parsePage(control(50, Buffer.alloc(0)), request).after).toBe(0);
  expect(cookieOf(encodePage(request, undefined))).toHaveLength(0);
});

test('a cookie of another search, a broken one and a negative size are refused', () => {
  const cookie = cookieOf(encodePage(request, 7));
  expect(() => parsePage(control(50, cookie), { ...request, base: 'dc=y' })).toThrow('cookie');
  expect(() => parsePage(control(50, Buffer.from('x')), request)).toThrow('cookie');
  expect(() => parsePage(control(-1, cookie), request)).toThrow('negative');
  expect(() => parsePage({ oid: pagedResultsOid, critical: true, value: undefined }, request)).toThrow('BER');
});
