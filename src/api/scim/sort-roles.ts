/** Roles in the order that is asked for (RFC 7644, section 3.4.2.3); without one, in that of the catalogue. */
import type { Role } from '#domain/catalogue.ts';
import { parsePath } from './filter/parse-filter.ts';
import type { AskedList } from './list-query.ts';
import type { Resource } from './resource.ts';
import { findPath, groupType } from './resource-type.ts';
import { ScimError } from './scim-error.ts';

const sortable = ['displayName', 'id'] as const;
type Sortable = (typeof sortable)[number];

export function ordersRoles(sortBy: string): boolean {
  return sortableOf(sortBy) !== undefined;
}

/** Throws ScimError `invalidValue` for what groups are not sorted by. */
export function sortRoles(
  roles: readonly Role[],
  { sortBy, descending }: Pick<AskedList, 'sortBy' | 'descending'>,
  resourceOf: (role: Role) => Resource,
): readonly Role[] {
  if (sortBy === undefined) return roles;
  const name = sortableOf(sortBy);
  if (name === undefined) throw new ScimError('invalidValue', `sortBy: ${sortable.join(' or ')}`);
  const keyed = roles.map((role) => ({ role, key: keyOf(resourceOf(role), name) }));
  const sign = descending ? -1 : 1;
  const sorted = keyed.toSorted((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -sign : sign));
  return sorted.map(({ role }) => role);
}

function sortableOf(sortBy: string): Sortable | undefined {
  const { attribute, sub } = findPath(groupType, parsePath(sortBy)) ?? {};
  return sub ? undefined : sortable.find((name) => name === attribute?.name);
}

/** Without regard to case, except what is compared exactly. */
function keyOf(resource: Resource, name: Sortable): string {
  const value = String(resource[name]);
  return name === 'id' ? value : value.toLowerCase();
}
