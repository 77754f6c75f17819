/**
 * The relying parties that programme officers keep, as this process knows them. Asked before each request whether
 * anything has changed (one small read), so that a change counts from the next request in every process; in between
 * everything that asks synchronously who a client is gets what was read then.
 */
import type { Log } from '#domain/log.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { KeptRelyingParty, KeptSecret, RelyingPartyRegister } from '#domain/relying-party-register.ts';

export interface KeptRelyingParties {
  /** Reads the register when it has changed. Throws `store-unavailable`. */
  refresh(): Promise<void>;
  /** Enabled ones alone. */
  find(clientId: string): RelyingParty | undefined;
  secretsOf(clientId: string): readonly KeptSecret[] | undefined;
}

interface Deps {
  readonly register: Pick<RelyingPartyRegister, 'listRelyingParties' | 'readVersion'>;
  /** Throws when the registration does not meet today's schema. */
  readonly partyOf: (registration: KeptRelyingParty['registration']) => RelyingParty;
  readonly log: Log;
}

interface Known {
  readonly party: RelyingParty;
  readonly secrets: readonly KeptSecret[];
}

export function createKeptRelyingParties({ register, partyOf, log }: Deps): KeptRelyingParties {
  let known = new Map<string, Known>();
  let version: number | undefined;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    // The version first: a change in between is read once more.
    const current = await register.readVersion();
    if (current === version) return;
    const enabled = (await register.listRelyingParties()).filter((kept) => kept.enabled);
    known = new Map(enabled.flatMap(entryOf));
    version = current;
  }

  function entryOf({ clientId, registration, secrets }: KeptRelyingParty): [string, Known][] {
    try {
      return [[clientId, { party: partyOf(registration), secrets }]];
    } catch (error) {
      // One that no longer meets the schema must not keep the others out.
      log.error('relying-party-malformed', { clientId, error });
      return [];
    }
  }

  return {
    async refresh() {
      // Somebody else's reading may have begun before the change that this request is to see.
      await reading?.catch(() => undefined);
      reading ??= read().finally(() => {
        reading = undefined;
      });
      await reading;
    },
    find: (clientId) => known.get(clientId)?.party,
    secretsOf: (clientId) => known.get(clientId)?.secrets,
  };
}
