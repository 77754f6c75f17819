import { describe, expect, it } from 'vitest';
import { formatTime, parseTime, readEntry, storedText } from '#adapters/directory/ldap-values.ts';

describe('generalized time', () => {
  it('keeps milliseconds there and back', () => {
    const time = new Date('2026-03-02T01:02:03.004Z');
    expect(formatTime(time)).toBe('20260302010203.004Z');
    expect(parseTime('20260302010203.004Z')).toStrictEqual(time);
  });

  it.each([
    ['20260302010203Z', '2026-03-02T01:02:03.000Z'],
    ['20260302010203.5Z', '2026-03-02T01:02:03.500Z'],
    ['20260302010203,123456Z', '2026-03-02T01:02:03.123Z'],
  ])('reads %s as others write it', (text, expected) => {
    expect(parseTime(text)?.toISOString()).toBe(expected);
  });

  it.each(['', '2026', '20261302010203Z', '20260302010203+0800', '20260302010203.Z', 'x20260302010203Z'])(
    'refuses %j',
    (text) => {
      expect(parseTime(text)).toBeUndefined();
    },
  );
});

describe('stored text', () => {
  it.each([
    [undefined, undefined],
    [null, undefined],
    ['', undefined],
    [' \u3000', undefined],
    [' a ', ' a '],
    ['e\u0301', '\u00e9'],
  ])('of %j is %j', (text, expected) => {
    expect(storedText(text)).toBe(expected);
  });
});

describe('an entry', () => {
  it('is read without regard to the case of names, single values and lists alike', () => {
    const entry = readEntry({ dn: 'x', HUFUgrant: ['a', 'b'], cn: Buffer.from('名'), empty: [] });
    expect(entry.all('hufuGrant')).toStrictEqual(['a', 'b']);
    expect(entry.find('CN')).toBe('名');
    expect(entry.find('empty')).toBeUndefined();
    expect(entry.all('missing')).toStrictEqual([]);
  });
});
