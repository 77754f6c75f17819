/** Relying parties where no request brings them along, such as at the delivery of a log-out. */
import type { AdapterPayload } from 'oidc-provider';
import type { ProtocolStore } from '#domain/protocol-store.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { RegistrationOptions } from './contract.ts';
import { relyingPartyOf } from './registration.ts';

/** Throws `store-unavailable` when nobody can say. */
export type LookUpRelyingParty = (clientId: string) => Promise<RelyingParty | undefined>;

interface Deps {
  /** Those of the configuration. */
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
  /** Where those that registered themselves are kept. */
  readonly store: Pick<ProtocolStore, 'get'>;
  /** Undefined: nobody registers by itself. */
  readonly registration: RegistrationOptions | undefined;
}

export function createRelyingPartyLookup({
  findRelyingParty,
  store,
  registration,
}: Deps): LookUpRelyingParty {
  return async (clientId) => {
    const configured = findRelyingParty(clientId);
    if (configured || !registration) return configured;
    const record = await store.get(`Client:${clientId}`);
    // Written by the library's adapter alone, from a payload.
    return record && relyingPartyOf(JSON.parse(record.value) as AdapterPayload, registration);
  };
}
