/** A list a page at a time. One kind of cursor for both kinds of list: counted ones go on by number, longer ones by id. */
import type { AccountCriteria, ListRequest } from '#accounts/management/list-accounts.ts';
import type { AccountPage, AccountPageRequest } from '#domain/account-listing.ts';
import { ApiProblem } from '../problem.ts';
import { viewOfSummary } from './account-view.ts';

/** A query as its schema gives it. */
export type AskedList = AccountCriteria & {
  readonly order: AccountPageRequest['order'];
  readonly descending: boolean;
  readonly pageSize: number;
  readonly cursor?: string;
};

export function requestOf({ order, descending, pageSize, cursor, ...criteria }: AskedList): ListRequest {
  return { criteria, order, descending, pageSize, ...positionOf(cursor) };
}

function positionOf(cursor: string | undefined): Pick<ListRequest, 'page' | 'cursor'> {
  if (cursor === undefined) return { page: 1 };
  const [, kind, rest = ''] = /^([np])\.(.+)$/.exec(cursor) ?? [];
  const page = kind === 'n' && /^[1-9][0-9]{0,4}$/.test(rest) ? Number(rest) : undefined;
  if (page !== undefined) return { page };
  if (kind === 'p') return { page: 1, cursor: rest };
  throw new ApiProblem('invalid-input', { errors: [{ path: 'cursor', expected: '`next` of an answer' }] });
}

export function pageView(page: AccountPage, { page: asked, pageSize }: ListRequest) {
  if (page.kind === 'beyond') {
    const { accounts, cursor } = page;
    return { accounts: accounts.map(viewOfSummary), ...(cursor !== undefined && { next: `p.${cursor}` }) };
  }
  // One past the end is given as the last page, which the caller has had.
  const accounts = page.page === asked || asked === 1 ? page.accounts.map(viewOfSummary) : [];
  const isMore = asked * pageSize < page.count;
  return { accounts, count: page.count, ...(isMore && { next: `n.${asked + 1}` }) };
}
