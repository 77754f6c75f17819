import type { Catalogue } from '#domain/catalogue.ts';
import type { CatalogueKind } from '#domain/catalogue-register.ts';
import { optionsOf, type Option } from '../registry-parts.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import { withStored, type Differences } from '../seen-form.ts';
import type { CatalogueModel, EntryFormModel } from './catalogue-model.ts';
import type { TypedEntry } from './entry-form.ts';

export const catalogueHref = '/registry/catalogue';

const paths = { category: 'categories', role: 'roles', system: 'systems' } as const;

export function kindOfPath(path: string): CatalogueKind | undefined {
  return (Object.keys(paths) as CatalogueKind[]).find((kind) => paths[kind] === path);
}

export function entryHref(kind: CatalogueKind, id?: string): string {
  const all = `${catalogueHref}/${paths[kind]}`;
  return id === undefined ? all : `${all}/${encodeURIComponent(id)}`;
}

type Facts = Omit<CatalogueModel, keyof RegistryFrameModel | 'seconds' | 'notice'>;

export async function catalogueFacts(
  { categories, systems }: Catalogue,
  partiesServing: (system: string) => Promise<readonly string[]>,
): Promise<Facts> {
  const listed = categories.map(({ id, name, roles }) => ({
    id,
    name,
    href: entryHref('category', id),
    newRoleHref: `${entryHref('role')}/new?category=${encodeURIComponent(id)}`,
    roles: roles.map(({ code, name: of, requires, withoutCertificate }) => ({
      code,
      name: of,
      href: entryHref('role', code),
      requires,
      withoutCertificate,
    })),
  }));
  const shownSystems = systems.map(async ({ id, name, admitsCategories, admitsRoles, leastRequirement }) => ({
    id,
    name,
    href: entryHref('system', id),
    admits: [...admitsCategories, ...admitsRoles],
    leastRequirement,
    parties: await partiesServing(id),
  }));
  return {
    listed,
    systems: await Promise.all(shownSystems),
    newCategoryHref: `${entryHref('category')}/new`,
    newSystemHref: `${entryHref('system')}/new`,
  };
}

type Choices = Pick<
  EntryFormModel,
  'requirements' | 'leastRequirements' | 'inCategories' | 'givenBy' | 'admitsCategories' | 'admitsRoles'
>;

export function formChoices(
  { categories }: Catalogue,
  typed: TypedEntry,
  differences: Differences = {},
): Choices {
  const requirements = ['certificate', 'second-factor'];
  const named = (
    all: readonly { id: string; name: string }[],
    chosen: readonly string[],
  ): readonly Option[] => {
    const known = new Set(all.map(({ id }) => id));
    // What is named and is there no more can still be taken out.
    const gone = chosen.filter((id) => !known.has(id)).map((id) => ({ id, name: id }));
    return [...all, ...gone].map(({ id, name }) => ({
      value: id,
      text: name,
      note: id,
      chosen: chosen.includes(id),
    }));
  };
  const roles = categories.flatMap((category) =>
    category.roles.map(({ code, name }) => ({ id: code, name })),
  );
  return {
    requirements: withStored(optionsOf(requirements, [typed.requires]), differences['requires']),
    leastRequirements: withStored(
      optionsOf(requirements, [typed.leastRequirement]),
      differences['leastRequirement'],
    ),
    inCategories: named(categories, typed.category === '' ? [] : [typed.category]),
    givenBy: withStored(
      named(
        categories.filter(({ id }) => id !== typed.category),
        typed.givenByCategories,
      ),
      differences['givenByCategories'],
    ),
    admitsCategories: withStored(named(categories, typed.admitsCategories), differences['admitsCategories']),
    admitsRoles: withStored(named(roles, typed.admitsRoles), differences['admitsRoles']),
  };
}
