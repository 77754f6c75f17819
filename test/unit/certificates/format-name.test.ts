import { expect, test } from 'vitest';
import { DerReader } from '#certificates/der/der-reader.ts';
import { readName } from '#certificates/distinguished-name.ts';
import { formatName } from '#certificates/format-name.ts';
import { der } from '#demo/pki/der.ts';
import { encodeName } from '#demo/pki/names.ts';

const format = (bytes: Buffer) => formatName(readName(new DerReader(bytes)));

test('in the order it is written in, with short types where there are any', () => {
  expect(
    format(
      encodeName([
        ['C', 'TW'],
        ['O', '行政院'],
        ['OU', '內政部憑證管理中心'],
      ]),
    ),
  ).toBe('C=TW, O=行政院, OU=內政部憑證管理中心');
  const other = der.sequence(der.set(der.sequence(der.oid('1.2.3.4'), der.utf8('x'))));
  expect(format(other)).toBe('1.2.3.4=x');
});

test('what is no text is shown as its bytes, and what would mislead the eye is replaced', () => {
  expect(format(der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.integer(5)))))).toBe('CN=#05');
  expect(format(encodeName([['CN', 'a\n\u202eb\u0000']]))).toBe('CN=a��b�');
});

test('a name without end is cut', () => {
  expect(format(encodeName([['CN', 'x'.repeat(5000)]]))).toHaveLength(301);
});
