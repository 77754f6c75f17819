/** The opening password (開帳密碼, domain §3.1): derived when needed, never stored, good for one day. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Account } from '#domain/account.ts';
import { sealingContext, sealingPurpose, type Sealing } from '#domain/sealing.ts';
import type { PersonalFacts } from './password-rules.ts';

/** Prefix + `MMDD` of birth + the last four digits of the national ID, e.g. `MmDd02155678`. */
export function openingPassword(prefix: string, nationalId: string, birthday: string): string {
  return `${prefix}${birthday}${nationalId.slice(-4)}`;
}

/** The personal facts behind an account's passwords, opened for this one use. */
export function personalFactsOf(account: Account, sealing: Sealing, prefix: string): PersonalFacts {
  const nationalId = sealing.open(account.nationalId, sealingContext(sealingPurpose.nationalId, account.id));
  const birthday = sealing.open(account.birthday, sealingContext(sealingPurpose.birthday, account.id));
  return {
    nationalId,
    birthday,
    name: account.name,
    openingPassword: openingPassword(prefix, nationalId, birthday),
    email: account.contact.email,
  };
}

/** Compares in constant time, lengths included. */
export function equalSecret(typed: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(typed), digest(secret));
}
