/**
 * Filters of groups. Members are not loaded for them: whom a filter names is looked up, and is a member of the roles that they hold.
 * Whatever else is asked of members is refused. What groups do not have has no value.
 */
import { findPath, groupType, isExactIn } from '../resource-type.ts';
import type { Resource } from '../resource.ts';
import { ScimError } from '../scim-error.ts';
import { meetsFilter } from './evaluate.ts';
import type { AttributePath, Filter } from './filter.ts';
import { parseFilter } from './parse-filter.ts';

/** Judges groups that have no members yet. Throws ScimError `invalidFilter`. */
export async function readGroupFilter(
  text: string,
  rolesOf: (member: string) => Promise<readonly string[]>,
): Promise<(group: Resource) => boolean> {
  const filter = parseFilter(text);
  const held = new Map<string, readonly string[]>();
  for (const member of membersNamed(filter)) held.set(member, await rolesOf(member));
  const isExact = isExactIn(groupType);
  return (group) => {
    const ofGroup = [...held].filter(([, roles]) => roles.some((role) => role === group['id']));
    return meetsFilter({ ...group, members: ofGroup.map(([value]) => ({ value })) }, filter, isExact);
  };
}

/** `of` is the attribute that brackets stand behind. */
function membersNamed(filter: Filter, of?: AttributePath): readonly string[] {
  switch (filter.op) {
    case 'and':
    case 'or':
      return [...membersNamed(filter.left, of), ...membersNamed(filter.right, of)];
    case 'not':
      return membersNamed(filter.filter, of);
    case 'some':
      return membersNamed(filter.filter, filter.path);
    default: {
      const { attribute, sub } =
        findPath(groupType, of ? { ...of, sub: filter.path.name } : filter.path) ?? {};
      if (attribute?.name !== 'members') return [];
      const isWho = sub === undefined || sub.name === 'value';
      if (isWho && filter.op === 'eq' && typeof filter.value === 'string') return [filter.value];
      throw new ScimError('invalidFilter', 'members are looked for by value and eq alone');
    }
  }
}
