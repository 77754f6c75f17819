/** Removes the accounts that an import opened and nobody has touched since; what has changed, or has been used, stays. */
import type { RemoveAccounts } from '../management/remove-accounts.ts';
import { parseAccountId } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { ImportLine, ImportLineState } from '#domain/import-jobs.ts';
import type { ImportPhase, ImportRun } from './import-phase.ts';
import { severalAtOnce } from './several-at-once.ts';

export interface UndoDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly removeAccounts: RemoveAccounts;
}

/** The directory gives it to every account it opens. */
const openedRevision = 1;

const anywhere: Actor = { kind: 'system', purpose: 'reconciliation' };

export function createUndoPhase({ accounts, removeAccounts }: UndoDeps): ImportPhase {
  async function undo({ actor, order, context }: ImportRun, line: ImportLine): Promise<ImportLineState> {
    const id = parseAccountId(line.subject ?? '');
    const account = id && (await accounts.findAccount(actor, id));
    // Gone already, perhaps removed before a crash; or moved to where the actor does not see it.
    if (!account) return id && (await accounts.findAccount(anywhere, id)) ? 'kept' : 'undone';
    const isUntouched =
      account.status === 'not-opened' &&
      account.revision === openedRevision &&
      account.lastPasswordLogin === undefined;
    if (!isUntouched) return 'kept';
    const removed = await removeAccounts(
      actor,
      [{ id: account.id, revision: openedRevision }],
      order,
      context,
    );
    return removed.get(account.id)?.ok === true ? 'undone' : 'kept';
  }

  return {
    takes: 'brought-in',
    begin: async (run) => (lines) =>
      severalAtOnce(lines, async (line) => ({ line: line.line, state: await undo(run, line) })),
    end: async () => ({ state: 'ended', ending: 'undone' }),
  };
}
