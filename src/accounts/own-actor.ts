import type { Account } from '#domain/account.ts';
import type { PersonActor } from '#domain/actor.ts';

/** A person acting on the own account: whatever the office, the scope is that account alone. */
export function ownActor({ id, scopeOid }: Pick<Account, 'id' | 'scopeOid'>): PersonActor {
  return { kind: 'person', id, office: 'general', scopeOid, categories: [], meets: 'nothing' };
}
