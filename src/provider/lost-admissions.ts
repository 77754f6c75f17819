/**
 * When roles are taken: ends what a person has open at relying parties that nothing admits to any more, while the session
 * goes on. Tokens are refused at their next use anyway (find-account.ts); this tells the relying party, by back-channel
 * log-out. Order for each as in account-sessions.ts: audit → grants and tokens → register and messages.
 */
import { admissionEnded } from '#audit/events.ts';
import type { AccountId } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { HubProviderDeps } from './contract.ts';
import type { LookUpRelyingParty } from './relying-party-lookup.ts';
import type { StandingRules } from './standing.ts';
import type { StoredSessions } from './stored-sessions.ts';

interface Deps extends Pick<HubProviderDeps, 'audit' | 'sessions' | 'logOutMessages'> {
  readonly stored: Pick<StoredSessions, 'revokeGrant'>;
  readonly standing: StandingRules;
  readonly lookUpRelyingParty: LookUpRelyingParty;
}

/** Gives how many were ended. */
export type EndLostAdmissions = (accountId: AccountId, context: AuditContext) => Promise<number>;

export function createEndLostAdmissions(deps: Deps): EndLostAdmissions {
  const { sessions, standing } = deps;
  return async (accountId, context) => {
    const account = await standing.findAccount(accountId);
    if (!account) return 0;
    let ended = 0;
    for (const { sessionUid: uid } of await sessions.listOpenSessions(accountId)) {
      const clientIds = new Set((await sessions.listReached(uid)).map(({ clientId }) => clientId));
      for (const clientId of clientIds) {
        const party = await deps.lookUpRelyingParty(clientId);
        // At the strongest login: who could still enter with the card has not lost the system.
        const verdict = party && (await standing.checkStanding(account, party, 3));
        if (verdict?.ok !== false) continue;
        await deps.audit(admissionEnded(context, { account, clientId, reason: verdict.reason }));
        await deps.stored.revokeGrant(uid, clientId);
        await sessions.leaveClient(uid, clientId, (left) =>
          deps.logOutMessages({ uid, accountId, ending: 'by-operator' }, left),
        );
        ended += 1;
      }
    }
    return ended;
  };
}
