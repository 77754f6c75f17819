/**
 * The criteria of a search (查詢作業) as they are typed and as they stand in an address. A name and a national ID tell of a
 * person: in an address stands a token for them (kept-criteria.ts). Pure.
 */
import type { AccountCriteria } from '#accounts/management/list-accounts.ts';
import { largestPage, type AccountOrder } from '#domain/account-listing.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { parseOid } from '#domain/oid.ts';

export const publicNames = ['unit', 'status', 'role', 'category', 'dormant', 'never'] as const;
export const personalNames = ['name', 'nationalId'] as const;
export const criteriaNames = [...publicNames, ...personalNames] as const;
export type CriteriaName = (typeof criteriaNames)[number];

/** As typed; an empty text is none. `unit` is an OID once it has been looked up. */
export type TypedCriteria = Readonly<Record<CriteriaName, string>>;

export type PersonalCriteria = Pick<TypedCriteria, (typeof personalNames)[number]>;

export const statuses = ['enabled', 'disabled', 'not-opened'] as const;

export type CriteriaVerdict =
  | { readonly ok: true; readonly criteria: AccountCriteria }
  | { readonly ok: false; readonly faults: readonly CriteriaName[] };

/** The criteria in `texts`; what is no text, or comes twice, is left out. */
export function typedCriteria(texts: Readonly<Record<string, unknown>>): TypedCriteria {
  const text = (name: CriteriaName) => {
    const value = texts[name];
    return typeof value === 'string' ? value.normalize('NFC').trim().slice(0, 200) : '';
  };
  return Object.fromEntries(criteriaNames.map((name) => [name, text(name)])) as TypedCriteria;
}

/** No criterion, other than one that is not right. */
const none = '' as const;

export function judgeCriteria(typed: TypedCriteria, now: Date): CriteriaVerdict {
  const judged = {
    unit: typed.unit === '' ? none : parseOid(typed.unit),
    name: typed.name,
    nationalId: typed.nationalId === '' ? none : parseNationalId(typed.nationalId),
    status: typed.status === '' ? none : statuses.find((status) => status === typed.status),
    role: code(typed.role),
    category: code(typed.category),
    dormant: typed.dormant === '' ? none : dormantSince(typed.dormant, now),
    never: typed.never === '' || typed.never === 'yes' ? typed.never : undefined,
  };
  const faults = criteriaNames.filter((name) => judged[name] === undefined);
  if (faults.length > 0) return { ok: false, faults };
  const { unit, name, nationalId, status, role, category, dormant, never } = judged;
  return {
    ok: true,
    criteria: {
      ...(unit && { underOid: unit }),
      ...(name && { nameKeyword: name }),
      ...(nationalId && { nationalId }),
      ...(status && { status }),
      ...(role && { role }),
      ...(category && { category }),
      ...(dormant && { dormantSince: dormant }),
      ...(never && { neverLoggedIn: true }),
    },
  };
}

function code(text: string): string | undefined {
  return /^[a-z0-9_-]{0,64}$/.test(text) ? text : undefined;
}

/** So many months before `now`; of the last day of a month where the earlier one is shorter. */
function dormantSince(text: string, now: Date): Date | undefined {
  if (!/^[1-9]\d{0,2}$/.test(text)) return undefined;
  const since = new Date(now);
  since.setUTCDate(1);
  since.setUTCMonth(since.getUTCMonth() - Number(text));
  const days = new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth() + 1, 0)).getUTCDate();
  since.setUTCDate(Math.min(now.getUTCDate(), days));
  return since;
}

export const orders = ['name', 'unit', 'opened-on', 'last-login'] as const satisfies readonly AccountOrder[];
export const pageSizes = [25, 50, 100, largestPage] as const;

/** How the list is looked at. */
export interface ListView {
  readonly order: AccountOrder;
  readonly descending: boolean;
  readonly size: number;
  readonly page: number;
  /** Of a list too long to be counted, with how many stand before it. */
  readonly cursor?: string;
  readonly from: number;
}

export function listView(query: Readonly<Record<string, unknown>>): ListView {
  const number = (name: string, most: number) => {
    const value = query[name];
    return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value)
      ? Math.min(Number(value), most)
      : undefined;
  };
  const { cursor } = query;
  return {
    order: orders.find((order) => order === query['order']) ?? 'name',
    descending: query['descending'] === 'yes',
    size: pageSizes.find((size) => size === number('size', largestPage)) ?? 50,
    page: number('page', 1_000_000) ?? 1,
    ...(typeof cursor === 'string' && cursor.length <= 500 && { cursor }),
    from: number('from', 100_000_000) ?? 0,
  };
}

/** What an address says of a search. */
export interface SearchPlace {
  readonly typed: TypedCriteria;
  /** Stands for the personal criteria. */
  readonly token: string | undefined;
  readonly view: ListView;
}

export const searchHref = '/registry/accounts';

/** The address of a search; a personal criterion left empty in `typed` is named as left out of what the token stands for. */
export function hrefOf({ typed, token, view }: SearchPlace): string {
  const query = new URLSearchParams();
  for (const name of publicNames) if (typed[name] !== '') query.set(name, typed[name]);
  const isPersonal = personalNames.some((name) => typed[name] !== '');
  if (token !== undefined && isPersonal) {
    query.set('search', token);
    for (const name of personalNames) if (typed[name] === '') query.append('without', name);
  }
  if (view.order !== 'name') query.set('order', view.order);
  if (view.descending) query.set('descending', 'yes');
  if (view.size !== 50) query.set('size', String(view.size));
  if (view.cursor !== undefined) {
    query.set('cursor', view.cursor);
    query.set('from', String(view.from));
  } else if (view.page > 1) query.set('page', String(view.page));
  return query.size > 0 ? `${searchHref}?${query}` : searchHref;
}
