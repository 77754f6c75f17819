/**
 * Which relying parties are told that a session has ended: those it reached that have registered an address for it.
 * What a relying party registered by itself stands in a store: the delivery reads it and sees whether it has one.
 */
import type { Clock } from '#domain/clock.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { LogOutMessage } from './back-channel-delivery.ts';
import type { HubProviderDeps } from './contract.ts';
import { isSelfRegistered } from './registration.ts';

interface Deps {
  /** Those of the configuration and of the register. */
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
  readonly clock: Clock;
}

/** A relying party that has been away for longer has its own sessions ended by now. */
const lifetimeMs = 24 * 3600 * 1000;

export function createLogOutMessages({ findRelyingParty, clock }: Deps): HubProviderDeps['logOutMessages'] {
  return ({ accountId }, reached) =>
    reached.flatMap(({ clientId, sid }) => {
      const party = findRelyingParty(clientId);
      const mayListen = party ? logOutAddressOf(party) !== undefined : isSelfRegistered(clientId);
      if (!mayListen) return [];
      const message: LogOutMessage = { clientId, accountId, sid };
      return [
        {
          kind: 'back-channel-log-out',
          recipient: clientId,
          body: JSON.stringify(message),
          expiresAt: new Date(clock.now().getTime() + lifetimeMs),
        },
      ];
    });
}

/** Where log-out tokens go to; undefined for a relying party that takes none. */
export function logOutAddressOf({ metadata }: RelyingParty): string | undefined {
  const address = metadata['backchannel_logout_uri'];
  return typeof address === 'string' ? address : undefined;
}
