import { describe, expect, test } from 'vitest';
import { judgeProfile, mayKeepProfile, profileOf, type ProfileField } from '#accounts/profile-rules.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';

const empty = profileOf({});
const judge = (field: ProfileField, value: string, stored = {}) =>
  judgeProfile(stored, { ...empty, [field]: value });

describe('a field of the profile', () => {
  test.each<[ProfileField, string, string]>([
    ['title', '  科員 ', '科員'],
    ['title', 'e\u0301', '\u00e9'],
    ['phone', '（０２）２３２１-２２００'.replace('（', '(').replace('）', ')'), '(02)2321-2200'],
    ['mobile', '0912-345-678', '0912-345-678'],
    ['mobile', '+886 912 345 678', '+886 912 345 678'],
    ['extension', '５０２１', '5021'],
    ['postalCode', '330206', '330206'],
    ['address', '桃園區縣府路1號', '桃園區縣府路1號'],
    ['fax', '', ''],
  ])('%s takes %s as %s', (field, typed, kept) => {
    expect(judge(field, typed)).toEqual({ ok: true, profile: { ...empty, [field]: kept } });
  });

  test.each<[ProfileField, string, string]>([
    ['title', 'a\u0000b', 'characters'],
    ['title', 'a\nb', 'characters'],
    ['title', 'a\u202eb', 'characters'],
    ['title', 'a\u2028b', 'characters'],
    ['staffNumber', 'x'.repeat(41), 'too-long'],
    ['address', '路'.repeat(201), 'too-long'],
    ['phone', 'call me', 'format'],
    ['phone', '1', 'format'],
    ['extension', '12a', 'format'],
    ['mobile', '0212345678', 'format'],
    ['postalCode', '1234', 'format'],
  ])('%s does not take %j: %s', (field, typed, fault) => {
    expect(judge(field, typed)).toMatchObject({ ok: false, faults: [{ field, fault }] });
  });

  test('what stands already is not judged anew', () => {
    expect(judge('phone', 'via the porter', { phone: 'via the porter' }).ok).toBe(true);
  });
});

test('a profile is kept with a certificate, or with a password while no card is registered', () => {
  expect(mayKeepProfile({ certificates: [] }, 1)).toBe(false);
  expect(mayKeepProfile({ certificates: [] }, 2)).toBe(true);
  expect(mayKeepProfile({ certificates: [sampleBinding()] }, 2)).toBe(false);
  expect(mayKeepProfile({ certificates: [sampleBinding()] }, 3)).toBe(true);
});
