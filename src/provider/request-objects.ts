/**
 * Signed request objects (RFC 9101), by value or pushed; never fetched, and verified with the client's registered keys alone
 * (jku, jwk and x5c in the header mean nothing). FAPI 2.0 Message Signing, section 5.3.1: they are to be young.
 */
import { errors, type Configuration } from 'oidc-provider';
import type { Clock } from '#domain/clock.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { fapi2Algorithms } from './algorithms.ts';

type Settings = NonNullable<NonNullable<Configuration['features']>['requestObjects']>;

/** Seconds. */
const longestFapi2 = 3600;

export function requestObjectSettings(
  findRelyingParty: (clientId: string) => RelyingParty | undefined,
  clock: Clock,
): Settings {
  return {
    enabled: true,
    requireSignedRequestObject: false,
    assertJwtClaimsAndHeader(_ctx, { exp, nbf }, { alg, typ }, client) {
      // What was pushed without a signature comes back as an object that the library itself made.
      const isOurs = alg === 'none';
      if (isOurs || findRelyingParty(client.clientId)?.profile !== 'fapi2') return;
      const now = Math.floor(clock.now().getTime() / 1000);
      const refuse = (fault: string): never => {
        throw new errors.InvalidRequestObject(fault);
      };
      if (!fapi2Algorithms.includes(String(alg))) refuse('alg is not one of the profile');
      if (typeof nbf !== 'number' || now - nbf > longestFapi2)
        refuse('nbf must be given and at most an hour old');
      if (typeof exp !== 'number' || exp - Number(nbf) > longestFapi2)
        refuse('exp must be given, an hour after nbf at most');
      if (typ !== undefined && typ !== 'oauth-authz-req+jwt' && typ !== 'JWT')
        refuse('typ is of something else');
    },
  };
}
