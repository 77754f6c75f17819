import { text } from 'node:stream/consumers';
import { parseAccountId, type Account } from '#domain/account.ts';
import { HufuError } from '#domain/errors.ts';
import { parseNationalId } from '#domain/national-id.ts';
import type { Services } from '../compose/services.ts';

export const commandActor = { kind: 'system', purpose: 'command' } as const;

/**
 * The account that a command acts on: by `--account ID`, or by the national ID on standard input, which keeps it out
 * of the process list and the shell's history. Throws `not-found`.
 */
export async function findPerson({ directory }: Services, accountId: string | undefined): Promise<Account> {
  const account = accountId === undefined ? await byNationalId() : await byId(accountId);
  if (!account) throw new HufuError('not-found');
  return account;

  async function byId(typed: string): Promise<Account | undefined> {
    const id = parseAccountId(typed);
    return id && directory.accounts.findAccount(commandActor, id);
  }

  async function byNationalId(): Promise<Account | undefined> {
    const id = parseNationalId(await text(process.stdin));
    return id && directory.accounts.findAccountByNationalId(commandActor, id);
  }
}
