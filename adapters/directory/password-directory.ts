/** Passwords are checked by a bind as the person; the directory compares, nothing here ever sees a hash. */
import type { AccountId } from '#domain/account.ts';
import type { PasswordDirectory } from '#domain/directory.ts';
import type { Log } from '#domain/log.ts';
import { resultCode } from './directory-failure.ts';
import type { DirectorySession } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';

/** Characters; longer ones are never set (security: passwords). */
const longestPassword = 128;
/** A stand-in for passwords that must not reach the directory; the decoy's own password is random. */
const standIn = 'not-a-password';

export function createPasswordDirectory(
  session: DirectorySession,
  tree: DirectoryTree,
  log: Log,
): PasswordDirectory {
  async function bind(id: AccountId, password: string): Promise<boolean> {
    const { ok, policy, resultCode: code } = await session.bind(tree.account(id), password);
    // For operators alone: whether somebody is locked out is for our own lock to decide and nobody else to learn.
    if (policy) log.warn('directory.password-policy', { account: id, says: policy });
    if (code !== undefined && code !== resultCode.invalidCredentials) {
      log.warn('directory.bind-refused', { account: id, resultCode: code });
    }
    return ok;
  }

  return {
    async checkPassword(account, password) {
      const presented = presentable(password);
      // A bind for an account without a password would be refused at once, without the work.
      if (presented !== undefined && account?.password.set) return bind(account.id, presented);
      await session.bind(tree.decoy, presented ?? standIn);
      return false;
    },
  };
}

/** The password after NFC; undefined when it is empty (RFC 4513 §5.1.2: never sent) or longer than any that is set. */
function presentable(password: string): string | undefined {
  if (password === '' || password.length > 8 * longestPassword) return undefined;
  const composed = password.normalize('NFC');
  return Array.from(composed).length <= longestPassword ? composed : undefined;
}
