/**
 * What a client assertion (RFC 7523) must say beyond what the library checks: one audience as a string, the issuer or
 * the token endpoint. A list, or the address of another endpoint, would let an assertion meant for one server be used at another
 * (FAPI 2.0, section 5.3.2.1, 8; the attack on audience injection of 2025). Clients of the FAPI profile name the issuer.
 */
import { errors, type Configuration } from 'oidc-provider';
import type { Clock } from '#domain/clock.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { fapi2Algorithms } from './algorithms.ts';
import { routes } from './routes.ts';

/** Seconds that an assertion may live at most: so long its jti is remembered. */
const longestSeconds = 3600;

type AssertClaims = NonNullable<Configuration['assertJwtClientAuthClaimsAndHeader']>;

interface Deps {
  readonly issuer: URL;
  readonly clock: Clock;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

export function createAssertionRules({ issuer, clock, findRelyingParty }: Deps): AssertClaims {
  const tokenEndpoint = new URL(routes.token, issuer).href;
  return (_ctx, { aud, exp, iat }, { alg }, client) => {
    const isFapi2 = findRelyingParty(client.clientId)?.profile === 'fapi2';
    const refuse = (fault: string): never => {
      throw new errors.InvalidClientAuth(fault);
    };
    if (aud !== issuer.origin && (isFapi2 || aud !== tokenEndpoint)) {
      refuse(`aud must be the issuer${isFapi2 ? '' : ' or the token endpoint'}, as a string`);
    }
    if (isFapi2 && !fapi2Algorithms.includes(String(alg))) refuse('alg is not one of the profile');
    const now = Math.floor(clock.now().getTime() / 1000);
    if (typeof exp !== 'number' || exp > now + longestSeconds) refuse('exp is too far away');
    if (typeof iat === 'number' && iat > now + 60) refuse('iat lies in the future');
  };
}
