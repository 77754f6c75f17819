import type { NewAccountInput } from '#accounts/open-account.ts';
import { newAccountSchema } from '#accounts/open-account.ts';
import { noteCanary } from './canaries.ts';

const letters = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/** An invented national ID with a right checksum: the `n`th that begins with A1. */
export function sampleNationalId(n: number): string {
  const body = `A1${n.toString().padStart(7, '0')}`;
  const value = letters.indexOf('A') + 10;
  const digits = [Math.floor(value / 10), value % 10, ...Array.from(body.slice(1), Number)];
  const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  const sum = digits.reduce((total, digit, index) => total + digit * (weights[index] ?? 0), 0);
  const id = `${body}${(10 - (sum % 10)) % 10}`;
  noteCanary(id);
  return id;
}

export interface SamplePerson {
  readonly n: number;
  readonly roles?: readonly string[];
  readonly name?: string;
}

export function samplePerson({ n, roles = [], name = `測試員${n}` }: SamplePerson): NewAccountInput {
  const email = `person${n}@example.test`;
  noteCanary(email);
  return newAccountSchema.parse({
    name,
    nationalId: sampleNationalId(n),
    birthday: '0215',
    agency: { oid: '2.16.886.101.90027.20002', code: '387000000A', name: '測試縣政府' },
    unit: { oid: '2.16.886.101.90027.20002.20011', name: '工商課' },
    jurisdictionOid: '2.16.886.101.90027.20002',
    grants: roles.map((role) => ({ role })),
    contact: { email },
  });
}
