/**
 * Lists of accounts (settled: Lists). Up to `mostCounted` hits are read with what they are sorted by, counted, sorted and cut here, and
 * the page's accounts then read whole; of more, pages go by id. Every search carries the actor's scope.
 */
import { AndFilter, OrFilter, type Filter } from 'ldapts';
import { parseAccountId } from '#domain/account.ts';
import {
  largestPage,
  type AccountListing,
  type AccountPage,
  type AccountPageRequest,
  type AccountQuery,
  type AccountSummary,
} from '#domain/account-listing.ts';
import { scopeOf, type Actor } from '#domain/actor.ts';
import { dayOf } from '#domain/calendar.ts';
import { HufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { Sealing } from '#domain/sealing.ts';
import { createReadSummary, orderAttributes, sortedIds, summaryAttributes } from './account-summary.ts';
import type { DirectorySession } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';
import type { EntryReader } from './ldap-values.ts';
import { listingFilter } from './listing-filter.ts';
import { equals, withinScope } from './scope-filter.ts';
import { isFarBeyond, walkById } from './walk-by-id.ts';

/** Accounts read whole in one search of an export. */
const mostAtOnce = 200;

export function createAccountListing(
  session: DirectorySession,
  tree: DirectoryTree,
  deps: { readonly sealing: Sealing; readonly log: Log; readonly mostCounted: number },
): AccountListing {
  const { mostCounted } = deps;
  const readSummary = createReadSummary(deps);

  /** Accounts that the actor sees and `filter` is true of. */
  function search(actor: Actor, filter: Filter, attributes: readonly string[], limit: number) {
    const visible = withinScope(scopeOf(actor), filter);
    return session.search({ base: tree.accounts, scope: 'one', filter: visible, attributes, limit });
  }

  async function hitsOf(actor: Actor, query: AccountQuery, attributes: readonly string[]) {
    const asked = ['uid', ...(query.dormantSince ? ['hufuOpenedOn'] : []), ...attributes];
    const filter = listingFilter(query, deps.sealing);
    // Of a list that is far too long to be counted, not all that can be is read to find that it is.
    const inWindow = (window: Filter, limit: number) => search(actor, both(window, filter), ['uid'], limit);
    if (await isFarBeyond(inWindow, mostCounted)) return { beyond: true, hits: [] };
    const found = await search(actor, filter, asked, mostCounted + 1);
    return { beyond: found.length > mostCounted, hits: found.filter(openedBefore(query.dormantSince)) };
  }

  async function readSummaries(actor: Actor, ids: readonly string[]): Promise<AccountSummary[]> {
    if (ids.length === 0) return [];
    const named = new OrFilter({ filters: ids.map((id) => equals('uid', id)) });
    const found = (await search(actor, named, summaryAttributes, ids.length)).flatMap(readSummary);
    const byId = new Map<string, AccountSummary>(found.map((summary) => [summary.id, summary]));
    // One that has gone since it was found is left out.
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  async function* walk(
    actor: Actor,
    query: AccountQuery,
    after: string,
    wanted: number,
  ): AsyncGenerator<AccountSummary> {
    const filter = listingFilter(query, deps.sealing);
    const searchWindow = (window: Filter, limit: number) =>
      search(actor, both(window, filter), summaryAttributes, limit);
    const isMeant = openedBefore(query.dormantSince);
    for await (const entry of walkById(searchWindow, after, wanted))
      if (isMeant(entry)) yield* readSummary(entry);
  }

  async function pageById(actor: Actor, { query, pageSize }: AccountPageRequest, after: string) {
    const accounts: AccountSummary[] = [];
    for await (const summary of walk(actor, query, after, 2 * pageSize)) {
      const cursor = accounts.at(-1)?.id;
      if (accounts.length === pageSize && cursor !== undefined)
        return { kind: 'beyond', accounts, cursor } as const;
      accounts.push(summary);
    }
    return { kind: 'beyond', accounts } as const;
  }

  return {
    async listAccounts(actor, request): Promise<AccountPage> {
      const { query, order, descending, pageSize, cursor } = request;
      checkPage(request);
      if (cursor !== undefined) return pageById(actor, request, cursor);
      const { hits, beyond } = await hitsOf(actor, query, orderAttributes[order]);
      if (beyond) return pageById(actor, request, '');
      const last = Math.max(1, Math.ceil(hits.length / pageSize));
      const page = Math.min(request.page, last);
      const ids = sortedIds(hits, order, descending).slice((page - 1) * pageSize, page * pageSize);
      return { kind: 'exact', accounts: await readSummaries(actor, ids), count: hits.length, page };
    },

    async *exportAccounts(actor, query) {
      // What one search brings needs no windows.
      const filter = listingFilter(query, deps.sealing);
      const found = await search(actor, filter, summaryAttributes, mostAtOnce + 1);
      if (found.length > mostAtOnce) return yield* walk(actor, query, '', mostAtOnce);
      const summaries = found.filter(openedBefore(query.dormantSince)).flatMap(readSummary);
      yield* summaries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },

    async countAccounts(actor, query) {
      const { hits, beyond } = await hitsOf(actor, query, []);
      return beyond ? mostCounted + 1 : hits.length;
    },
  };
}

function checkPage({ page, pageSize, cursor }: AccountPageRequest): void {
  const isPage = Number.isSafeInteger(page) && page >= 1;
  const isSize = Number.isSafeInteger(pageSize) && pageSize >= 1 && pageSize <= largestPage;
  const isCursor = cursor === undefined || parseAccountId(cursor) !== undefined;
  if (!isPage || !isSize || !isCursor) throw new HufuError('bad-request', { facts: { field: 'page' } });
}

function both(window: Filter, filter: Filter): Filter {
  return new AndFilter({ filters: [window, filter] });
}

/** Who was opened since `time` has not had the time to be dormant. */
function openedBefore(time: Date | undefined): (entry: EntryReader) => boolean {
  if (time === undefined) return () => true;
  const day = dayOf(time);
  return (entry) => (entry.find('hufuOpenedOn') ?? '') < day;
}
