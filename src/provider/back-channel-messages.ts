/** Which relying parties are told that a session has ended: those it reached that have registered an address for it. */
import type { AccountId } from '#domain/account.ts';
import type { Clock } from '#domain/clock.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { LogOutNotice } from './back-channel-token.ts';
import type { HubProviderDeps } from './contract.ts';

interface Deps {
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
  /** `sub` by which the relying party knows the person. */
  readonly subjectOf: (party: RelyingParty, accountId: AccountId) => string;
  readonly clock: Clock;
}

/** A relying party that has been away for longer has its own sessions ended by now. */
const lifetimeMs = 24 * 3600 * 1000;

export function createLogOutMessages({
  findRelyingParty,
  subjectOf,
  clock,
}: Deps): HubProviderDeps['logOutMessages'] {
  return ({ accountId }, reached) =>
    reached.flatMap(({ clientId, sid }) => {
      const party = findRelyingParty(clientId);
      if (!party || logOutAddressOf(party) === undefined) return [];
      const notice: LogOutNotice = { clientId, sub: subjectOf(party, accountId), sid };
      return [
        {
          kind: 'back-channel-log-out',
          body: JSON.stringify(notice),
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
