/** Lists of users: what the directory can look for it does; the rest of a filter is judged over what it found, up to 2,000. */
import type { ListRequest } from '#accounts/management/list-accounts.ts';
import type { Account, AccountId } from '#domain/account.ts';
import { largestPage, mostCounted, type AccountPage, type AccountSummary } from '#domain/account-listing.ts';
import { orProblem } from '../outcome.ts';
import type { Call } from '../operation.ts';
import type { ApiServices } from '../services.ts';
import { criteriaOf, type Looked } from './filter/criteria.ts';
import { meetsFilter } from './filter/evaluate.ts';
import type { Filter } from './filter/filter.ts';
import { parseFilter, parsePath } from './filter/parse-filter.ts';
import type { AskedList } from './list-query.ts';
import { findPath, isExactIn, userType } from './resource-type.ts';
import { ScimError } from './scim-error.ts';
import { listedResource } from './user-resource.ts';

type Deps = Pick<ApiServices, 'accounts' | 'issuer'>;
type Caller = Pick<Call, 'actor' | 'context'>;

export interface FoundUsers {
  readonly accounts: readonly AccountSummary[];
  /** Absent: more than can be counted. */
  readonly total?: number;
  readonly nextCursor?: string;
}

const tooMany = () =>
  new ScimError(
    'tooMany',
    `more than ${mostCounted}: narrow the filter, or go on by cursor without one that is judged here`,
  );

export async function findUsers(deps: Deps, caller: Caller, asked: AskedList): Promise<FoundUsers> {
  const filter = asked.filter === undefined ? undefined : parseFilter(asked.filter);
  const looked: Looked = filter ? criteriaOf(filter, asked) : { criteria: {} };
  const order = { order: orderOf(asked.sortBy), descending: asked.descending };
  if (looked.none) return { accounts: [], total: 0 };
  // A national ID is the directory's alone to compare; it finds one at most, too.
  if (filter && looked.id && looked.criteria.nationalId === undefined)
    return one(deps, caller, { id: looked.id, filter }, asked);
  const list = (request: Pick<ListRequest, 'page' | 'pageSize' | 'cursor'>) =>
    listPage(deps, caller, { ...order, ...request, criteria: looked.criteria });
  if (looked.rest) return judged(deps, looked.rest, asked, list);
  return asked.cursor === undefined ? byIndex(asked, list) : byCursor(asked, list);
}

type ListOne = (request: Pick<ListRequest, 'page' | 'pageSize' | 'cursor'>) => Promise<AccountPage>;

async function listPage({ accounts }: Deps, { actor, context }: Caller, request: ListRequest) {
  return orProblem(await accounts.listAccounts(actor, request, context));
}

/** By an id there is at most one, of whom all of the filter is judged; a list of it alone tells what the others tell. */
async function one(
  deps: Deps,
  { actor }: Caller,
  { id, filter }: { readonly id: AccountId; readonly filter: Filter },
  asked: AskedList,
): Promise<FoundUsers> {
  const account = await deps.accounts.findAccount(actor, id);
  if (!account) return { accounts: [], total: 0 };
  const summary = summaryOf(account);
  return slice(meetsRest(deps, filter, summary) ? [summary] : [], asked);
}

function summaryOf(account: Account): AccountSummary {
  const { title, email } = account.contact;
  return {
    ...account,
    maskedNationalId: '',
    ...(title !== undefined && { title }),
    hasEmail: email !== undefined,
  };
}

function meetsRest({ issuer }: Deps, rest: NonNullable<Looked['rest']>, account: AccountSummary): boolean {
  return meetsFilter(listedResource(issuer, account), rest, isExactIn(userType));
}

async function judged(
  deps: Deps,
  rest: NonNullable<Looked['rest']>,
  asked: AskedList,
  list: ListOne,
): Promise<FoundUsers> {
  const all: AccountSummary[] = [];
  for (let page = 1; ; page += 1) {
    const found = await list({ page, pageSize: largestPage });
    if (found.kind === 'beyond') throw tooMany();
    all.push(...found.accounts);
    if (page * largestPage >= found.count) break;
  }
  return slice(
    all.filter((account) => meetsRest(deps, rest, account)),
    asked,
  );
}

function slice(all: readonly AccountSummary[], { startIndex, count }: AskedList): FoundUsers {
  return { accounts: all.slice(startIndex - 1, startIndex - 1 + count), total: all.length };
}

/** An index may lie within a page: two pages that follow each other hold what is asked. */
async function byIndex({ startIndex, count }: AskedList, list: ListOne): Promise<FoundUsers> {
  const pageSize = Math.max(1, count);
  const page = Math.floor((startIndex - 1) / pageSize) + 1;
  const within = (startIndex - 1) % pageSize;
  const first = await list({ page, pageSize });
  if (first.kind === 'beyond') {
    if (startIndex === 1) return beyond(first);
    throw tooMany();
  }
  if (count === 0 || first.page !== page) return { accounts: [], total: first.count };
  const isMore = within > 0 && page * pageSize < first.count;
  const second = isMore ? await list({ page: page + 1, pageSize }) : undefined;
  const accounts = [...first.accounts, ...(second?.accounts ?? [])].slice(within, within + count);
  return { accounts, total: first.count };
}

function beyond({ accounts, cursor }: Extract<AccountPage, { kind: 'beyond' }>): FoundUsers {
  return { accounts, ...(cursor !== undefined && { nextCursor: `p.${cursor}` }) };
}

/** RFC 9865: an empty cursor asks for the first page. */
async function byCursor({ cursor = '', count }: AskedList, list: ListOne): Promise<FoundUsers> {
  const pageSize = Math.max(1, count);
  const [, kind, rest = ''] = /^([np])\.(.+)$/.exec(cursor) ?? [];
  const page = cursor === '' ? 1 : kind === 'n' && /^[1-9][0-9]{0,4}$/.test(rest) ? Number(rest) : undefined;
  if (page === undefined && kind !== 'p') throw new ScimError('invalidValue', 'cursor is none of ours');
  const found = await list({ page: page ?? 1, pageSize, ...(page === undefined && { cursor: rest }) });
  if (found.kind === 'beyond') return beyond(found);
  const current = page ?? found.page;
  const isMore = current * pageSize < found.count;
  return {
    accounts: found.page === current ? found.accounts : [],
    total: found.count,
    ...(isMore && { nextCursor: `n.${current + 1}` }),
  };
}

function orderOf(sortBy: string | undefined): ListRequest['order'] {
  if (sortBy === undefined) return 'name';
  const { extension, attribute, sub } = findPath(userType, parsePath(sortBy)) ?? {};
  const name = [extension && 'official', attribute?.name, sub?.name]
    .filter((part) => part !== undefined)
    .join('.');
  switch (name) {
    case 'displayName':
    case 'name':
    case 'name.formatted':
      return 'name';
    case 'official.unit':
    case 'official.unit.oid':
      return 'unit';
    case 'meta.created':
      return 'opened-on';
    case 'official.lastLogin':
      return 'last-login';
    default:
      throw new ScimError('invalidValue', 'sortBy: displayName, unit.oid, lastLogin or meta.created');
  }
}
