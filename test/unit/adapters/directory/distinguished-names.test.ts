import { describe, expect, it } from 'vitest';
import type { AccountId } from '#domain/account.ts';
import { directoryTree, escapeRdnValue, parentOf } from '#adapters/directory/distinguished-names.ts';

describe('a distinguished name', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b+c"d\\e<f>g;h=i', 'a\\,b\\+c\\"d\\\\e\\<f\\>g\\;h\\=i'],
    ['#first', '\\#first'],
    [' both ', '\\ both\\ '],
    ['a\0b', 'a\\00b'],
    ['not # first', 'not # first'],
    ['名稱', '名稱'],
  ])('has %j as %j', (value, escaped) => {
    expect(escapeRdnValue(value)).toBe(escaped);
  });

  it('of a hostile id stays one level below its branch', () => {
    const dn = directoryTree('dc=x').account('a,ou=systems' as AccountId);
    expect(dn).toBe('uid=a\\,ou\\=systems,ou=accounts,dc=x');
    expect(parentOf(dn)).toBe('ou=accounts,dc=x');
  });

  it.each([
    ['cn=a,cn=b,dc=x', 'cn=b,dc=x'],
    ['cn=a\\,b,dc=x', 'dc=x'],
    ['cn=a\\\\,dc=x', 'dc=x'],
    ['cn=a\\\\\\,b,dc=x', 'dc=x'],
    ['dc=x', ''],
  ])('%j lies below %j', (dn, parent) => {
    expect(parentOf(dn)).toBe(parent);
  });
});
