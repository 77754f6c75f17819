/**
 * Whether somebody who is logged in knows the password of the account, by a bind and under the same limits as a
 * login: an unattended desk is no place to guess a password at.
 */
import { currentPasswordRefused } from '#audit/profile-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { PasswordDirectory } from '#domain/directory.ts';
import { sealingContext, sealingPurpose, type Sealing } from '#domain/sealing.ts';
import type { AttemptLimits } from './attempt-limits.ts';
import { normalizePassword } from './password-rules.ts';

export type CurrentPasswordVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong-password' | 'locked' | 'address-limit' };

export interface CurrentPassword {
  /** Judges what was typed; a refusal is recorded here, a right answer with what it is given for. */
  check(
    account: Account,
    typed: string,
    address: string,
    context: AuditContext,
  ): Promise<CurrentPasswordVerdict>;
}

interface Dependencies {
  readonly limits: AttemptLimits;
  readonly passwords: PasswordDirectory;
  readonly sealing: Pick<Sealing, 'open'>;
  readonly audit: Pick<AuditTrail, 'record'>;
}

export function createCurrentPassword({ limits, passwords, sealing, audit }: Dependencies): CurrentPassword {
  async function judge(account: Account, typed: string, address: string): Promise<CurrentPasswordVerdict> {
    // Under the name that a login counts by, so that both add up.
    const name = sealing.open(account.nationalId, sealingContext(sealingPurpose.nationalId, account.id));
    const start = await limits.begin(name, address);
    if (!start.ok) return start;
    const right = await passwords
      .checkPassword(account, normalizePassword(typed))
      .catch(async (error: unknown) => {
        await start.attempt.abandon();
        throw error;
      });
    await (right ? start.attempt.forgive() : start.attempt.fail());
    return right ? { ok: true } : { ok: false, reason: 'wrong-password' };
  }

  return {
    async check(account, typed, address, context) {
      const verdict = await judge(account, typed, address);
      if (!verdict.ok) await audit.record(currentPasswordRefused(context, account, verdict.reason));
      return verdict;
    },
  };
}
