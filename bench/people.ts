/** Invented people of the bench. */
import { newAccountSchema, type NewAccountInput } from '#accounts/open-account.ts';

export const password = 'Correct-horse-battery-1';

/** An invented national ID with a right checksum: the `n`th that begins with A1. */
export function inventedNationalId(n: number): string {
  const body = `A1${n.toString().padStart(7, '0')}`;
  // "A" stands for 10.
  const digits = [1, 0, ...Array.from(body.slice(1), Number)];
  const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  const sum = digits.reduce((total, digit, index) => total + digit * (weights[index] ?? 0), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

export function inventedPerson(n: number): NewAccountInput {
  return newAccountSchema.parse({
    name: `測試員${n}`,
    nationalId: inventedNationalId(n),
    birthday: '0215',
    agency: { oid: '2.16.886.101.90027.20002', code: '387000000A', name: '測試縣政府' },
    unit: { oid: '2.16.886.101.90027.20002.20011', name: '工商課' },
    jurisdictionOid: '2.16.886.101.90027.20002',
    grants: [{ role: 'csm_user_nocert' }],
    contact: { email: `person${n}@example.test` },
  });
}
