/** What each operation on accounts does: the deed of the registration service, and its outcome as an answer. */
import { Readable } from 'node:stream';
import type { DeedOutcome } from '#accounts/management/deed-outcome.ts';
import type { AccountId } from '#domain/account.ts';
import type { AccountSummary } from '#domain/account-listing.ts';
import type { ClientActor } from '#domain/actor.ts';
import { editOfInput, openingOfInput, type EditInput } from '../account-input.ts';
import { entityTag } from '../http/revision-tag.ts';
import type { Answer, Call, Handlers } from '../operation.ts';
import { orProblem, problemOf } from '../outcome.ts';
import { ApiProblem } from '../problem.ts';
import type { ApiServices } from '../services.ts';
import { viewOf, viewOfSummary } from './account-view.ts';
import { actOnce } from './once.ts';
import type { accountOperations } from './operations.ts';
import { pageView, requestOf, type AskedList } from './pages-of.ts';

type Deps = Pick<ApiServices, 'accounts' | 'organizations' | 'oneTime' | 'sealing' | 'clock' | 'issuer'>;

export function accountHandlers(deps: Deps): Handlers<typeof accountOperations> {
  const { accounts, organizations } = deps;
  const targetOf = ({ id, revision }: Pick<Call, 'id' | 'revision'>) => ({ id, revision });

  async function shown(actor: ClientActor, id: AccountId): Promise<Answer> {
    const account = await accounts.findAccount(actor, id);
    if (!account) throw new ApiProblem('not-found');
    return { body: viewOf(account), headers: { ETag: entityTag(account.revision) } };
  }

  /** The account as it is after the deed. */
  async function after({ actor, id }: Pick<Call, 'actor' | 'id'>, outcome: DeedOutcome): Promise<Answer> {
    const { revision } = orProblem(outcome);
    // Moved out of what this client sees, or it may not read: the deed is done.
    const known = { body: { id, revision }, headers: { ETag: entityTag(revision) } };
    return shown(actor, id).catch(() => known);
  }

  /** The agency that somebody has is no change, however the directory calls it by now. */
  async function withoutOwnAgency({ actor, id }: Pick<Call, 'actor' | 'id'>, edit: EditInput) {
    const { agency, ...rest } = edit;
    const account = agency && (await accounts.findAccount(actor, id));
    return agency && agency.oid === account?.agency.oid ? rest : edit;
  }

  async function listed({ actor, context }: Pick<Call, 'actor' | 'context'>, asked: AskedList) {
    const request = requestOf(asked);
    const page = orProblem(await accounts.listAccounts(actor, request, context));
    return { body: pageView(page, request) };
  }

  return {
    listAccounts: (call) => listed(call, { ...call.query, descending: call.query.descending === 'true' }),
    searchAccounts: (call) => listed(call, call.body),
    async exportAccounts({ actor, context, body, stillMay }) {
      const exported = orProblem(await accounts.exportAccounts(actor, body, context, stillMay));
      return { body: Readable.from(linesOf(exported.accounts)) };
    },
    async openAccount(call) {
      const { actor, context, body, idempotencyKey: key } = call;
      const open = async () => {
        const input = await openingOfInput(organizations, actor, body.account);
        const opened = await accounts.openAccount(actor, input, body.warrant, context);
        return orProblem(opened).account.id;
      };
      const id =
        key === undefined ? await open() : await actOnce(deps, { clientId: actor.id, key, body }, open);
      const answer = await shown(actor, id).catch(() => ({ body: { id } }));
      const location = new URL(`/api/v1/accounts/${id}`, deps.issuer).href;
      return { ...answer, headers: { ...('headers' in answer && answer.headers), Location: location } };
    },
    getAccount: ({ actor, id }) => shown(actor, id),
    async changeAccount(call) {
      const { actor, context, body } = call;
      const edit = await editOfInput(organizations, actor, await withoutOwnAgency(call, body.change));
      const outcome = await accounts.modifyAccount(actor, targetOf(call), edit, body.warrant, context);
      if (!outcome.ok && outcome.reason === 'not-unique') throw problemOf(outcome);
      return after(call, outcome);
    },
    async setStatus(call) {
      const { actor, context, body } = call;
      return after(call, await accounts.setStatus(actor, targetOf(call), body.status, body.warrant, context));
    },
    async setRoles(call) {
      const { actor, context, body } = call;
      return after(call, await accounts.setRoles(actor, targetOf(call), body.grants, body.warrant, context));
    },
    async resetPassword(call) {
      const outcome = await accounts.resetPassword(
        call.actor,
        targetOf(call),
        call.body.warrant,
        call.context,
      );
      return { body: { day: orProblem(outcome).day } };
    },
    async enableOneDayPassword(call) {
      const { enable } = accounts.oneDayPasswords;
      const outcome = await enable(call.actor, targetOf(call), call.body.warrant, call.context);
      return { body: { day: orProblem(outcome).day } };
    },
    async withdrawOneDayPassword(call) {
      const { withdraw } = accounts.oneDayPasswords;
      return after(call, await withdraw(call.actor, targetOf(call), call.body.warrant, call.context));
    },
    async removeFactors(call) {
      const { actor, context, body } = call;
      return after(call, await accounts.removeFactors(actor, targetOf(call), 'all', body.warrant, context));
    },
    async removeAccount(call) {
      const { actor, context, body, id } = call;
      const outcomes = await accounts.removeAccounts(actor, [targetOf(call)], body.warrant, context);
      const outcome = outcomes.get(id);
      if (outcome) orProblem(outcome);
      return {};
    },
    searchOrganizations: async ({ actor, query }) => ({
      body: { organizations: await accounts.searchOrganizations(actor, query.text) },
    }),
    listOrganizations: async ({ actor, query }) => ({
      body: { organizations: await accounts.listOrganizations(actor, query.oid) },
    }),
  };
}

async function* linesOf(accounts: AsyncIterable<AccountSummary>): AsyncIterable<string> {
  for await (const account of accounts) yield `${JSON.stringify(viewOfSummary(account))}\n`;
}
