/** The list of account registration managers (名冊): whom to ask. Read by everybody who is logged in, in portions. */
import { z } from 'zod';
import type { CatalogueDirectory, Manager, ManagerDirectory } from '#domain/directory.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { PortalHandler } from '../session/portal-session.ts';
import type { ListedManager, ManagersModel } from './managers-model.ts';

interface Dependencies {
  readonly views: Views;
  readonly navigation: Navigation;
  readonly managers: ManagerDirectory;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly showsEmail: boolean;
}

const pageSize = 50;

/** Not the person's own scope: general users see no account but theirs, and need to know whom to ask. */
const actor = { kind: 'system', purpose: 'managers' } as const;

/** What an address says; anything else in it is as good as nothing. */
const querySchema = z.object({
  agency: z.string().trim().max(60).catch(''),
  category: z.string().max(64).catch(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export function showManagers(deps: Dependencies): PortalHandler {
  const { views, navigation, managers, showsEmail } = deps;
  const page = views.page<ManagersModel>(new URL('./managers.hbs', import.meta.url));
  return async function managersList(ctx) {
    const query = querySchema.parse({ ...ctx.query });
    const { categories } = await deps.catalogue.readCatalogue();
    const names = new Map(categories.map(({ id, name }) => [id, name]));
    const category = names.has(query.category) ? query.category : '';
    const found = await managers.listManagers(actor, {
      ...(query.agency !== '' && { agency: query.agency }),
      ...(category !== '' && { category }),
      offset: (query.page - 1) * pageSize,
      limit: pageSize,
    });
    const hrefOf = (number: number) =>
      `/managers?${new URLSearchParams({ agency: query.agency, category, page: String(number) })}`;
    const pages = Math.max(1, Math.ceil(found.count / pageSize));
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, ctx.url), {
      navigation: navigation.of(ctx.state),
      agency: query.agency,
      categories: [...names].map(([id, name]) => ({ id, name, chosen: id === category })),
      narrowed: query.agency !== '' || category !== '',
      count: found.count,
      managers: found.managers.map((manager) => listed(manager, names, showsEmail)),
      showsEmail,
      page: query.page,
      pages,
      ...(query.page > 1 && { previousHref: hrefOf(Math.min(query.page - 1, pages)) }),
      ...(query.page < pages && { nextHref: hrefOf(query.page + 1) }),
    });
  };
}

function listed(
  { email, categories, ...manager }: Manager,
  names: ReadonlyMap<string, string>,
  showsEmail: boolean,
): ListedManager {
  return {
    ...manager,
    ...(showsEmail && email !== undefined && { email }),
    categories: categories.map((id) => names.get(id) ?? id),
  };
}
