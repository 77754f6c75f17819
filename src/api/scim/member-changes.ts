/** What a PATCH of a group means: who is to hold the role, and who not any more. Throws ScimError. */
import { parseAccountId, type AccountId } from '#domain/account.ts';
import type { Filter } from './filter/filter.ts';
import { parsePath } from './filter/parse-filter.ts';
import { applyPatch, type PatchOperation } from './patch.ts';
import { asList, isObject, valueIn, type Json, type Resource } from './resource.ts';
import { groupType } from './resource-type.ts';
import { ScimError } from './scim-error.ts';

export interface MemberChanges {
  readonly given: readonly AccountId[];
  readonly taken: readonly AccountId[];
}

/** Members of one request at most: each is a change of its own. */
export const mostMembers = 100;

/**
 * Without the members where the operations name all whom they mean; `readMembers` is asked where they mean everybody who
 * holds it.
 */
export async function memberChanges(
  group: Resource,
  operations: readonly PatchOperation[],
  readMembers: () => Promise<readonly AccountId[]>,
): Promise<MemberChanges> {
  const changes = named(operations) ?? compared(group, operations, await readMembers());
  if (changes.given.length + changes.taken.length > mostMembers)
    throw new ScimError('tooMany', `${mostMembers} members in one request at most`);
  return changes;
}

function named(operations: readonly PatchOperation[]): MemberChanges | undefined {
  const holds = new Map<AccountId, boolean>();
  for (const { op, path, value } of operations) {
    const parsed = path === undefined ? undefined : parsePath(path);
    if (parsed?.name.toLowerCase() !== 'members' || parsed.sub !== undefined || op === 'replace')
      return undefined;
    const ids = parsed.filter ? idsIn(parsed.filter) : value === undefined ? undefined : idsOf(value as Json);
    // A filter is for those who are there.
    if (!ids || (op === 'add' && parsed.filter)) return undefined;
    for (const id of ids) holds.set(id, op === 'add');
  }
  const which = (wanted: boolean) => [...holds].filter(([, held]) => held === wanted).map(([id]) => id);
  return { given: which(true), taken: which(false) };
}

/** `members[value eq "…"]`, several of them by `or`. */
function idsIn(filter: Filter): readonly AccountId[] | undefined {
  if (filter.op === 'or') {
    const [left, right] = [idsIn(filter.left), idsIn(filter.right)];
    return left && right && [...left, ...right];
  }
  const isValue = filter.op === 'eq' && filter.path.name.toLowerCase() === 'value';
  return isValue ? [memberId(filter.value)] : undefined;
}

function compared(
  group: Resource,
  operations: readonly PatchOperation[],
  members: readonly AccountId[],
): MemberChanges {
  const before: Resource = { ...group, members: members.map((value) => ({ value })) };
  const after = new Set(idsOf(applyPatch(groupType, before, operations)['members'] ?? []));
  const were = new Set(members);
  return {
    given: [...after].filter((id) => !were.has(id)),
    taken: [...were].filter((id) => !after.has(id)),
  };
}

function idsOf(value: Json): readonly AccountId[] {
  return asList(value).map((member) =>
    memberId(isObject(member) ? (valueIn(member, 'value') ?? null) : null),
  );
}

function memberId(value: Json): AccountId {
  const id = typeof value === 'string' ? parseAccountId(value) : undefined;
  if (!id) throw new ScimError('invalidValue', 'members: value is the id of a user');
  return id;
}
