/** Groups are roles that the client may give; members are those who hold one. Which roles there are is not SCIM's to change. */
import { parseAccountId } from '#domain/account.ts';
import type { Role } from '#domain/catalogue.ts';
import { mayGive } from '#domain/permission.ts';
import type { Answer, Call, Handlers } from '../operation.ts';
import { ApiProblem } from '../problem.ts';
import type { ApiServices } from '../services.ts';
import { canonicalResource } from './canonical.ts';
import { readGroupFilter } from './filter/group-filter.ts';
import { createGroupMembers } from './group-members.ts';
import { groupResource } from './group-resource.ts';
import {
  askedByAddress,
  askedByBody,
  listSchemaId,
  wantedOf,
  type AskedList,
  type ListDocument,
  type Wanted,
} from './list-query.ts';
import type { scimOperations } from './operations.ts';
import { isRequested, project } from './projection.ts';
import type { PatchOperation } from './patch.ts';
import { asList, valueIn, type Resource } from './resource.ts';
import { groupType } from './resource-type.ts';
import { ScimError } from './scim-error.ts';
import { sortRoles } from './sort-roles.ts';
import { addressOf } from './user-resource.ts';

type Deps = Pick<ApiServices, 'accounts' | 'issuer' | 'catalogue' | 'clock' | 'noteRefusal'>;
type Caller = Pick<Call, 'actor' | 'context' | 'header'>;
type GroupOperations = Pick<
  typeof scimOperations,
  'listGroups' | 'searchGroups' | 'getGroup' | 'replaceGroup' | 'patchGroup'
>;

/** Groups of an answer at most that tells members, of whom each has up to 2,000: fewer than asked are allowed (RFC 7644, 3.4.2.4). */
export const mostWithMembers = 5;

export interface Groups {
  readonly list: (caller: Caller, asked: AskedList) => Promise<ListDocument>;
  readonly handlers: Handlers<GroupOperations>;
}

export function createGroups(deps: Deps): Groups {
  const { issuer } = deps;
  const { membersOf, changeMembers } = createGroupMembers(deps);

  async function givable({ actor }: Caller): Promise<readonly Role[]> {
    const catalogue = await deps.catalogue.readCatalogue();
    const roles = catalogue.categories.flatMap((category) => category.roles);
    return roles.filter(({ code }) => mayGive(actor, catalogue, code).ok);
  }

  async function shown(caller: Caller, role: Role, wanted: Wanted): Promise<Resource> {
    const ids = isRequested(groupType, wanted, 'members') ? await membersOf(caller, role.code) : undefined;
    const members = ids?.map((value) => ({
      value,
      type: 'User',
      $ref: addressOf(issuer, `/Users/${value}`),
    }));
    return project(groupType, { ...groupResource(issuer, role), ...(members && { members }) }, wanted);
  }

  async function list(caller: Caller, asked: AskedList): Promise<ListDocument> {
    const rolesOf = async (member: string) => {
      const id = parseAccountId(member);
      const account = id && (await deps.accounts.findAccount(caller.actor, id));
      return account ? account.grants.map(({ role }) => role) : [];
    };
    const meets = asked.filter === undefined ? undefined : await readGroupFilter(asked.filter, rolesOf);
    const found = (await givable(caller)).filter((role) => !meets || meets(groupResource(issuer, role)));
    const roles = sortRoles(found, asked, (role) => groupResource(issuer, role));
    const { startIndex } = asked;
    const most = isRequested(groupType, asked, 'members') ? mostWithMembers : asked.count;
    const count = Math.min(asked.count, most);
    const page = roles.slice(startIndex - 1, startIndex - 1 + count);
    const resources: Resource[] = [];
    for (const role of page) resources.push(await shown(caller, role, asked));
    return {
      schemas: [listSchemaId],
      totalResults: roles.length,
      itemsPerPage: page.length,
      startIndex,
      Resources: resources,
    };
  }

  async function read(
    call: Caller & Pick<Call<GroupOperations['getGroup']>, 'params' | 'query'>,
  ): Promise<Answer> {
    const role = (await givable(call)).find(({ code }) => code === call.params['role']);
    if (!role) throw new ApiProblem('not-found');
    return { body: await shown(call, role, wantedOf(call.query)) };
  }

  const handlers: Groups['handlers'] = {
    listGroups: async (call) => ({ body: await list(call, askedByAddress(call.query)) }),
    searchGroups: async (call) => ({ body: await list(call, askedByBody(call.body)) }),
    getGroup: read,
    async replaceGroup(call) {
      // Who reads a group does not see its members: to leave them out cannot mean to take the role from everybody.
      if (valueIn(call.body as Resource, 'members') === undefined)
        throw new ScimError('invalidValue', 'members is needed, [] for nobody');
      const members = asList(canonicalResource(groupType, call.body)['members']) as PatchOperation['value'];
      await changeMembers(call, [{ op: 'replace', path: 'members', value: members ?? [] }]);
      return read(call);
    },
    async patchGroup(call) {
      await changeMembers(call, call.body.Operations);
      // Whoever names attributes is told them; a group alone says nothing new (RFC 7644, section 3.5.2).
      const { attributes, excludedAttributes } = call.query;
      return attributes === undefined && excludedAttributes === undefined ? {} : read(call);
    },
  };
  return { list, handlers };
}
