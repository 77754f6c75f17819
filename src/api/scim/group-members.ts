/** Who holds a role, and giving and taking it: each member is a deed of its own. */
import type { Account, AccountId } from '#domain/account.ts';
import { largestPage } from '#domain/account-listing.ts';
import { dayOf } from '#domain/calendar.ts';
import { findRole } from '#domain/catalogue.ts';
import { isInForce } from '#domain/grant.ts';
import { mayActOn, mayGive } from '#domain/permission.ts';
import type { Call } from '../operation.ts';
import { orProblem } from '../outcome.ts';
import { ApiProblem } from '../problem.ts';
import type { ApiServices } from '../services.ts';
import { groupResource } from './group-resource.ts';
import { memberChanges } from './member-changes.ts';
import type { PatchOperation } from './patch.ts';
import { ScimError } from './scim-error.ts';
import { warrantOf } from './warrant-headers.ts';

type Deps = Pick<ApiServices, 'accounts' | 'issuer' | 'catalogue' | 'clock' | 'noteRefusal'>;
type Caller = Pick<Call, 'actor' | 'context' | 'header' | 'params' | 'standingWarrant'>;

export interface GroupMembers {
  /** Throws ScimError `tooMany` beyond 2,000. */
  membersOf(caller: Pick<Caller, 'actor' | 'context'>, role: string): Promise<readonly AccountId[]>;
  /** Changes the members of the group that the path names. Throws ApiProblem, for whoever may not be touched before anything. */
  changeMembers(caller: Caller, operations: readonly PatchOperation[]): Promise<void>;
}

export function createGroupMembers(deps: Deps): GroupMembers {
  const { accounts, issuer, clock } = deps;

  async function membersOf(
    { actor, context }: Pick<Caller, 'actor' | 'context'>,
    role: string,
  ): Promise<readonly AccountId[]> {
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

  /** Those who may not be touched come first: they are refused, and in the trail, before anything is written. */
  async function findMembers(
    { actor }: Pick<Caller, 'actor'>,
    ids: readonly AccountId[],
  ): Promise<readonly Account[]> {
    const found = await Promise.all(ids.map((id) => accounts.findAccount(actor, id)));
    const members = found.map((account) => {
      if (account) return account;
      throw new ScimError('invalidValue', 'members: no such user');
    });
    const isRefused = (account: Account) => !mayActOn(actor, 'set-roles', account).ok;
    return [...members.filter(isRefused), ...members.filter((account) => !isRefused(account))];
  }

  /** Gives and takes, one deed each. */
  async function changeMembers(call: Caller, operations: readonly PatchOperation[]): Promise<void> {
    const warrant = warrantOf(call);
    const code = call.params['role'] ?? '';
    const catalogue = await deps.catalogue.readCatalogue();
    const role = findRole(catalogue, code);
    if (!role) throw new ApiProblem('not-found');
    const permission = mayGive(call.actor, catalogue, code);
    if (!permission.ok) {
      await deps.noteRefusal(call.context, { reason: permission.why, route: '/Groups/{role}' });
      throw new ApiProblem('not-permitted', { why: permission.why, about: code });
    }
    const { given, taken } = await memberChanges(groupResource(issuer, role), operations, () =>
      membersOf(call, code),
    );
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
  }

  return { membersOf, changeMembers };
}
