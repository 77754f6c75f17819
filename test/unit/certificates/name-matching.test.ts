import { expect, test } from 'vitest';
import { DerReader } from '#certificates/der/der-reader.ts';
import { readName } from '#certificates/distinguished-name.ts';
import { isSameName, isWithin } from '#certificates/name-matching.ts';
import { der } from '#demo/pki/der.ts';

const attribute = (value: Buffer, type = '2.5.4.10') => der.sequence(der.oid(type), value);
const name = (...rdns: readonly (readonly Buffer[])[]) =>
  readName(new DerReader(der.sequence(...rdns.map((rdn) => der.set(...rdn)))));
const of = (value: Buffer) => name([attribute(value)]);

const one = of(der.printable('Test Org'));

test.each([
  ['another string type', of(der.utf8('Test Org'))],
  ['other case', of(der.utf8('tEST oRG'))],
  ['spaces around and between', of(der.printable('  Test   Org '))],
  ['BMPString', of(der.tagged(0x1e, Buffer.from('Test Org', 'utf16le').swap16()))],
  ['wide letters', of(der.utf8('Ｔｅｓｔ　Ｏｒｇ'))],
  ['a soft hyphen', of(der.utf8('Te\u00adst Org'))],
  ['another kind of space', of(der.utf8('Test\u00a0Org'))],
])('the same: %s', (_, other) => {
  expect(isSameName(one, other)).toBe(true);
});

test.each([
  ['another text', of(der.utf8('Test Orgs'))],
  ['no space', of(der.utf8('TestOrg'))],
  ['another type', name([attribute(der.printable('Test Org'), '2.5.4.11')])],
  ['something more', name([attribute(der.printable('Test Org'))], [attribute(der.printable('x'))])],
  ['nothing', name()],
  ['bytes that are no text', of(der.tagged(0x0c, Buffer.from([0xff])))],
])('not the same: %s', (_, other) => {
  expect(isSameName(one, other)).toBe(false);
});

test('composed and decomposed letters are the same', () => {
  expect(isSameName(of(der.utf8('caf\u00e9')), of(der.utf8('cafe\u0301')))).toBe(true);
});

test('the order of RDNs counts, that of attributes in one does not', () => {
  const [a, b] = [attribute(der.utf8('a')), attribute(der.utf8('b'), '2.5.4.11')];
  expect(isSameName(name([a], [b]), name([b], [a]))).toBe(false);
  expect(isSameName(name([a, b]), name([b, a]))).toBe(true);
  expect(isSameName(name([a, b]), name([a], [b]))).toBe(false);
});

test('within: as many RDNs from the top', () => {
  const [a, b] = [attribute(der.utf8('a')), attribute(der.utf8('b'))];
  expect(isWithin(name([a], [b]), name([a]))).toBe(true);
  expect(isWithin(name([a], [b]), name())).toBe(true);
  expect(isWithin(name([a]), name([a], [b]))).toBe(false);
  expect(isWithin(name([b], [a]), name([a]))).toBe(false);
});
