/** Activation (開通): the rules of use agreed to, the first password set, the opening password gone. */
import { accountActivated } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import type { Notices } from '#domain/notices.ts';
import { auditedChange } from './audited-change.ts';

/** What the directory stores of a password. */
export interface StoredPassword {
  readonly hash: string;
  readonly history: readonly string[];
}

export interface Activation {
  readonly password: StoredPassword;
  /** Version of the rules of use that was agreed to. */
  readonly agreedVersion: string;
  /** A code mailed to the address came back. */
  readonly mailConfirmed: boolean;
}

/**
 * Activates the account as seen. Of several at the same moment one succeeds, the others get `changed-meanwhile`, as
 * does an account that is not waiting to be opened any more.
 */
export type ActivateAccount = (
  account: Account,
  activation: Activation,
  context: AuditContext,
) => Promise<void>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'modifyAccount'>;
  readonly audit: AuditTrail;
  readonly notices: Pick<Notices, 'accountActivated'>;
  readonly clock: Clock;
}

const actor = { kind: 'system', purpose: 'login' } as const;

export function createActivateAccount({ accounts, audit, notices, clock }: Dependencies): ActivateAccount {
  return async (account, { password, agreedVersion, mailConfirmed }, context) => {
    if (account.status !== 'not-opened') throw new HufuError('changed-meanwhile');
    const now = clock.now();
    await auditedChange(
      audit,
      accountActivated(context, {
        account,
        revision: account.revision + 1,
        evidence: { rulesOfUse: agreedVersion },
      }),
      () =>
        accounts.modifyAccount(actor, account.id, account.revision, {
          status: 'enabled',
          activatedAt: now,
          agreement: { version: agreedVersion, at: now },
          passwordHash: password.hash,
          passwordHistory: password.history,
          passwordChangedAt: now,
          openingDay: null,
          ...(mailConfirmed && { emailConfirmed: true }),
        }),
    );
    await notices.accountActivated(account);
  };
}
