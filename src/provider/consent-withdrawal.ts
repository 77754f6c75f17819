import { consentWithdrawn } from '#audit/events.ts';
import type { Account } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Consents } from '#domain/consents.ts';
import type { HubProviderDeps } from './contract.ts';
import type { StoredSessions } from './stored-sessions.ts';

interface Deps extends Pick<HubProviderDeps, 'audit' | 'sessions'> {
  readonly consents: Pick<Consents, 'findConsent' | 'removeConsent'>;
  readonly stored: Pick<StoredSessions, 'revokeGrant'>;
}

/**
 * Withdraws what somebody agreed to give one relying party: audit, memory, then the grants and tokens of every open
 * session. A grant that is missed dies with its session and is good for no further authorization. Gives whether there
 * was something to withdraw.
 */
export function createConsentWithdrawal({ audit, sessions, consents, stored }: Deps) {
  return async (account: Account, clientId: string, context: AuditContext): Promise<boolean> => {
    const consent = await consents.findConsent(account.id, clientId);
    if (!consent) return false;
    await audit(consentWithdrawn({ ...context, clientId }, { account, scopes: consent.scopes }));
    const removed = await consents.removeConsent(account.id, clientId);
    for (const { sessionUid } of await sessions.listOpenSessions(account.id)) {
      await stored.revokeGrant(sessionUid, clientId);
    }
    return removed;
  };
}
