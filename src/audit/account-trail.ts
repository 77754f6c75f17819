/**
 * Reads what the trail says about one account. An act that was written down twice, before and after, is given once: under
 * the entry of its outcome, with what its intent said. An intent stands alone only while nothing has settled it.
 */
import type { AccountId } from '#domain/account.ts';
import type { AccountTrail, AccountTrailEntry, RecordedAddress } from '#domain/account-trail.ts';
import { scopeOf, type Actor } from '#domain/actor.ts';
import type { AuditCriteria, AuditStore, ChainedEntry } from '#domain/audit-store.ts';
import { parseEntry } from './entry.ts';

type Store = Pick<AuditStore, 'search'>;

export function createAccountTrail(store: Store): AccountTrail {
  /** `settled` with the facts of the intents that they settle. */
  async function whole(
    settled: readonly ChainedEntry[],
    within: AuditCriteria,
  ): Promise<readonly AccountTrailEntry[]> {
    const ids = settled.flatMap(({ index }) => index.settles ?? []);
    const intents = ids.length > 0 ? await store.search({ ...within, ids }, undefined, ids.length) : [];
    const byId = new Map(intents.map((intent) => [intent.index.id, intent]));
    return settled.map((entry) => entryOf(entry, byId.get(entry.index.settles ?? '')));
  }

  return {
    async list(actor, accountId, { actions, before, limit }) {
      const within = criteriaOf(actor, accountId);
      if (!within) return { entries: [] };
      const criteria = { ...within, withoutSettledIntents: true, ...(actions && { actions }) };
      const found = await store.search(criteria, before, limit + 1);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        entries: await whole(shown, within),
        ...(found.length > limit && last && { older: last.sequence }),
      };
    },

    async findEntry(actor, accountId, id) {
      const within = criteriaOf(actor, accountId);
      const found = within ? await store.search({ ...within, ids: [id] }, undefined, 1) : [];
      const [entry] = within ? await whole(found, within) : [];
      return entry;
    },
  };
}

/** Undefined: the actor sees nothing of this account. */
function criteriaOf(actor: Actor, onAccount: AccountId): AuditCriteria | undefined {
  const scope = scopeOf(actor);
  if (scope.kind === 'self') return scope.id === onAccount ? { onAccount } : undefined;
  return scope.kind === 'subtree' ? { onAccount, underOid: scope.root } : { onAccount };
}

function entryOf(
  { sequence, entry, index, personal }: ChainedEntry,
  intent: ChainedEntry | undefined,
): AccountTrailEntry {
  const said = intent && parseEntry(intent.entry);
  const fields = parseEntry(entry);
  const { id, time, action, outcome, actor } = index;
  const { reason, form, clientId } = fields ?? {};
  const address =
    addressIn(fields?.personal, personal) ?? (intent && addressIn(said?.personal, intent.personal));
  return {
    sequence,
    id,
    time,
    action,
    outcome,
    actor,
    ...(reason !== undefined && { reason }),
    ...(form !== undefined && { form }),
    ...(clientId !== undefined && { clientId }),
    evidence: { ...said?.evidence, ...fields?.evidence },
    ...(address && { address }),
  };
}

/** The chain tells by its digest that there was one; the value stands apart and may have been cut. */
function addressIn(
  digests: Readonly<Record<string, string>> | undefined,
  personal: ChainedEntry['personal'],
): RecordedAddress | undefined {
  if (!digests || !Object.hasOwn(digests, 'address')) return undefined;
  const kept = Object.hasOwn(personal, 'address') ? personal['address'] : undefined;
  return kept ? { value: kept.value } : {};
}
