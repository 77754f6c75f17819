/** Groups are roles that the client may give; members are those who hold one. Which roles there are is not SCIM's to change. */
import type { Account, AccountId } from '#domain/account.ts';
import { largestPage } from '#domain/account-listing.ts';
import { dayOf } from '#domain/calendar.ts';
import { findRole, type Role } from '#domain/catalogue.ts';
import { isInForce } from '#domain/grant.ts';
import { mayActOn, mayGive } from '#domain/permission.ts';
import type { Answer, Call, Handlers } from '../operation.ts';
import { orProblem } from '../outcome.ts';
import { ApiProblem } from '../problem.ts';
import type { ApiServices } from '../services.ts';
import { meetsFilter } from './filter/evaluate.ts';
import { parseFilter } from './filter/parse-filter.ts';
import { groupSchemaId } from './group-schema.ts';
import {
  askedByAddress,
  askedByBody,
  listSchemaId,
  wantedOf,
  type AskedList,
  type Wanted,
} from './list-query.ts';
import { memberChanges } from './member-changes.ts';
import type { scimOperations } from './operations.ts';
import { isRequested, project } from './projection.ts';
import type { Resource } from './resource.ts';
import { groupType, isExactIn } from './resource-type.ts';
import { ScimError } from './scim-error.ts';
import { addressOf } from './user-resource.ts';
import { warrantOf } from './warrant-headers.ts';

type Deps = Pick<ApiServices, 'accounts' | 'issuer' | 'catalogue' | 'clock' | 'noteRefusal'>;
type Caller = Pick<Call, 'actor' | 'context' | 'header'>;
type GroupOperations = Pick<typeof scimOperations, 'listGroups' | 'searchGroups' | 'getGroup' | 'patchGroup'>;

export function groupHandlers(deps: Deps): Handlers<GroupOperations> {
  const { accounts, issuer, clock } = deps;

  async function givable({ actor }: Caller): Promise<readonly Role[]> {
    const catalogue = await deps.catalogue.readCatalogue();
    const roles = catalogue.categories.flatMap((category) => category.roles);
    return roles.filter(({ code }) => mayGive(actor, catalogue, code).ok);
  }

  async function membersOf({ actor, context }: Caller, role: string): Promise<readonly AccountId[]> {
    const ids: AccountId[] = [];
    for (let page = 1; ; page += 1) {
      const request = {
        order: 'name',
        descending: false,
        pageSize: largestPage,
        page,
        criteria: { role },
      } as const;
      const found = orProblem(await accounts.listAccounts(actor, request, context));
      if (found.kind === 'beyond')
        throw new ScimError('tooMany', 'so many hold it that they are not listed here');
      ids.push(...found.accounts.map(({ id }) => id));
      if (page * largestPage >= found.count) return ids;
    }
  }

  async function shown(caller: Caller, role: Role, wanted: Wanted): Promise<Resource> {
    const ids = isRequested(groupType, wanted, 'members') ? await membersOf(caller, role.code) : undefined;
    const members = ids?.map((value) => ({
      value,
      type: 'User',
      $ref: addressOf(issuer, `/Users/${value}`),
    }));
    return project(groupType, { ...resourceOf(issuer, role), ...(members && { members }) }, wanted);
  }

  async function list(caller: Caller, asked: AskedList): Promise<Answer> {
    const filter = asked.filter === undefined ? undefined : parseFilter(asked.filter);
    const isExact = isExactIn(groupType);
    const roles = (await givable(caller)).filter(
      (role) => !filter || meetsFilter(resourceOf(issuer, role), filter, isExact),
    );
    const { startIndex, count } = asked;
    const page = roles.slice(startIndex - 1, startIndex - 1 + count);
    const resources: Resource[] = [];
    for (const role of page) resources.push(await shown(caller, role, asked));
    const body = {
      schemas: [listSchemaId],
      totalResults: roles.length,
      itemsPerPage: page.length,
      startIndex,
    };
    return { body: { ...body, Resources: resources } };
  }

  /** Those who may not be touched come first: they are refused, and in the trail, before anything is written. */
  async function findMembers({ actor }: Caller, ids: readonly AccountId[]): Promise<readonly Account[]> {
    const found = await Promise.all(ids.map((id) => accounts.findAccount(actor, id)));
    const members = found.map((account) => {
      if (account) return account;
      throw new ScimError('invalidValue', 'members: no such user');
    });
    const isRefused = (account: Account) => !mayActOn(actor, 'set-roles', account).ok;
    return [...members.filter(isRefused), ...members.filter((account) => !isRefused(account))];
  }

  return {
    listGroups: (call) => list(call, askedByAddress(call.query)),
    searchGroups: (call) => list(call, askedByBody(call.body)),
    async getGroup(call) {
      const role = (await givable(call)).find(({ code }) => code === call.params['role']);
      if (!role) throw new ApiProblem('not-found');
      return { body: await shown(call, role, wantedOf(call.query)) };
    },
    async patchGroup(call) {
      const warrant = warrantOf(call);
      const code = call.params['role'] ?? '';
      const catalogue = await deps.catalogue.readCatalogue();
      if (!findRole(catalogue, code)) throw new ApiProblem('not-found');
      const permission = mayGive(call.actor, catalogue, code);
      if (!permission.ok) {
        await deps.noteRefusal(call.context, { reason: permission.why, route: '/Groups/{role}' });
        throw new ApiProblem('not-permitted', { why: permission.why, about: code });
      }
      const { given, taken } = await memberChanges(call.body.Operations, () => membersOf(call, code));
      const today = dayOf(clock.now());
      for (const account of await findMembers(call, [...given, ...taken])) {
        const isGiven = given.includes(account.id);
        // An end that somebody has set stays; what has ended by itself is left out.
        const held = account.grants.filter(
          (grant) => mayGive(call.actor, catalogue, grant.role).ok && isInForce(grant, today),
        );
        const isHeld = held.some(({ role }) => role === code);
        if (isHeld === isGiven && mayActOn(call.actor, 'set-roles', account).ok) continue;
        const wanted = isGiven ? [...held, { role: code }] : held.filter(({ role }) => role !== code);
        const { id, revision } = account;
        orProblem(await accounts.setRoles(call.actor, { id, revision }, wanted, warrant, call.context));
      }
      return {};
    },
  };
}

function resourceOf(issuer: string, { code, name }: Role): Resource {
  return {
    schemas: [groupSchemaId],
    id: code,
    displayName: `${code} ${name}`,
    meta: { resourceType: 'Group', location: addressOf(issuer, `/Groups/${code}`) },
  };
}
