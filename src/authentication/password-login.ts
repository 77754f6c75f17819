/**
 * Login of an official by account, password and mailed check code (一日密碼登入, 首次登入).
 * Order: captcha, limits, password, then the mailed code, then whether a password may be used today. Every refusal
 * up to there looks the same to the person; the reason goes to the audit trail alone.
 */
import type { Account } from '#domain/account.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory, PasswordDirectory } from '#domain/directory.ts';
import { parseNationalId } from '#domain/national-id.ts';
import type { Notices } from '#domain/notices.ts';
import type { Sealing } from '#domain/sealing.ts';
import type { AttemptLimits } from './attempt-limits.ts';
import type { Captcha } from './captcha.ts';
import type { CodeVerdict, MailedCodes } from './mailed-codes.ts';
import { equalSecret, personalFactsOf } from './opening-password.ts';
import {
  judgePasswordLogin,
  type PasswordLoginPolicy,
  type PasswordLoginVerdict,
} from './password-login-rules.ts';
import { normalizePassword } from './password-rules.ts';

/** What was typed and where. `binding` is the login in progress that captcha and code belong to. */
export interface PasswordAttempt {
  readonly binding: string;
  readonly address: string;
  readonly name: string;
  readonly password: string;
  readonly captcha: string;
}

export type Refusal =
  | 'captcha'
  | 'locked'
  | 'address-limit'
  | 'unknown-account'
  | 'wrong-password'
  | Extract<CodeVerdict, { ok: false }>['reason']
  | Extract<PasswordLoginVerdict, { ok: false }>['reason'];

export type Way = Extract<PasswordLoginVerdict, { ok: true }>;

export type PasswordLoginResult =
  | { readonly ok: true; readonly account: Account; readonly verdict: Way; readonly mailConfirmed: boolean }
  /** `told`: everything was proved, so the person may be told the reason. */
  | { readonly ok: false; readonly reason: Refusal; readonly account?: Account; readonly told: boolean };

export type CodeRequestResult =
  | { readonly ok: true; readonly account: Account }
  | {
      readonly ok: false;
      readonly reason: Refusal | 'no-address' | 'sent-recently';
      readonly account?: Account;
    };

export interface PasswordLogin {
  logIn(attempt: PasswordAttempt, code: string): Promise<PasswordLoginResult>;
  /** Mails a check code, or why there is none, if captcha and password are right. */
  sendCode(attempt: PasswordAttempt): Promise<CodeRequestResult>;
}

export interface PasswordLoginSettings extends PasswordLoginPolicy {
  readonly openingPasswordPrefix: string;
  readonly firstLoginAsksCode: boolean;
}

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'findAccountByNationalId'>;
  readonly passwords: PasswordDirectory;
  readonly captcha: Captcha;
  readonly limits: Pick<AttemptLimits, 'begin'>;
  readonly codes: MailedCodes;
  readonly notices: Pick<Notices, 'mailedCode' | 'passwordLoginClosed'>;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly settings: PasswordLoginSettings;
}

const actor = { kind: 'system', purpose: 'login' } as const;

export function createPasswordLogin(deps: Dependencies): PasswordLogin {
  const { settings, clock } = deps;

  /** Captcha, limits and password: the part that both deeds share. */
  async function provePassword(
    attempt: PasswordAttempt,
  ): Promise<Extract<PasswordLoginResult, { ok: false }> | { ok: true; account: Account }> {
    if (!(await deps.captcha.redeem(attempt.binding, attempt.captcha)))
      return { ok: false, reason: 'captcha', told: true };
    const start = await deps.limits.begin(attempt.name, attempt.address);
    if (!start.ok) return { ok: false, reason: start.reason, told: false };
    const { account, right } = await judge(attempt).catch(async (error: unknown) => {
      // Counting it would shut people out for what the directory did not answer.
      await start.attempt.abandon();
      throw error;
    });
    if (!right) {
      await start.attempt.fail();
      return account
        ? { ok: false, reason: 'wrong-password', account, told: false }
        : { ok: false, reason: 'unknown-account', told: false };
    }
    await start.attempt.forgive();
    // A password is right for an account alone.
    return account ? { ok: true, account } : { ok: false, reason: 'unknown-account', told: false };
  }

  async function judge({ name, password }: PasswordAttempt): Promise<{ account?: Account; right: boolean }> {
    const nationalId = parseNationalId(name);
    const account = nationalId && (await deps.accounts.findAccountByNationalId(actor, nationalId));
    const right = await isPasswordOf(account, normalizePassword(password));
    return account ? { account, right } : { right };
  }

  async function isPasswordOf(account: Account | undefined, password: string): Promise<boolean> {
    if (account?.status !== 'not-opened') return deps.passwords.checkPassword(account, password);
    // The opening password is compared here; the bind on a decoy keeps the work the same as for everyone.
    const expected = personalFactsOf(account, deps.sealing, settings.openingPasswordPrefix).openingPassword;
    await deps.passwords.checkPassword(undefined, password);
    return equalSecret(password, expected);
  }

  return {
    async logIn(attempt, code) {
      const proof = await provePassword(attempt);
      if (!proof.ok) return proof;
      const { account } = proof;
      const asksCode = account.status !== 'not-opened' || settings.firstLoginAsksCode;
      const codeVerdict = asksCode ? await deps.codes.redeem(account.id, attempt.binding, code) : undefined;
      if (codeVerdict && !codeVerdict.ok)
        return { ok: false, reason: codeVerdict.reason, account, told: false };
      const verdict = judgePasswordLogin(account, clock.now(), settings);
      if (!verdict.ok) return { ok: false, reason: verdict.reason, account, told: true };
      return { ok: true, account, verdict, mailConfirmed: asksCode };
    },

    async sendCode(attempt) {
      const proof = await provePassword(attempt);
      if (!proof.ok) return proof;
      const { account } = proof;
      if (!account.contact.email) return { ok: false, reason: 'no-address', account };
      if (!(await deps.codes.admitMail(account.id))) return { ok: false, reason: 'sent-recently', account };
      const verdict = judgePasswordLogin(account, clock.now(), settings);
      if (!verdict.ok) {
        // Whoever proved the password learns by mail what the page must not say.
        await deps.notices.passwordLoginClosed(account, verdict.reason);
        return { ok: false, reason: verdict.reason, account };
      }
      const { code, validUntil } = await deps.codes.issueForLogin(account.id, attempt.binding);
      await deps.notices.mailedCode(account, code, validUntil);
      return { ok: true, account };
    },
  };
}
