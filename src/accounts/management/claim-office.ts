/**
 * Two programme officers must not end each other's office at the same moment and leave none. Whoever does to a programme officer
 * what may end the office first moves the revision of their own account on, as one who is still in office: what somebody else
 * has seen of them before is then refused, and what somebody else has done before is seen here. Of several who are after each
 * other, whatever the circle, one at least remains; no lock is needed, only changes of what was seen.
 */
import type { Account } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import type { Deed } from '#domain/permission.ts';

export type OfficeClaim = { readonly ok: true } | { readonly ok: false; readonly why: 'not-a-manager' };

/** After `account` was read at the revision that the deed will be written under, and before it is. */
export type ClaimOffice = (
  actor: Actor,
  deed: Deed,
  account: Pick<Account, 'office'>,
) => Promise<OfficeClaim>;

const endsOffice: ReadonlySet<Deed> = new Set(['set-office', 'set-status', 'reset-password', 'remove']);

/** As often as somebody's own account changes at the same moment for another reason. */
const mostTries = 3;

/** Throws `changed-meanwhile` when the actor's own account does not come to rest. */
export function createClaimOffice(
  accounts: Pick<AccountDirectory, 'findAccount' | 'modifyAccount'>,
): ClaimOffice {
  const claim = async (actor: Actor, tries: number): Promise<OfficeClaim> => {
    // A command needs no office, and is the way back in.
    if (actor.kind !== 'person') return { ok: true };
    const own = await accounts.findAccount(actor, actor.id);
    if (own?.office !== 'programme-officer' || own.status !== 'enabled')
      return { ok: false, why: 'not-a-manager' };
    try {
      await accounts.modifyAccount(actor, own.id, own.revision, {});
      return { ok: true };
    } catch (error) {
      if (tries <= 1 || !isHufuError(error, 'changed-meanwhile')) throw error;
      return claim(actor, tries - 1);
    }
  };
  return async (actor, deed, account) =>
    account.office === 'programme-officer' && endsOffice.has(deed) ? claim(actor, mostTries) : { ok: true };
}
