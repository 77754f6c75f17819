import { HufuError, isHufuError } from '#domain/errors.ts';
import { resultCode } from './directory-failure.ts';
import { replace, type DirectorySession, type NewEntry } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';

/**
 * Makes the branches and the decoy that are missing; harmless when run again, or by two processes at once. The base
 * itself must be there. The decoy gets `decoyHash` each time, so that a check against it costs what one against an
 * account costs today.
 */
export async function prepareTree(
  session: DirectorySession,
  /** The same in the names of the accounts' branch. */
  accounts: DirectorySession,
  tree: DirectoryTree,
  decoyHash: string | undefined,
): Promise<void> {
  const branches = {
    accounts: tree.accounts,
    organizations: tree.organizations,
    categories: tree.categories,
  };
  const named = { ...branches, systems: tree.systems, decoys: tree.decoys };
  for (const [ou, dn] of Object.entries(named)) {
    if (isNamedBy(dn, ou)) await addMissing(session, dn, { objectClass: 'organizationalUnit', ou });
  }
  await addMissing(accounts, tree.decoy, {
    objectClass: 'inetOrgPerson',
    uid: 'decoy',
    cn: 'decoy',
    sn: 'decoy',
  });
  if (decoyHash !== undefined) await accounts.modify(tree.decoy, [replace('userPassword', decoyHash)]);
}

/** A branch of an existing directory with a name of its own is there, or is its operator's to make. */
function isNamedBy(dn: string, ou: string): boolean {
  return dn.toLowerCase().startsWith(`ou=${ou},`);
}

async function addMissing(session: DirectorySession, dn: string, entry: NewEntry): Promise<void> {
  try {
    await session.add(dn, entry, {
      [resultCode.entryAlreadyExists]: () => new HufuError('not-unique'),
    });
  } catch (error) {
    if (!isHufuError(error, 'not-unique')) throw error;
  }
}
