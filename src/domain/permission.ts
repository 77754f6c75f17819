/**
 * Who may do what to whose account (domain §5, §6). Two ceilings, independent of each other: whom, by the subtree of
 * the jurisdiction; what, by the categories held. Pure; every refusal says why.
 */
import type { Account } from './account.ts';
import { scopeOf, type Actor } from './actor.ts';
import { findRole, type Catalogue } from './catalogue.ts';
import type { RoleGrant } from './grant.ts';
import { isStrictlyUnder, isUnder, type Oid } from './oid.ts';

/** What managers do; each is one service of src/accounts. */
export type Deed =
  | 'list'
  | 'export'
  | 'open'
  | 'modify'
  | 'set-status'
  | 'reset-password'
  | 'set-roles'
  | 'one-day-password'
  | 'remove-factors'
  | 'remove'
  /** Agency, office, jurisdiction and categories. */
  | 'set-office';

/** Why somebody may not; of an account outside the jurisdiction nothing is told, not even that it is there. */
export type Refusal =
  /** A manager's functions ask for a session logged in with a certificate. */
  | 'certificate-required'
  | 'not-a-manager'
  /** The client's token lacks the OAuth scope of the deed. */
  | 'scope-missing'
  | 'own-account'
  /** The account of a manager whose jurisdiction does not lie strictly below the actor's. */
  | 'manager-not-below'
  /** For programme officers alone. */
  | 'programme-officers-only'
  /** Opening an account, or moving one, to where the actor could not see it. */
  | 'outside-jurisdiction'
  | 'category-not-held'
  | 'unknown-role'
  | 'unknown-category';

export type Permission = { readonly ok: true } | { readonly ok: false; readonly why: Refusal };

const granted: Permission = { ok: true };
const refuse = (why: Refusal): Permission => ({ ok: false, why });

/** OAuth scope that a client needs for each deed; none leads to those of programme officers. */
export const deedScopes = {
  list: 'accounts.read',
  export: 'accounts.export',
  open: 'accounts.write',
  modify: 'accounts.write',
  'set-status': 'accounts.write',
  'reset-password': 'accounts.write',
  'set-roles': 'roles.write',
  'one-day-password': 'accounts.write',
  'remove-factors': 'accounts.write',
  remove: 'accounts.remove',
  'set-office': undefined,
} as const satisfies Record<Deed, string | undefined>;

type TargetAccount = Pick<Account, 'id' | 'office' | 'scopeOid' | 'jurisdictionOid'>;

/** Whether the actor does such things at all, whoever the account. */
export function mayAct(actor: Actor, deed: Deed): Permission {
  if (actor.kind === 'system') {
    return actor.purpose === 'command' ? granted : refuse('not-a-manager');
  }
  if (actor.kind === 'client') {
    const scope = deedScopes[deed];
    if (scope === undefined) return refuse('programme-officers-only');
    return actor.scopes.includes(scope) ? granted : refuse('scope-missing');
  }
  if (actor.office === 'general') return refuse('not-a-manager');
  if (actor.meets !== 'certificate') return refuse('certificate-required');
  return deed !== 'set-office' || isProgrammeOfficer(actor) ? granted : refuse('programme-officers-only');
}

/** Whether the actor may do `deed` to this account, which they see. */
export function mayActOn(actor: Actor, deed: Deed, account: TargetAccount): Permission {
  const general = mayAct(actor, deed);
  if (!general.ok) return general;
  const scope = scopeOf(actor);
  if (scope.kind === 'subtree' && !isUnder(account.scopeOid, scope.root))
    return refuse('outside-jurisdiction');
  if (deed === 'list' || deed === 'export') return granted;
  if (actor.kind === 'person' && actor.id === account.id) return refuse('own-account');
  if (isProgrammeOfficer(actor)) return granted;
  if (account.office === 'programme-officer') return refuse('programme-officers-only');
  if (account.office === 'general') return granted;
  return scope.kind === 'subtree' && isStrictlyUnder(account.jurisdictionOid, scope.root)
    ? granted
    : refuse('manager-not-below');
}

/** Whether an account may be opened at, or moved to, `place` (unit OID, or agency OID where there is no unit). */
export function mayPlace(actor: Actor, place: Oid): Permission {
  const scope = scopeOf(actor);
  const inside = scope.kind === 'all' || (scope.kind === 'subtree' && isUnder(place, scope.root));
  return inside ? granted : refuse('outside-jurisdiction');
}

/**
 * Whether the actor may say that somebody belongs to `agency`: one within the jurisdiction, or one that the whole
 * jurisdiction is a part of. Any other would be a name that tokens then tell business systems.
 */
export function mayNameAgency(actor: Actor, agency: Oid): Permission {
  const scope = scopeOf(actor);
  if (scope.kind === 'subtree' && isUnder(scope.root, agency)) return granted;
  return mayPlace(actor, agency);
}

/** Whether the actor may give and take this role. */
export function mayGive(actor: Actor, catalogue: Catalogue, role: string): Permission {
  const known = findRole(catalogue, role);
  if (!known) return refuse('unknown-role');
  if (isProgrammeOfficer(actor)) return granted;
  const categories = actor.kind === 'system' ? [] : actor.categories;
  const opening = [known.category, ...(known.givenByCategories ?? [])];
  return opening.some((category) => categories.includes(category)) ? granted : refuse('category-not-held');
}

export type GrantsVerdict =
  | { readonly ok: true; readonly grants: readonly RoleGrant[] }
  | { readonly ok: false; readonly why: Refusal; readonly role: string };

/**
 * The account's grants once the actor's part of them is `wanted`: what the actor may give is replaced, all other
 * grants survive untouched. A role too many is refused, not left out.
 */
export function replaceGrants(
  actor: Actor,
  catalogue: Catalogue,
  held: readonly RoleGrant[],
  wanted: readonly RoleGrant[],
): GrantsVerdict {
  for (const { role } of wanted) {
    const permission = mayGive(actor, catalogue, role);
    if (!permission.ok) return { ...permission, role };
  }
  // What the catalogue does not know (any more) only a programme officer can take away, by leaving it out.
  const isOutOfReach = ({ role }: RoleGrant) =>
    findRole(catalogue, role) ? !mayGive(actor, catalogue, role).ok : !isProgrammeOfficer(actor);
  return { ok: true, grants: [...held.filter(isOutOfReach), ...wanted] };
}

/** Programme officers, and commands, for whom an operator of the machine answers. */
export function isProgrammeOfficer(actor: Actor): boolean {
  if (actor.kind === 'system') return actor.purpose === 'command';
  return actor.kind === 'person' && actor.office === 'programme-officer' && actor.meets === 'certificate';
}
