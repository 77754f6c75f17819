/** Relying parties where no request brings them along, such as at the delivery of a log-out. */
import type { AdapterPayload } from 'oidc-provider';
import type { ProtocolStore } from '#domain/protocol-store.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { RegistrationOptions } from './contract.ts';
import { relyingPartyOf } from './registration.ts';

/** Throws `store-unavailable` when nobody can say. */
export type LookUpRelyingParty = (clientId: string) => Promise<RelyingParty | undefined>;

interface Deps {
  /** Those of the configuration and of the register. */
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
  /** Brings what is known of the register up to date. */
  readonly refresh: () => Promise<void>;
  /** Where those that registered themselves are kept. */
  readonly store: Pick<ProtocolStore, 'get'>;
  /** Undefined: nobody registers by itself. */
  readonly registration: RegistrationOptions | undefined;
}

export function createRelyingPartyLookup({
  findRelyingParty,
  refresh,
  store,
  registration,
}: Deps): LookUpRelyingParty {
  return async (clientId) => {
    await refresh();
    const known = findRelyingParty(clientId);
    if (known || !registration) return known;
    const record = await store.get(`Client:${clientId}`);
    // Written by the library's adapter alone, from a payload.
    return record && relyingPartyOf(JSON.parse(record.value) as AdapterPayload, registration);
  };
}
