import { expect, test } from 'vitest';
import { DerReader, MalformedDer, readWhole } from '#certificates/der/der-reader.ts';
import { namedBits } from '#certificates/der/primitives.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

function codeOf(text: string, read: (reader: DerReader) => unknown): string | undefined {
  try {
    readWhole(hex(text), read);
    return undefined;
  } catch (error) {
    if (error instanceof MalformedDer) return error.code;
    throw error;
  }
}

test('reads a sequence forward, and demands its end', () => {
  const value = readWhole(hex('300b 0101ff 020105 0603550403'), (reader) => {
    const sequence = reader.enter();
    const read = [sequence.readBoolean(), sequence.readSmallInteger(), sequence.readOid()];
    sequence.end();
    return read;
  });
  expect(value).toEqual([true, 5, '2.5.4.3']);
  expect(codeOf('3003 020105', (reader) => reader.enter().end())).toBe('trailing-bytes');
  expect(codeOf('0500 00', (reader) => reader.readNull())).toBe('trailing-bytes');
});

test.each([
  ['', 'truncated'],
  ['04', 'truncated'],
  ['0402ff', 'truncated'],
  ['2480 0000', 'indefinite-length'],
  ['04 8101 00', 'length-not-minimal'],
  ['04 820080', 'length-not-minimal'],
  ['04 850000000001 00', 'bad-length'],
  ['04 84ffffffff 00', 'truncated'],
  ['1f8101 00', 'high-tag-number'],
])('refuses the header %s: %s', (bytes, code) => {
  expect(codeOf(bytes, (reader) => reader.read())).toBe(code);
});

test('nesting is bounded', () => {
  let nested = '';
  for (let depth = 0; depth < 40; depth += 1)
    nested = `30${(nested.length / 2).toString(16).padStart(2, '0')}${nested}`;
  const dive = (reader: DerReader): void => {
    if (!reader.isAtEnd) dive(reader.enter());
  };
  expect(codeOf(nested, dive)).toBe('nested-too-deep');
});

test.each([
  ['010101', 'bad-boolean'],
  ['0102ffff', 'bad-boolean'],
  ['0100', 'bad-boolean'],
])('refuses the BOOLEAN %s', (bytes, code) => {
  expect(codeOf(bytes, (reader) => reader.readBoolean())).toBe(code);
});

test.each([
  ['0200', 'bad-integer'],
  ['02020001', 'integer-not-minimal'],
  ['0202ff80', 'integer-not-minimal'],
])('refuses the INTEGER %s', (bytes, code) => {
  expect(codeOf(bytes, (reader) => reader.readInteger())).toBe(code);
});

test('small integers are those from 0 to 2^31 - 1', () => {
  const read = (reader: DerReader) => reader.readSmallInteger();
  expect(readWhole(hex('02047fffffff'), read)).toBe(2 ** 31 - 1);
  expect(codeOf('02050080000000', read)).toBe('integer-out-of-range');
  expect(codeOf('0201ff', read)).toBe('integer-out-of-range');
});

test.each([
  ['0603550403', '2.5.4.3'],
  ['060160', '2.16'],
  ['0603883703', '2.999.3'],
  ['060129', '1.1'],
  ['06146983cc9380a898cca8c7bdb1a78080aaaed78a1b', '2.25.305821105408246119474742976030998643995'],
])('reads the OID %s', (bytes, expected) => {
  expect(readWhole(hex(bytes), (reader) => reader.readOid())).toBe(expected);
});

test.each(['0600', '060180', '0602 5580', '0603 558001'])('refuses the OID %s', (bytes) => {
  expect(codeOf(bytes, (reader) => reader.readOid())).toBe('bad-oid');
});

test('bit strings: unused bits are few, and zero', () => {
  const read = (reader: DerReader) => reader.readBitString();
  expect(readWhole(hex('0303 04 a0f0'), read)).toEqual({ bytes: hex('a0f0'), unusedBits: 4 });
  for (const bytes of ['0300', '030108', '030101', '030204ff'])
    expect(codeOf(bytes, read)).toBe('bad-bit-string');
});

test('named bits: no zero bits at the end', () => {
  const read = (reader: DerReader) => namedBits(reader.readBitString());
  expect(readWhole(hex('0302 01 06'), read)).toEqual(new Set([5, 6]));
  expect(codeOf('0302 00 06', read)).toBe('named-bits-not-minimal');
  expect(codeOf('0303 07 0600', read)).toBe('named-bits-not-minimal');
});

const ascii = (tag: string, text: string) =>
  tag + text.length.toString(16).padStart(2, '0') + Buffer.from(text).toString('hex');

test.each([
  ['17', '491231235959Z', '2049-12-31T23:59:59.000Z'],
  ['17', '500101000000Z', '1950-01-01T00:00:00.000Z'],
  ['18', '20240229000000Z', '2024-02-29T00:00:00.000Z'],
  ['18', '99991231235959Z', '9999-12-31T23:59:59.000Z'],
  ['18', '00010101000000Z', '0001-01-01T00:00:00.000Z'],
])('reads the time %s %s', (tag, text, expected) => {
  expect(readWhole(hex(ascii(tag, text)), (reader) => reader.readTime()).toISOString()).toBe(expected);
});

test.each([
  ['17', '4912312359Z'],
  ['17', '491231235959+0800'],
  ['17', '490229000000Z'],
  ['17', '491331000000Z'],
  ['17', '491231240000Z'],
  ['17', '491231235960Z'],
  ['18', '20240229000000.5Z'],
  ['18', '20240229000000'],
  ['18', '491231235959Z'],
  ['04', '491231235959Z'],
])('refuses the time %s %s', (tag, text) => {
  expect(codeOf(ascii(tag, text), (reader) => reader.readTime())).toBe('bad-time');
});

test.each([
  ['0c06e7848be5b08f', '焋小'],
  ['1302 5457', 'TW'],
  ['1202 3120', '1 '],
  ['1603 614062', 'a@b'],
  ['1401 e9', 'é'],
  ['1e04 738b5c0f', '王小'],
  ['1c04 00020000', '\u{20000}'],
])('reads the string %s', (bytes, expected) => {
  expect(readWhole(hex(bytes), (reader) => reader.readText())).toBe(expected);
});

test.each(['0c02c328', '1301 3c', '120141', '1601e9', '1e03738b5c', '1e02d800', '1c04 00110000'])(
  'refuses the string %s',
  (bytes) => {
    expect(codeOf(bytes, (reader) => reader.readText())).toBe('bad-string');
  },
);
