/** A person sets a new password in place of the one they logged in with. */
import { passwordChanged } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { Notices } from '#domain/notices.ts';
import type { StoredPassword } from './activate-account.ts';
import { auditedChange } from './audited-change.ts';

/** Changes the password of the account as seen and gives its new revision; throws `changed-meanwhile`. */
export type ChangePassword = (
  account: Account,
  password: StoredPassword,
  why: 'one-day-password' | 'expired' | 'by-person',
  context: AuditContext,
) => Promise<number>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'modifyAccount'>;
  readonly audit: AuditTrail;
  readonly notices: Pick<Notices, 'passwordChanged'>;
  readonly clock: Clock;
}

const actor = { kind: 'system', purpose: 'login' } as const;

export function createChangePassword({ accounts, audit, notices, clock }: Dependencies): ChangePassword {
  return async (account, password, why, context) => {
    const revision = await auditedChange(
      audit,
      passwordChanged(context, { account, why, revision: account.revision + 1 }),
      () =>
        accounts.modifyAccount(actor, account.id, account.revision, {
          passwordHash: password.hash,
          passwordHistory: password.history,
          passwordChangedAt: clock.now(),
        }),
    );
    await notices.passwordChanged(account);
    return revision;
  };
}
