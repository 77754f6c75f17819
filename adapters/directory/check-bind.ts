import { PasswordPolicyControl, PasswordPolicyError, type Client } from 'ldapts';
import { resultCode, resultCodeOf } from './directory-failure.ts';

/** What the directory's own password policy says beside its answer (draft-behera-ldap-password-policy §6.2). */
export type PolicyWord =
  | 'account-locked'
  | 'password-expired'
  | 'must-change'
  | 'expires-soon'
  | 'grace-login'
  | 'other';

export interface BindVerdict {
  readonly ok: boolean;
  /** The result code of a refusal. */
  readonly resultCode?: number;
  readonly policy?: PolicyWord;
}

/**
 * Codes by which directories refuse one person's bind: besides invalidCredentials also those that some give for a
 * locked or disabled entry or one that has just gone. They must look like a wrong password, or they would tell people apart.
 */
const personRefused: ReadonlySet<number> = new Set([
  resultCode.constraintViolation,
  resultCode.noSuchObject,
  resultCode.inappropriateAuthentication,
  resultCode.invalidCredentials,
  resultCode.unwillingToPerform,
]);

const policyErrors: Readonly<Record<number, PolicyWord>> = {
  [PasswordPolicyError.PasswordExpired]: 'password-expired',
  [PasswordPolicyError.AccountLocked]: 'account-locked',
  [PasswordPolicyError.ChangeAfterReset]: 'must-change',
};

/** Binds as `dn`. Throws what is no verdict on the person: the result code of a server that cannot, or the network's error. */
export async function checkBind(client: Client, dn: string, password: string): Promise<BindVerdict> {
  const control = new PasswordPolicyControl();
  try {
    await client.bind(dn, password, control);
    return { ok: true, ...wordOf(control) };
  } catch (error) {
    const code = resultCodeOf(error);
    if (code === undefined || !personRefused.has(code)) throw error;
    return { ok: false, resultCode: code, ...wordOf(control) };
  }
}

function wordOf({ value }: PasswordPolicyControl): { readonly policy?: PolicyWord } {
  if (!value) return {};
  if (value.error !== undefined) return { policy: policyErrors[value.error] ?? 'other' };
  if (value.graceAuthNsRemaining !== undefined) return { policy: 'grace-login' };
  return value.timeBeforeExpiration === undefined ? {} : { policy: 'expires-soon' };
}
