/** A person with an account in use agrees to a new version of the rules of use. */
import { rulesOfUseAgreed } from '#audit/account-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { auditedChange } from './audited-change.ts';

/** Gives the account's new revision; throws `changed-meanwhile` when it is not as seen any more. */
export type AgreeToRules = (account: Account, version: string, context: AuditContext) => Promise<number>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'modifyAccount'>;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle'>;
  readonly clock: Clock;
}

const actor = { kind: 'system', purpose: 'login' } as const;

export function createAgreeToRules({ accounts, audit, clock }: Dependencies): AgreeToRules {
  return (account, version, context) => {
    const before = account.agreement?.version;
    const event = rulesOfUseAgreed(context, {
      account,
      version,
      revision: account.revision + 1,
      evidence: { before },
    });
    return auditedChange(audit, event, () =>
      accounts.modifyAccount(actor, account.id, account.revision, {
        agreement: { version, at: clock.now() },
      }),
    );
  };
}
