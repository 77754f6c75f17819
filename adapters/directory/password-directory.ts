/** Passwords are checked by a bind as the person; the directory compares, nothing here ever sees a hash. */
import { AndFilter } from 'ldapts';
import type { AccountId } from '#domain/account.ts';
import type { PasswordDirectory } from '#domain/directory.ts';
import type { DirectorySession } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';
import { equals } from './scope-filter.ts';

/** Characters; longer ones are never set (security: passwords). */
const longestPassword = 128;
/** A stand-in for passwords that must not reach the directory; the decoy's own password is random. */
const standIn = 'not-a-password';

export function createPasswordDirectory(session: DirectorySession, tree: DirectoryTree): PasswordDirectory {
  /**
   * A bind for an account without a password is refused at once, without the work, so it is looked up before; by the
   * mark that account-changes.ts sets, since no right to search userPassword is asked for.
   */
  async function hasPassword(id: AccountId): Promise<boolean> {
    const filter = new AndFilter({
      filters: [equals('uid', id), equals('hufuHasPassword', 'TRUE')],
    });
    const found = await session.search({ base: tree.accounts, scope: 'one', filter, attributes: ['1.1'] });
    return found.length > 0;
  }

  return {
    async checkPassword(id, password) {
      const presented = presentable(password);
      if (presented !== undefined && id !== undefined && (await hasPassword(id))) {
        return session.bind(tree.account(id), presented);
      }
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
