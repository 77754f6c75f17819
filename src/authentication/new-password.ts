/** Judges a new password by every rule and prepares what the directory stores of it. */
import type { Account } from '#domain/account.ts';
import type { PasswordHashing } from '#domain/password-hashing.ts';
import type { Sealing } from '#domain/sealing.ts';
import { personalFactsOf } from './opening-password.ts';
import {
  checkPasswordRules,
  normalizePassword,
  type PasswordPolicy,
  type PasswordRule,
} from './password-rules.ts';

/** A password that met every rule, ready to be written. */
export interface PreparedPassword {
  readonly hash: string;
  /** The hashes to remember, newest first, this one included. */
  readonly history: readonly string[];
}

export type NewPasswordVerdict =
  | { readonly ok: true; readonly password: PreparedPassword }
  | { readonly ok: false; readonly broken: readonly PasswordRule[] };

export interface NewPasswords {
  prepare(account: Account, typed: string): Promise<NewPasswordVerdict>;
}

interface Dependencies {
  readonly hashing: PasswordHashing;
  readonly sealing: Sealing;
  readonly policy: PasswordPolicy;
  readonly openingPasswordPrefix: string;
}

export function createNewPasswords({
  hashing,
  sealing,
  policy,
  openingPasswordPrefix,
}: Dependencies): NewPasswords {
  return {
    async prepare(account, typed) {
      const password = normalizePassword(typed);
      const broken = checkPasswordRules(
        password,
        personalFactsOf(account, sealing, openingPasswordPrefix),
        policy,
      );
      if (broken.length > 0) return { ok: false, broken };
      const former = account.password.history.slice(0, policy.history);
      const matches = await Promise.all(former.map((hash) => hashing.verify(password, hash)));
      if (matches.includes(true)) return { ok: false, broken: ['not-recent'] };
      const hash = await hashing.hash(password);
      return { ok: true, password: { hash, history: [hash, ...former].slice(0, policy.history) } };
    },
  };
}
