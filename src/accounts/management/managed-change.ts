/** One managed change: admitted → planned by the deed → written under the revision seen, between intent and outcome. */
import type { AuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import type { AccountChange, AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import { auditedChange } from '../audited-change.ts';
import { createAdmission, type Asked } from './admission.ts';
import { createClaimOffice } from './claim-office.ts';
import type { DeedOutcome, NotPermitted, Target } from './deed-outcome.ts';

/** What a deed makes of the account: a change and its event, nothing since nothing differs, or an obstacle. */
export type Plan =
  | { readonly kind: 'change'; readonly change: AccountChange; readonly event: AuditEvent }
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly why: NotPermitted['why']; readonly about?: string };

export type ManagedChange = (
  asked: Asked,
  target: Target,
  plan: (account: Account) => Plan | Promise<Plan>,
) => Promise<DeedOutcome>;

export interface ManagedChangeDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccount' | 'modifyAccount'>;
  readonly audit: Pick<AuditTrail, 'record' | 'intend' | 'settle'>;
}

/** Throws what the directory throws, but for `changed-meanwhile` and `not-found`, which are outcomes. */
export function createManagedChange({ accounts, audit }: ManagedChangeDeps): ManagedChange {
  const admission = createAdmission({ accounts, audit });
  const claimOffice = createClaimOffice(accounts);
  return async (asked, target, plan) => {
    const admitted = await admission.admitTo(asked, target);
    if (!admitted.ok) return admitted;
    const { account } = admitted;
    const planned = await plan(account);
    if (planned.kind === 'same') return { ok: true, before: account, revision: account.revision };
    if (planned.kind === 'refused') {
      const { why, about } = planned;
      return admission.refuse(asked, why, { account, ...(about !== undefined && { about }) });
    }
    try {
      const claimed = await claimOffice(asked.actor, asked.deed, account);
      if (!claimed.ok) return admission.refuse(asked, claimed.why, { account });
      const revision = await auditedChange(audit, planned.event, () =>
        accounts.modifyAccount(asked.actor, account.id, account.revision, planned.change),
      );
      return { ok: true, before: account, revision };
    } catch (error) {
      const isStale = isHufuError(error, 'changed-meanwhile') || isHufuError(error, 'not-found');
      if (isStale) return admission.changedMeanwhile(asked, target);
      throw error;
    }
  };
}
