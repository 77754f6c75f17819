/** Ports by which the catalogue is changed, an entry at a time. */
import type { Actor } from './actor.ts';
import type { Catalogue, Category, Role, System } from './catalogue.ts';

export type CatalogueEntry =
  | { readonly kind: 'category'; readonly category: Omit<Category, 'roles'> }
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'system'; readonly system: System };

export type CatalogueKind = CatalogueEntry['kind'];

/** In the directory. Writing throws `not-permitted` for an actor who does not see everything. */
export interface CatalogueRegister {
  /** As the directory has it at this moment. */
  readCatalogueNow(): Promise<Catalogue>;
  /** Throws `not-unique` when there is one of that id. */
  addEntry(actor: Actor, entry: CatalogueEntry): Promise<void>;
  /** From the state that was seen to another of the same id; throws `changed-meanwhile` when it is no longer in that. */
  changeEntry(actor: Actor, seen: CatalogueEntry, entry: CatalogueEntry): Promise<void>;
  /** Throws `changed-meanwhile` when it is gone, or a category that has roles. */
  removeEntry(actor: Actor, entry: CatalogueEntry): Promise<void>;
}

/** In the records: what was removed here and must not come back from the configured catalogue at the next start. */
export interface CatalogueRemovals {
  listRemovals(): Promise<readonly CatalogueName[]>;
  noteRemoval(name: CatalogueName): Promise<void>;
  forgetRemoval(name: CatalogueName): Promise<void>;
}

export interface CatalogueName {
  readonly kind: CatalogueKind;
  readonly id: string;
}

/** An entry that names another one by its id. */
export interface NamingEntry extends CatalogueName {
  readonly name: string;
}

export function nameOfEntry(entry: CatalogueEntry): CatalogueName {
  const { kind } = entry;
  if (kind === 'category') return { kind, id: entry.category.id };
  return { kind, id: kind === 'role' ? entry.role.code : entry.system.id };
}

export function findEntry(catalogue: Catalogue, { kind, id }: CatalogueName): CatalogueEntry | undefined {
  if (kind === 'system') {
    const system = catalogue.systems.find((each) => each.id === id);
    return system && { kind, system };
  }
  if (kind === 'role') {
    const role = catalogue.categories.flatMap(({ roles }) => roles).find(({ code }) => code === id);
    return role && { kind, role };
  }
  const category = catalogue.categories.find((each) => each.id === id);
  return category && { kind, category: { id: category.id, name: category.name } };
}

/** What in the catalogue names that id, whether there is an entry of it or not. Relying parties name systems, entries do not. */
export function entriesNaming(catalogue: Catalogue, { kind, id: named }: CatalogueName): NamingEntry[] {
  if (kind === 'system') return [];
  const systems = catalogue.systems
    .filter(({ admitsCategories, admitsRoles }) =>
      (kind === 'category' ? admitsCategories : admitsRoles).includes(named),
    )
    .map(({ id, name }) => ({ kind: 'system' as const, id, name }));
  if (kind === 'role') return systems;
  const roles = catalogue.categories
    .flatMap((category) => category.roles)
    .filter(({ category, givenByCategories = [] }) => category !== named && givenByCategories.includes(named))
    .map(({ code, name }) => ({ kind: 'role' as const, id: code, name }));
  return [...systems, ...roles];
}

/** The catalogue as the entry would leave it. */
export function withEntry(catalogue: Catalogue, entry: CatalogueEntry): Catalogue {
  const { categories, systems } = catalogue;
  if (entry.kind === 'system')
    return { categories, systems: replaced(systems, entry.system, ({ id }) => id) };
  if (entry.kind === 'category') {
    const { id } = entry.category;
    const roles = categories.find((category) => category.id === id)?.roles ?? [];
    return { categories: replaced(categories, { ...entry.category, roles }, (each) => each.id), systems };
  }
  const { role } = entry;
  return {
    categories: categories.map((category) =>
      category.id === role.category
        ? { ...category, roles: replaced(category.roles, role, ({ code }) => code) }
        : category,
    ),
    systems,
  };
}

/** `catalogue` without the entries of those names; what lies in a removed category goes with it. */
export function withoutEntries(catalogue: Catalogue, names: readonly CatalogueName[]): Catalogue {
  const isGone = (kind: CatalogueKind, id: string) =>
    names.some((name) => name.kind === kind && name.id === id);
  return {
    categories: catalogue.categories
      .filter(({ id }) => !isGone('category', id))
      .map((category) => ({
        ...category,
        roles: category.roles.filter(({ code }) => !isGone('role', code)),
      })),
    systems: catalogue.systems.filter(({ id }) => !isGone('system', id)),
  };
}

function replaced<T>(list: readonly T[], value: T, keyOf: (each: T) => string): readonly T[] {
  const at = list.findIndex((each) => keyOf(each) === keyOf(value));
  return at < 0 ? [...list, value] : list.with(at, value);
}
