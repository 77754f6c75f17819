import type { AccountId } from '#domain/account.ts';
import type { Random } from '#domain/random.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** A new opaque account id: 26 base32 characters, 130 random bits. */
export function newAccountId(random: Random): AccountId {
  return Array.from(random.bytes(26), (byte) => alphabet[byte & 31]).join('') as AccountId;
}
