import { HufuError } from '#domain/errors.ts';
import type { KeptRelyingParty, RelyingPartyRegister } from '#domain/relying-party-register.ts';

export function createMemoryRelyingPartyRegister(): RelyingPartyRegister & { readonly reads: () => number } {
  const parties = new Map<string, KeptRelyingParty>();
  let version = 0;
  let reads = 0;
  const at = (clientId: string, revision: number): KeptRelyingParty => {
    const party = parties.get(clientId);
    if (party?.revision !== revision) throw new HufuError('changed-meanwhile');
    version += 1;
    return party;
  };
  return {
    reads: () => reads,
    async listRelyingParties() {
      reads += 1;
      return [...parties.values()].toSorted((a, b) => (a.clientId < b.clientId ? -1 : 1));
    },
    findRelyingParty: async (clientId) => parties.get(clientId),
    async addRelyingParty(party, time) {
      if (parties.has(party.clientId)) throw new HufuError('not-unique');
      version += 1;
      parties.set(party.clientId, { ...party, revision: 1, enabled: true, createdAt: time, changedAt: time });
    },
    async changeRelyingParty(clientId, revision, change, time) {
      const party = at(clientId, revision);
      parties.set(clientId, { ...party, ...change, revision: revision + 1, changedAt: time });
    },
    async removeRelyingParty(clientId, revision) {
      at(clientId, revision);
      parties.delete(clientId);
    },
    readVersion: async () => version,
  };
}
