/**
 * Gives and takes roles (角色設定): the roles of the categories that the actor holds are replaced, those of others survive.
 * Tokens follow at their next use; where somebody is logged in to a system that no role admits to any more, it is told.
 */
import { rolesSet } from '#audit/management-events.ts';
import type { AccountId } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import { formatGrant, isInForce, type RoleGrant } from '#domain/grant.ts';
import { replaceGrants } from '#domain/permission.ts';
import type { Warrant } from '../warrant.ts';
import type { DeedOutcome, Target } from './deed-outcome.ts';
import { createManagedChange, type ManagedChangeDeps, type Plan } from './managed-change.ts';

export type SetRoles = (
  actor: Actor,
  target: Target,
  /** All grants that the account is to have of the roles that the actor may give. */
  wanted: readonly RoleGrant[],
  warrant: Warrant,
  context: AuditContext,
) => Promise<DeedOutcome>;

interface Dependencies extends ManagedChangeDeps {
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly clock: Clock;
  /** Ends what the person has open at relying parties that no role admits to any more. */
  readonly endLostAdmissions: (accountId: AccountId, context: AuditContext) => Promise<unknown>;
}

export function createSetRoles(deps: Dependencies): SetRoles {
  const managedChange = createManagedChange(deps);
  return async (actor, target, wanted, warrant, context) => {
    const asked = { actor, deed: 'set-roles', context } as const;
    const catalogue = await deps.catalogue.readCatalogue();
    const today = dayOf(deps.clock.now());
    const outcome = await managedChange(asked, target, (account): Plan => {
      const verdict = replaceGrants(actor, catalogue, account.grants, wanted);
      if (!verdict.ok) return { kind: 'refused', why: verdict.why, about: verdict.role };
      const fault = faultIn(wanted, today);
      if (fault) return { kind: 'refused', ...fault };
      const before = textOf(account.grants);
      const after = textOf(verdict.grants);
      if (before === after) return { kind: 'same' };
      const event = rolesSet(context, {
        account,
        revision: account.revision + 1,
        form: warrant.form,
        evidence: { reason: warrant.reason },
        changes: { plain: { roles: { before, after } } },
      });
      return { kind: 'change', change: { grants: verdict.grants }, event };
    });
    if (outcome.ok) await deps.endLostAdmissions(target.id, context);
    return outcome;
  };
}

/** A grant that has ended is dropped by leaving it out, not given again. */
export function faultIn(
  wanted: readonly RoleGrant[],
  today: ReturnType<typeof dayOf>,
): { readonly why: 'grant-ended' | 'role-twice'; readonly about: string } | undefined {
  const ended = wanted.find((grant) => !isInForce(grant, today));
  if (ended) return { why: 'grant-ended', about: ended.role };
  const twice = wanted.find(({ role }, index) => wanted.findIndex((other) => other.role === role) < index);
  return twice && { why: 'role-twice', about: twice.role };
}

function textOf(grants: readonly RoleGrant[]): string {
  return grants.map(formatGrant).sort().join(' ');
}
