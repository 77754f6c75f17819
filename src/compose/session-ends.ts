/** The ends of sessions that no browser asks for, wired, and how relying parties are told of any end. */
import { createAccountSessions, type AccountSessions } from '#provider/account-sessions.ts';
import { createLogOutMessages } from '#provider/back-channel-messages.ts';
import type { HubProviderDeps } from '#provider/contract.ts';
import { createSessionSweep } from '#provider/session-sweep.ts';
import { createStoredSessions, type StoredSessions } from '#provider/stored-sessions.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { Stores } from './open-stores.ts';
import type { Machine } from './services.ts';

export interface SessionEnds extends AccountSessions {
  readonly logOutMessages: HubProviderDeps['logOutMessages'];
  readonly stored: StoredSessions;
  /** Ends what has expired; gives how many sessions. */
  sweep(): Promise<number>;
}

interface Dependencies extends Machine {
  readonly stores: Stores;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

const claimMs = 60_000;

export function composeSessionEnds({ stores, findRelyingParty, ...machine }: Dependencies): SessionEnds {
  const { clock } = machine;
  const logOutMessages = createLogOutMessages({
    findRelyingParty,
    clock,
  });
  const stored = createStoredSessions({ store: stores.protocol.records, clock });
  const { sessions } = stores.records;
  const accountSessions = createAccountSessions({
    audit: (event) => stores.audit.record(event),
    sessions,
    clock,
    logOutMessages,
    stored,
  });
  return {
    logOutMessages,
    stored,
    ...accountSessions,
    sweep: createSessionSweep({
      ...machine,
      sessions,
      stored,
      accountSessions,
      claim: (uid) =>
        stores.protocol.oneTime.placeFirst(`ending:${uid}`, '', new Date(clock.now().getTime() + claimMs)),
    }),
  };
}
