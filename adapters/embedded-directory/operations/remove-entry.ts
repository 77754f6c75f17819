import type { ResponseControl } from '../protocol/encode-response.ts';
import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { DeleteRequest } from '../protocol/ldap-message.ts';
import { checkMayWrite } from './access.ts';
import { checkAssertion, readBefore } from './entry-controls.ts';
import { getEntry, isWithinBase, parseName } from './find-entry.ts';
import type { OperationContext } from './operation-context.ts';

/** Delete (RFC 4511, 4.8): of an entry without others below it. */
export async function removeEntry(
  context: OperationContext,
  request: DeleteRequest,
): Promise<ResponseControl[]> {
  const { directory, subject } = context;
  const name = parseName(directory, request.dn);
  checkMayWrite(subject, name);
  if (!isWithinBase(directory, name))
    throw new LdapFailure('unwillingToPerform', 'no global superior knowledge');
  return directory.store.transact(() => {
    const entry = getEntry(directory, name);
    checkAssertion(context, entry);
    if (directory.store.hasChildren(entry.id)) {
      throw new LdapFailure('notAllowedOnNonLeaf', 'subordinate objects must be deleted first');
    }
    const before = readBefore(context, entry);
    directory.store.remove(entry);
    return before;
  });
}
