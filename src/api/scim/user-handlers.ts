/** Users: what SCIM asks is turned into the deeds of the registration service, and their outcome into its answers. */
import { isActivated } from '#accounts/management/set-status.ts';
import type { Account, AccountId } from '#domain/account.ts';
import { editOfInput, openingOfInput } from '../account-input.ts';
import { revisionIn } from '../http/revision-tag.ts';
import type { Answer, Call, Handlers } from '../operation.ts';
import { orProblem } from '../outcome.ts';
import { ApiProblem } from '../problem.ts';
import type { ApiServices } from '../services.ts';
import { canonicalResource } from './canonical.ts';
import { findUsers } from './find-users.ts';
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
import { applyPatch } from './patch.ts';
import { project } from './projection.ts';
import type { Resource } from './resource.ts';
import { userType } from './resource-type.ts';
import { changeOf, officeOf, openingOf, type UserChange } from './user-input.ts';
import { addressOf, userResource, versionOf } from './user-resource.ts';
import { warrantOf } from './warrant-headers.ts';

type Deps = Pick<ApiServices, 'accounts' | 'organizations' | 'issuer' | 'noteRefusal'>;
type Caller = Pick<Call, 'actor' | 'context' | 'header' | 'id' | 'standingWarrant'>;
type UserOperations = Pick<
  typeof scimOperations,
  'listUsers' | 'searchUsers' | 'getUser' | 'createUser' | 'replaceUser' | 'patchUser' | 'deleteUser'
>;

export interface Users {
  readonly list: (caller: Pick<Call, 'actor' | 'context'>, asked: AskedList) => Promise<ListDocument>;
  readonly handlers: Handlers<UserOperations>;
}

export function createUsers(deps: Deps): Users {
  const { accounts, organizations, issuer } = deps;

  async function find({ actor }: Pick<Call, 'actor'>, id: AccountId): Promise<Account> {
    const account = await accounts.findAccount(actor, id);
    if (!account) throw new ApiProblem('not-found');
    return account;
  }

  function answer(account: Account, wanted: Wanted): Answer {
    return {
      body: project(userType, userResource(issuer, account), wanted),
      headers: { ETag: versionOf(account), Location: addressOf(issuer, `/Users/${account.id}`) },
    };
  }

  async function list(caller: Pick<Call, 'actor' | 'context'>, asked: AskedList): Promise<ListDocument> {
    const { accounts: found, total, nextCursor } = await findUsers(deps, caller, asked);
    // A list tells less than a user has. Whoever was removed meanwhile is left out.
    const whole = await Promise.all(found.map(({ id }) => accounts.findAccount(caller.actor, id)));
    const resources = whole.flatMap((account) =>
      account ? [project(userType, userResource(issuer, account), asked)] : [],
    );
    return {
      schemas: [listSchemaId],
      ...(total !== undefined && { totalResults: total }),
      itemsPerPage: resources.length,
      ...(asked.cursor === undefined && { startIndex: asked.startIndex }),
      ...(nextCursor !== undefined && { nextCursor }),
      Resources: resources,
    };
  }

  /** The account as it was seen: by If-Match, or as it is now. */
  async function seen(call: Caller): Promise<Account> {
    const account = await accounts.findAccount(call.actor, call.id);
    if (!account) {
      // Somebody else's id is the first thing that an intruder tries.
      await deps.noteRefusal(call.context, { reason: 'not-found', route: '/Users/{id}' });
      throw new ApiProblem('not-found');
    }
    const tag = call.header('If-Match');
    const isOther = tag !== '' && tag !== '*' && revisionIn(tag) !== account.revision;
    if (isOther) throw new ApiProblem('changed-meanwhile');
    return account;
  }

  async function change(call: Caller, account: Account, after: Resource): Promise<Account> {
    const warrant = warrantOf(call);
    const { edit: input, active }: UserChange = changeOf(userResource(issuer, account), after);
    const edit = input && (await editOfInput(organizations, call.actor, input));
    let { revision } = account;
    // First what is more likely to be refused: a refusal then leaves all as it was.
    if (active !== undefined) {
      // Who was never let in is let in as at the beginning: by the first login.
      const status = !active ? 'disabled' : isActivated(account) ? 'enabled' : 'not-opened';
      const outcome = await accounts.setStatus(
        call.actor,
        { id: account.id, revision },
        status,
        warrant,
        call.context,
      );
      ({ revision } = orProblem(outcome));
    }
    if (edit) {
      orProblem(
        await accounts.modifyAccount(call.actor, { id: account.id, revision }, edit, warrant, call.context),
      );
    }
    return find(call, account.id);
  }

  const handlers: Users['handlers'] = {
    listUsers: async (call) => ({ body: await list(call, askedByAddress(call.query)) }),
    searchUsers: async (call) => ({ body: await list(call, askedByBody(call.body)) }),
    getUser: async (call) => answer(await find(call, call.id), wantedOf(call.query)),
    async createUser(call) {
      const warrant = warrantOf(call);
      const resource = officeOf(canonicalResource(userType, call.body));
      const input = await openingOfInput(organizations, call.actor, openingOf(resource));
      const { account } = orProblem(await accounts.openAccount(call.actor, input, warrant, call.context));
      if (resource['active'] !== false) return answer(account, wantedOf(call.query));
      orProblem(await accounts.setStatus(call.actor, account, 'disabled', warrant, call.context));
      return answer(await find(call, account.id), wantedOf(call.query));
    },
    async replaceUser(call) {
      const account = await seen(call);
      const after = officeOf(canonicalResource(userType, call.body), userResource(issuer, account));
      return answer(await change(call, account, after), wantedOf(call.query));
    },
    async patchUser(call) {
      const account = await seen(call);
      const after = applyPatch(userType, userResource(issuer, account), call.body.Operations);
      return answer(await change(call, account, after), wantedOf(call.query));
    },
    async deleteUser(call) {
      const warrant = warrantOf(call);
      const { id, revision } = await seen(call);
      const outcomes = await accounts.removeAccounts(call.actor, [{ id, revision }], warrant, call.context);
      const outcome = outcomes.get(id);
      if (outcome) orProblem(outcome);
      return {};
    },
  };
  return { list, handlers };
}
