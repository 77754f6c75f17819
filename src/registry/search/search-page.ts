/** The page of a search: what was looked for, and the accounts that were found. */
import type { CatalogueDirectory } from '#domain/directory.ts';
import { maskNationalId, mostCounted, type AccountOrder, type AccountPage } from '#domain/account-listing.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import { mayAct } from '#domain/permission.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import type { RegistryContext } from '../registry-session.ts';
import { optionsOf, type RegistryParts } from '../registry-parts.ts';
import {
  criteriaNames,
  hrefOf,
  pageSizes,
  personalNames,
  publicNames,
  searchHref,
  statuses,
  type CriteriaName,
  type SearchPlace,
} from './criteria.ts';
import { listedAccount } from './listed-account.ts';
import type { Chip, SearchModel, SortHead } from './search-model.ts';

interface Dependencies extends RegistryParts {
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly clock: Clock;
}

export interface SearchAnswer {
  readonly place: SearchPlace;
  readonly errors?: readonly FieldError[];
  readonly notice?: SearchModel['notice'];
  /** Absent: nothing was looked for. */
  readonly found?: AccountPage;
  /** What the criterion for the unit is called. */
  readonly unitText?: string;
}

export type ShowSearch = (ctx: RegistryContext, status: number, answer: SearchAnswer) => Promise<void>;

export function createSearchPage(deps: Dependencies): ShowSearch {
  const page = deps.views.page<SearchModel>(new URL('./search.hbs', import.meta.url));
  return async (ctx, status, { place, errors = [], notice, found, unitText }) => {
    const { categories } = await deps.catalogue.readCatalogue();
    const { typed, token } = place;
    const roles = categories.flatMap((category) => category.roles);
    const names = new Map(categories.map(({ id, name }) => [id, name] as const));
    const roleNames = new Map(roles.map(({ code, name }) => [code, name]));
    const textOf = (name: CriteriaName): string | undefined => {
      if (name === 'unit') return unitText ?? typed.unit;
      if (name === 'nationalId') return maskNationalId(typed.nationalId.toUpperCase());
      if (name === 'name') return typed.name;
      if (name === 'role') return `${roleNames.get(typed.role) ?? ''} ${typed.role}`.trim();
      if (name === 'category') return `${names.get(typed.category) ?? ''} ${typed.category}`.trim();
      return undefined;
    };
    const chips = found ? criteriaNames.filter((name) => typed[name] !== '') : [];
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, found ? hrefOf(place) : searchHref), {
      ...(await deps.frame.of(ctx.state, 'accounts')),
      csrf: deps.csrf.issue(ctx.state.session.uid),
      errors,
      typed: { ...typed, unit: unitText ?? typed.unit },
      statuses: optionsOf(statuses, [typed.status]),
      roles: roles.map(({ code, name }) => ({
        value: code,
        text: `${name} ${code}`,
        chosen: code === typed.role,
      })),
      categoryOptions: categories.map(({ id, name }) => ({
        value: id,
        text: `${name} ${id}`,
        chosen: id === typed.category,
      })),
      never: typed.never !== '',
      chips: chips.map((name): Chip => {
        const text = textOf(name);
        const without = { ...place, typed: { ...typed, [name]: '' }, view: firstPage(place) };
        return {
          name,
          value: typed[name],
          withoutHref: hrefOf(without),
          ...(text !== undefined && { text }),
        };
      }),
      ...(notice && { notice }),
      ...(found && { list: listOf(ctx, place, found) }),
      carried: carriedFields(typed, token),
    });
  };

  function listOf(
    ctx: RegistryContext,
    place: SearchPlace,
    found: AccountPage,
  ): NonNullable<SearchModel['list']> {
    const { view } = place;
    const { actor } = ctx.state;
    const today = dayOf(deps.clock.now());
    const beyond = found.kind === 'beyond';
    const page = beyond ? 1 : found.page;
    const pages = beyond ? 1 : Math.max(1, Math.ceil(found.count / view.size));
    const before = beyond ? view.from : (page - 1) * view.size;
    const at = (changed: Partial<SearchPlace['view']>) =>
      hrefOf({ ...place, view: { ...firstPage(place), ...changed } });
    const headOf = (order: AccountOrder): SortHead => {
      const isCurrent = !beyond && order === view.order;
      const descending = isCurrent && !view.descending;
      const sorted = view.descending ? 'descending' : 'ascending';
      return { href: at({ order, descending }), sorted: isCurrent ? sorted : 'none' };
    };
    return {
      accounts: found.accounts.map((account, index) =>
        listedAccount(actor, account, before + index + 1, today),
      ),
      count: beyond ? `${mostCounted.toLocaleString('en')}+` : found.count.toLocaleString('en'),
      beyond,
      mayExport: mayAct(actor, 'export').ok,
      heads: {
        name: headOf('name'),
        unit: headOf('unit'),
        'opened-on': headOf('opened-on'),
        'last-login': headOf('last-login'),
      },
      sizes: pageSizes.map((size) => ({ size, href: at({ size }), current: size === view.size })),
      page,
      pages,
      ...((page > 1 || view.cursor !== undefined) && { firstHref: at({}) }),
      ...(page > 1 && { previousHref: at({ page: page - 1 }) }),
      ...(!beyond && page < pages && { nextHref: at({ page: page + 1 }) }),
      ...(beyond && found.cursor && { nextHref: at({ cursor: found.cursor, from: before + view.size }) }),
    };
  }
}

function firstPage({ view: { order, descending, size } }: SearchPlace): SearchPlace['view'] {
  return { order, descending, size, page: 1, from: 0 };
}

function carriedFields(
  typed: SearchPlace['typed'],
  token: string | undefined,
): readonly { readonly name: string; readonly value: string }[] {
  const open = publicNames.map((name) => ({ name, value: typed[name] }));
  if (token === undefined) return open;
  const without = personalNames.filter((name) => typed[name] === '');
  return [...open, { name: 'search', value: token }, ...without.map((value) => ({ name: 'without', value }))];
}
