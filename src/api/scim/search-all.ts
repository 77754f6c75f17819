/** A search over all kinds of resources (RFC 7644, section 3.4.3, at the root): users first, then groups, counted through. */
import type { Handlers } from '../operation.ts';
import type { Groups } from './group-handlers.ts';
import { askedByBody, listSchemaId, type ListDocument } from './list-query.ts';
import type { scimOperations } from './operations.ts';
import { ScimError } from './scim-error.ts';
import { ordersRoles } from './sort-roles.ts';
import type { Users } from './user-handlers.ts';

type Kinds = { readonly users: Pick<Users, 'list'>; readonly groups: Pick<Groups, 'list'> };

export function searchAllHandler({
  users,
  groups,
}: Kinds): Handlers<Pick<typeof scimOperations, 'searchAll'>>['searchAll'] {
  return async (call) => {
    const asked = askedByBody(call.body);
    if (asked.cursor !== undefined)
      throw new ScimError(
        'invalidValue',
        'cursor is for one kind of resource; over all of them by startIndex',
      );
    const first = await users.list(call, asked);
    const { totalResults: before } = first;
    if (before === undefined) throw new ScimError('tooMany', 'narrow the filter, or list users by cursor');
    const startIndex = Math.max(1, asked.startIndex - before);
    const count = asked.count - first.itemsPerPage;
    const { sortBy, ...others } = asked;
    // What orders users alone leaves groups as they are, not refused.
    const order = sortBy !== undefined && ordersRoles(sortBy) ? { sortBy } : {};
    const second = await groups.list(call, { ...others, ...order, startIndex, count });
    const body: ListDocument = {
      schemas: [listSchemaId],
      totalResults: before + (second.totalResults ?? 0),
      itemsPerPage: first.itemsPerPage + second.itemsPerPage,
      startIndex: asked.startIndex,
      Resources: [...first.Resources, ...second.Resources],
    };
    return { body };
  };
}
