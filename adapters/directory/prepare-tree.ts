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
    await addMissing(session, dn, { objectClass: 'organizationalUnit', ou });
  }
  await addMissing(session, tree.decoy, {
    objectClass: 'inetOrgPerson',
    uid: 'decoy',
    cn: 'decoy',
    sn: 'decoy',
  });
  if (decoyHash !== undefined) await session.modify(tree.decoy, [replace('userPassword', decoyHash)]);
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
