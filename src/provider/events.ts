/** Audit events of the provider. */
import type { AccountId } from '#domain/account.ts';
import type { Account } from '#domain/account.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import type { SessionEnding } from '#domain/records.ts';
import type { RequestFacts } from './contract.ts';

function circumstances({ requestId, address }: RequestFacts) {
  return { ...(requestId && { requestId }), ...(address && { personal: { address } }) };
}

/** A relying party registered for it is about to be given a person's national ID. */
export function nationalIdReleased(account: Account, clientId: string, facts: RequestFacts): AuditEvent {
  return {
    action: 'national-id.release',
    outcome: 'done',
    actor: `client:${clientId}`,
    onAccount: account.id,
    unitOid: account.scopeOid,
    clientId,
    ...circumstances(facts),
  };
}

/** A session of the provider ended. */
export function sessionEnded(accountId: AccountId, ending: SessionEnding, facts: RequestFacts): AuditEvent {
  const byPerson = ending === 'log-out' || ending === 'replaced';
  return {
    action: byPerson ? 'session.log-out' : 'session.end',
    outcome: 'done',
    actor: byPerson ? `person:${accountId}` : 'system:login',
    onAccount: accountId,
    evidence: { ending },
    ...circumstances(facts),
  };
}
