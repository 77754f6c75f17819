/** The LDAP operations the adapter is made of, on the pools, each with the refusals its caller expects. */
import { Attribute, Change, type Filter, type SearchOptions, type SearchResult } from 'ldapts';
import type { HufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { checkBind, type BindVerdict } from './check-bind.ts';
import { directoryFailure, referralRefused, resultCodeOf } from './directory-failure.ts';
import { readEntry, type EntryReader } from './ldap-values.ts';

/** What a result code means in one operation; codes not named are failures. */
export type Refusals = Readonly<Record<number, () => HufuError>>;

/** Attributes of a new entry; one without values is left out. */
export type NewEntry = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Entries asked for at once: what they travelled in is let go of before the next are made. */
const largestPage = 1001;

export interface Search {
  readonly base: string;
  readonly scope: NonNullable<SearchOptions['scope']>;
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** Entries at most, read by the page (RFC 2696), so that no size limit of the server cuts them short unseen. */
  readonly limit?: number;
}

export interface DirectorySession {
  search(search: Search): Promise<EntryReader[]>;
  add(dn: string, entry: NewEntry, refusals?: Refusals): Promise<void>;
  modify(dn: string, changes: readonly Change[], refusals?: Refusals): Promise<void>;
  remove(dn: string, refusals?: Refusals): Promise<void>;
  /** Binds as `dn` with `password`; on a connection apart, since a bind changes who it is. */
  bind(dn: string, password: string): Promise<BindVerdict>;
}

export function createDirectorySession(
  service: ConnectionPool,
  persons: ConnectionPool,
  log: Log,
): DirectorySession {
  /** Runs one operation: its line in the log, then its refusal as the caller or directory-failure.ts has it. */
  async function answer<T>(operation: string, task: () => Promise<T>, refusals: Refusals = {}): Promise<T> {
    try {
      const result = await task();
      log.debug('directory.operation', { operation, result: 0 });
      return result;
    } catch (error) {
      const code = resultCodeOf(error);
      log.debug('directory.operation', { operation, result: code ?? 'failed' });
      const refusal = code === undefined ? undefined : refusals[code];
      throw refusal ? refusal() : directoryFailure(error);
    }
  }

  return {
    search({ base, scope, filter, attributes, limit }) {
      const options = { scope, filter, attributes: [...attributes] };
      return answer('search', async () => {
        const found = await service.run(
          (client) =>
            limit === undefined
              ? client.search(base, options)
              : readPages(
                  client.searchPaginated(base, {
                    ...options,
                    paged: { pageSize: Math.min(limit, largestPage) },
                  }),
                  limit,
                ),
          { repeatable: true },
        );
        // A part of the tree lies elsewhere: what was found is not all there is.
        if (found.searchReferences.length > 0) throw referralRefused();
        return found.searchEntries.map(readEntry);
      });
    },
    add(dn, entry, refusals) {
      const attributes = Object.entries(entry).flatMap(([type, value]) => {
        const values = value === undefined ? [] : [value].flat();
        return values.length > 0 ? [new Attribute({ type, values })] : [];
      });
      return answer('add', () => service.run((client) => client.add(dn, attributes)), refusals);
    },
    modify: (dn, changes, refusals) =>
      answer('modify', () => service.run((client) => client.modify(dn, [...changes])), refusals),
    remove: (dn, refusals) => answer('delete', () => service.run((client) => client.del(dn)), refusals),
    bind: (dn, password) =>
      answer('bind', () => persons.run((client) => checkBind(client, dn, password), { repeatable: true })),
  };
}

type Found = Pick<SearchResult, 'searchEntries' | 'searchReferences'>;

/** A server may give smaller pages than it is asked for. */
async function readPages(pages: AsyncIterable<Found>, limit: number): Promise<Found> {
  const found = { searchEntries: [] as Found['searchEntries'], searchReferences: [] as string[] };
  for await (const { searchEntries, searchReferences } of pages) {
    found.searchEntries.push(...searchEntries);
    found.searchReferences.push(...searchReferences);
    if (found.searchEntries.length >= limit) break;
  }
  return { ...found, searchEntries: found.searchEntries.slice(0, limit) };
}

/** Replaces all values of `attribute`; no value removes it, whether it was there or not. */
export function replace(attribute: string, values: readonly string[] | string | undefined): Change {
  return change('replace', attribute, values === undefined ? [] : [values].flat());
}

/** As `replace`, for an attribute that travels as `;binary`. */
export function replaceBytes(attribute: string, values: readonly Uint8Array[]): Change {
  const buffers = values.map((value) => Buffer.from(value));
  return new Change({
    operation: 'replace',
    modification: new Attribute({ type: attribute, values: buffers }),
  });
}

/** Moves a single-valued number on from `from` to `to`; refused with noSuchAttribute when it is not `from` now. */
export function advance(attribute: string, from: number, to: number): Change[] {
  return [change('delete', attribute, [String(from)]), change('add', attribute, [String(to)])];
}

/** Takes `before` away and adds `after`; refused with noSuchAttribute when `before` is not what is there. */
export function exchange(
  attribute: string,
  before: readonly string[] | string | undefined,
  after: readonly string[] | string | undefined,
): Change[] {
  const [old, fresh] = [before, after].map((values) => (values === undefined ? [] : [values].flat()));
  return [
    ...(old && old.length > 0 ? [change('delete', attribute, old)] : []),
    ...(fresh && fresh.length > 0 ? [change('add', attribute, fresh)] : []),
  ];
}

function change(operation: 'add' | 'delete' | 'replace', type: string, values: string[]): Change {
  return new Change({ operation, modification: new Attribute({ type, values }) });
}
