import { describe, expect, test } from 'vitest';
import {
  createBerReader,
  MalformedBer,
  readHeader,
} from '#adapters/embedded-directory/protocol/ber-reader.ts';
import { berElement, berInteger, berOctets } from '#adapters/embedded-directory/protocol/ber-writer.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('BER', () => {
  test.each([
    0, 1, 127, 128, 255, 256, 32_767, 32_768, 65_535, 8_388_608, 2_147_483_647, -1, -128, -129,
    -2_147_483_648,
  ])('writes and reads the integer %i', (value) => {
    expect(createBerReader(berInteger(value)).readInteger()).toBe(value);
  });

  test('writes an integer in as few bytes as it takes', () => {
    expect(berInteger(127)).toEqual(hex('02 01 7f'));
    expect(berInteger(128)).toEqual(hex('02 02 00 80'));
    expect(berInteger(-128)).toEqual(hex('02 01 80'));
  });

  test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536, 200_000])('carries %i bytes', (length) => {
    const content = Buffer.alloc(length, 7);
    const reader = createBerReader(berElement(0x30, berOctets(content), berOctets('after')));
    const inner = reader.readNested();
    expect(inner.readOctets().equals(content)).toBe(true);
    expect(inner.readText()).toBe('after');
    inner.expectEnd();
    reader.expectEnd();
  });

  test.each([
    ['an empty integer', '02 00', (bytes: Buffer) => createBerReader(bytes).readInteger()],
    [
      'an integer of five bytes',
      '02 05 01 00 00 00 00',
      (bytes: Buffer) => createBerReader(bytes).readInteger(),
    ],
    ['a boolean of two bytes', '01 02 00 00', (bytes: Buffer) => createBerReader(bytes).readBoolean()],
    ['text that is not UTF-8', '04 01 ff', (bytes: Buffer) => createBerReader(bytes).readText()],
    ['another tag than expected', '04 01 61', (bytes: Buffer) => createBerReader(bytes).readInteger()],
    ['an element cut short', '04 05 61', (bytes: Buffer) => createBerReader(bytes).readOctets()],
    ['nothing', '', (bytes: Buffer) => createBerReader(bytes).readOctets()],
    [
      'an inner element longer than the outer',
      '30 03 04 05 61 62 63 64 65',
      (bytes: Buffer) => createBerReader(bytes).readNested().readOctets(),
    ],
    ['an indefinite length', '30 80 00 00', (bytes: Buffer) => readHeader(bytes, 0)],
    ['a tag of several bytes', '1f 81 01 00', (bytes: Buffer) => readHeader(bytes, 0)],
  ])('refuses %s', (_, bytes, read) => {
    expect(() => read(hex(bytes))).toThrow(MalformedBer);
  });

  test('a header that is not whole is not judged', () => {
    expect(readHeader(hex('30'), 0)).toBeUndefined();
    expect(readHeader(hex('30 83 01'), 0)).toBeUndefined();
    expect(readHeader(hex('30 83 01 00 00'), 0)).toEqual({
      tag: 0x30,
      contentStart: 5,
      contentLength: 65_536,
    });
  });
});
