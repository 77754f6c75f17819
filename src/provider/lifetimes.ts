/** How long what the provider issues lives. Nothing outlives the session's absolute end. */
import type { Configuration } from 'oidc-provider';
import type { Clock } from '#domain/clock.ts';
import type { Lifetimes, SessionLimits } from './contract.ts';
import { deviceCodeSeconds } from './device-grant.ts';
import { fapi2CodeSeconds } from './fapi2.ts';
import { programTokenSeconds } from './program-grant.ts';

/** A session nobody is logged in to holds only the secret of a log-out form. */
const anonymousSeconds = 1800;

export interface SessionLifetime {
  /** Seconds until a session logged in at `loginTs` (seconds since the epoch) ends if nothing more happens. */
  secondsLeft(loginTs: number | undefined): number;
  /** Seconds until it ends in any case. */
  secondsUntilAbsoluteEnd(loginTs: number): number;
}

export function createSessionLifetime(limits: SessionLimits, clock: Clock): SessionLifetime {
  const secondsUntilAbsoluteEnd = (loginTs: number) =>
    Math.max(1, loginTs + limits.absoluteSeconds - Math.floor(clock.now().getTime() / 1000));
  return {
    secondsUntilAbsoluteEnd,
    secondsLeft: (loginTs) =>
      loginTs === undefined
        ? Math.min(limits.idleSeconds, anonymousSeconds)
        : Math.min(limits.idleSeconds, secondsUntilAbsoluteEnd(loginTs)),
  };
}

export function lifetimeSettings(
  lifetimes: Lifetimes,
  limits: SessionLimits,
  session: SessionLifetime,
  isFapi2: (clientId: string) => boolean = () => false,
): NonNullable<Configuration['ttl']> {
  return {
    AuthorizationCode: (_ctx, _code, client) =>
      isFapi2(client.clientId)
        ? Math.min(lifetimes.authorizationCode, fapi2CodeSeconds)
        : lifetimes.authorizationCode,
    // A function, since a number would override the lifetime that a resource server asks for.
    AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? lifetimes.accessToken,
    ClientCredentials: programTokenSeconds,
    DeviceCode: deviceCodeSeconds,
    IdToken: lifetimes.idToken,
    Interaction: lifetimes.interaction,
    Session: (_ctx, { loginTs }) => session.secondsLeft(loginTs),
    RefreshToken: (_ctx, { authTime }) =>
      authTime === undefined ? limits.absoluteSeconds : session.secondsUntilAbsoluteEnd(authTime),
    // Made at the earliest with the session, so it lives at least as long.
    Grant: limits.absoluteSeconds,
  };
}
