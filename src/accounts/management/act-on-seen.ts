import type { Account } from '#domain/account.ts';
import { isHufuError } from '#domain/errors.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { createAdmission, type Asked } from './admission.ts';
import { createClaimOffice } from './claim-office.ts';
import type { DeedRefusal, NotPermitted, Target } from './deed-outcome.ts';

export interface ActOnSeenDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccount' | 'modifyAccount'>;
  readonly audit: Pick<AuditTrail, 'record'>;
}

/**
 * For deeds that write by themselves: admitted → `obstacle` → `act`. What the directory answers to a change of an account
 * that is not as seen any more becomes an outcome.
 */
export function createActOnSeen(deps: ActOnSeenDeps) {
  const admission = createAdmission(deps);
  const claimOffice = createClaimOffice(deps.accounts);
  return async <Done extends { readonly ok: true }>(
    asked: Asked,
    target: Target,
    act: (account: Account) => Promise<Done>,
    obstacle: (account: Account) => NotPermitted['why'] | undefined = () => undefined,
  ): Promise<Done | DeedRefusal> => {
    const admitted = await admission.admitTo(asked, target);
    if (!admitted.ok) return admitted;
    const { account } = admitted;
    const why = obstacle(account);
    if (why !== undefined) return admission.refuse(asked, why, { account });
    try {
      const claimed = await claimOffice(asked.actor, asked.deed, account);
      if (!claimed.ok) return admission.refuse(asked, claimed.why, { account });
      return await act(account);
    } catch (error) {
      const isStale = isHufuError(error, 'changed-meanwhile') || isHufuError(error, 'not-found');
      if (isStale) return admission.changedMeanwhile(asked, target);
      throw error;
    }
  };
}
