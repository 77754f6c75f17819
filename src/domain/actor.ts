/** On whose behalf a directory call is made. The directory adapter derives the visible part of the tree from it. */
import type { Account, AccountId, Office } from './account.ts';
import { meets, type AssuranceLevel, type Requirement } from './assurance.ts';
import type { Oid } from './oid.ts';

export interface PersonActor {
  readonly kind: 'person';
  readonly id: AccountId;
  readonly office: Office;
  /** Jurisdiction root OID. */
  readonly scopeOid: Oid;
  readonly categories: readonly string[];
  /** The strongest requirement that this person's session meets. */
  readonly meets: Requirement | 'nothing';
}

export interface ClientActor {
  readonly kind: 'client';
  readonly id: string;
  /** OAuth scopes of the token at hand; which deed asks for which: permission.ts. */
  readonly scopes: readonly string[];
  readonly scopeOid: Oid;
  readonly categories: readonly string[];
}

/** The program itself, for one stated purpose. */
export interface SystemActor {
  readonly kind: 'system';
  readonly purpose:
    | 'login'
    | 'claims'
    | 'command'
    | 'bootstrap'
    | 'reconciliation'
    | 'operations'
    | 'managers';
}

export type Actor = PersonActor | ClientActor | SystemActor;

/** The part of the accounts that an actor can see at all; whatever lies outside does not exist for them. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'subtree'; readonly root: Oid }
  | { readonly kind: 'self'; readonly id: AccountId };

export function scopeOf(actor: Actor): Scope {
  if (actor.kind === 'system') return { kind: 'all' };
  if (actor.kind === 'client') return { kind: 'subtree', root: actor.scopeOid };
  // Managing asks for a session logged in with a certificate; without one a manager is a general user.
  if (actor.office === 'general' || actor.meets !== 'certificate') return { kind: 'self', id: actor.id };
  return actor.office === 'programme-officer' ? { kind: 'all' } : { kind: 'subtree', root: actor.scopeOid };
}

/** Somebody logged in at `level`, acting by the rights of their own account. */
export function personActor(
  account: Pick<Account, 'id' | 'office' | 'jurisdictionOid' | 'categories'>,
  level: AssuranceLevel,
): PersonActor {
  const { id, office, jurisdictionOid, categories } = account;
  const strongest = meets(level, 'certificate') ? 'certificate' : 'second-factor';
  return {
    kind: 'person',
    id,
    office,
    scopeOid: jurisdictionOid,
    categories,
    meets: meets(level, 'second-factor') ? strongest : 'nothing',
  };
}

/** How the audit trail names an actor. */
export function actorName(actor: Actor): string {
  return `${actor.kind}:${actor.kind === 'system' ? actor.purpose : actor.id}`;
}
