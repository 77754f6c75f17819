import { describe, expect, test } from 'vitest';
import { createKeyRing, type MasterKey } from '#domain/key-ring.ts';
import { sealingContext, type Sealed } from '#domain/sealing.ts';
import { realRandom } from '#test/support/real.ts';

const key = (id: string, byte: number): MasterKey => ({ id, secret: Buffer.alloc(32, byte) });
const ring = (...keys: MasterKey[]) => createKeyRing(keys, realRandom);
const one = ring(key('k1', 1));
const context = sealingContext('birthday', 'a');

describe('a sealed value', () => {
  test.each(['', '0215', '王小明', '😀'.repeat(1000)])('opens again: %s', (plain) => {
    expect(one.open(one.seal(plain, context), context)).toBe(plain);
  });

  test('differs each time and does not hold the plain text', () => {
    const [first, second] = [one.seal('0215', context), one.seal('0215', context)];
    expect(first).not.toBe(second);
    expect(first).toMatch(/^k1\.[\w-]+$/);
    expect(Buffer.from(first.slice(3), 'base64url').includes('0215')).toBe(false);
  });

  test('is refused after a change of any one byte', () => {
    const body = Buffer.from(one.seal('0215', context).slice(3), 'base64url');
    expect(body).toHaveLength(12 + 4 + 16);
    for (let at = 0; at < body.length; at += 1) {
      const altered = Buffer.from(body);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(
        () => one.open(`k1.${altered.toString('base64url')}` as Sealed, context),
        `byte ${at}`,
      ).toThrow();
    }
  });

  test.each([
    ['cut short', (text: string) => text.slice(0, -1)],
    ['cut to less than a tag', (text: string) => text.slice(0, 20)],
    ['without a body', () => 'k1.'],
    ['without a key', (text: string) => text.slice(3)],
    ['with a part more', (text: string) => `${text}.more`],
    ['with signs that decoding passes over', (text: string) => `${text.slice(0, 10)}!${text.slice(10)}`],
    ['padded', (text: string) => `${text}=`],
    ['empty', () => ''],
  ])('is refused %s', (_, change) => {
    expect(() => one.open(change(one.seal('0215', context)) as Sealed, context)).toThrow();
  });

  test('does not open for another field or another person', () => {
    const sealed = one.seal('0215', context);
    expect(() => one.open(sealed, sealingContext('national-id', 'a'))).toThrow();
    expect(() => one.open(sealed, sealingContext('birthday', 'b'))).toThrow();
  });

  test('does not open under another key, nor under a key that only has the same name', () => {
    const sealed = one.seal('0215', context);
    expect(() => ring(key('k2', 1)).open(sealed, context)).toThrow('unknown key');
    expect(() => ring(key('k1', 2)).open(sealed, context)).toThrow();
    expect(() => ring(key('k1', 1), key('k2', 2)).open(`k2${sealed.slice(2)}` as Sealed, context)).toThrow();
  });
});

describe('rotation', () => {
  const both = ring(key('k2', 2), key('k1', 1));

  test('seals under the first key, still opens what the older one sealed', () => {
    expect(both.open(one.seal('0215', context), context)).toBe('0215');
    expect(both.seal('0215', context)).toMatch(/^k2\./);
  });

  test('indexes under the first key, searches under both, the current one first', () => {
    expect(both.indexes('A123456789', 'national-id')).toEqual([
      ring(key('k2', 2)).index('A123456789', 'national-id'),
      one.index('A123456789', 'national-id'),
    ]);
    expect(both.index('A123456789', 'national-id')).toBe(both.indexes('A123456789', 'national-id')[0]);
  });
});

describe('an index value', () => {
  test('is the same each time, another one for another value, purpose or key', () => {
    const values = [
      one.index('x', 'address'),
      one.index('y', 'address'),
      one.index('x', 'login-name'),
      ring(key('k1', 2)).index('x', 'address'),
    ];
    expect(new Set(values).size).toBe(4);
    expect(one.index('x', 'address')).toBe(values[0]);
  });

  test('is not that of a value moved over the border between purpose and value', () => {
    expect(one.index('b', 'a')).not.toBe(one.index('', 'ab'));
    expect(one.index('bc', 'a')).not.toBe(one.index('c', 'ab'));
  });
});

test.each([
  ['no key', []],
  ['a secret of 31 bytes', [{ id: 'k1', secret: Buffer.alloc(31) }]],
  ['an id with a dot', [key('k.1', 1)]],
  ['an empty id', [key('', 1)]],
  ['an id of 17 characters', [key('k'.repeat(17), 1)]],
  ['the same id twice', [key('k1', 1), key('k1', 2)]],
])('there is no ring with %s', (_, keys) => {
  expect(() => createKeyRing(keys, realRandom)).toThrow();
});
