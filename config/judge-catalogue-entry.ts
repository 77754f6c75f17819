/** Judges one entry of the catalogue by the schema and the rules of the catalogue file. */
import { checkCatalogue } from './rules/catalogue.ts';
import { category, role, system, type CatalogueValues } from './schema/catalogue.ts';

/** `value` as the file has it; of a role, `within` is the category that it lies in. */
export type CatalogueCandidate =
  | { readonly kind: 'category' | 'system'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'role'; readonly within: string; readonly value: Readonly<Record<string, unknown>> };

/** The keys that are at fault; none: it may stand in `catalogue`, which has it already or not. */
export function faultyKeysOf(candidate: CatalogueCandidate, catalogue: CatalogueValues): readonly string[] {
  const schemas = { category, role, system };
  const parsed = schemas[candidate.kind].safeParse(candidate.value);
  if (!parsed.success) return [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? '')))];
  if (candidate.kind === 'role' && !catalogue.categories.some(({ id }) => id === candidate.within))
    return ['category'];
  const { whole, place } = placed(candidate, catalogue);
  const faults = checkCatalogue(whole).filter(({ path }) => place.every((part, at) => path[at] === part));
  return [...new Set(faults.map(({ path }) => String(path[place.length] ?? '')))];
}

function placed(candidate: CatalogueCandidate, { categories, systems }: CatalogueValues) {
  const { kind, value } = candidate;
  if (kind === 'system') {
    const [all, at] = put(systems, value, 'id');
    return { whole: { categories, systems: all }, place: ['systems', at] };
  }
  if (kind === 'category') {
    const roles = categories.find(({ id }) => id === value['id'])?.roles ?? [];
    const [all, at] = put(categories, { ...value, roles }, 'id');
    return { whole: { categories: all, systems }, place: ['categories', at] };
  }
  const within = categories.findIndex(({ id }) => candidate.kind === 'role' && id === candidate.within);
  const [roles, at] = put(categories[within]?.roles ?? [], value, 'code');
  const all = categories.map((each, index) => (index === within ? { ...each, roles } : each));
  return { whole: { categories: all, systems }, place: ['categories', within, 'roles', at] };
}

function put(
  list: readonly object[],
  value: Readonly<Record<string, unknown>>,
  key: string,
): [readonly object[], number] {
  const at = list.findIndex((each) => (each as Record<string, unknown>)[key] === value[key]);
  return at < 0 ? [[...list, value], list.length] : [list.with(at, value), at];
}
