import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { DeleteRequest } from '../protocol/ldap-message.ts';
import { checkMayWrite } from './access.ts';
import { getEntry, isWithinBase, parseName } from './find-entry.ts';
import type { OperationContext } from './operation-context.ts';

/** Delete (RFC 4511, 4.8): of an entry without others below it. */
export async function removeEntry(
  { directory, subject }: OperationContext,
  request: DeleteRequest,
): Promise<void> {
  const name = parseName(directory, request.dn);
  checkMayWrite(subject);
  if (!isWithinBase(directory, name))
    throw new LdapFailure('unwillingToPerform', 'no global superior knowledge');
  await directory.store.transact(() => {
    const entry = getEntry(directory, name);
    if (directory.store.hasChildren(entry.id)) {
      throw new LdapFailure('notAllowedOnNonLeaf', 'subordinate objects must be deleted first');
    }
    directory.store.remove(entry);
  });
}
