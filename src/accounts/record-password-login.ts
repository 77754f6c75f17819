import type { Account } from '#domain/account.ts';
import type { AccountDirectory } from '#domain/directory.ts';

/** Keeps the time of a login; a mailed code that came back confirms the address. Gives the account's revision. */
export type RecordPasswordLogin = (account: Account, at: Date, mailConfirmed: boolean) => Promise<number>;

const actor = { kind: 'system', purpose: 'login' } as const;

export function createRecordPasswordLogin(
  accounts: Pick<AccountDirectory, 'recordLogin' | 'modifyAccount'>,
): RecordPasswordLogin {
  return async (account, at, mailConfirmed) => {
    await accounts.recordLogin(actor, account.id, 'password', at);
    if (!mailConfirmed || account.emailConfirmed) return account.revision;
    return accounts.modifyAccount(actor, account.id, account.revision, { emailConfirmed: true });
  };
}
