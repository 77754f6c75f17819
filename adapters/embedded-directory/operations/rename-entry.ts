import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { ResponseControl } from '../protocol/encode-response.ts';
import type { ModifyDnRequest } from '../protocol/ldap-message.ts';
import { isBelow, type EntryName } from '../schema/naming.ts';
import type { AttributeMap, Entry } from '../store/entry.ts';
import { checkMayMove, checkMayWrite } from './access.ts';
import { addNamingValues } from './add-entry.ts';
import { valueKey } from './attribute-values.ts';
import { checkEntry } from './check-entry.ts';
import { checkUnique } from './check-unique.ts';
import { checkAssertion, readAfter, readBefore } from './entry-controls.ts';
import { getEntry, isWithinBase, parseName } from './find-entry.ts';
import type { Directory, OperationContext } from './operation-context.ts';
import { noteModification } from './operational-attributes.ts';

/**
 * Modify DN (RFC 4511, 4.9): gives an entry another relative name, another place within the base, or both; what lies
 * below it comes along in the same transaction.
 */
export async function renameEntry(
  context: OperationContext,
  request: ModifyDnRequest,
): Promise<ResponseControl[]> {
  const { directory, subject } = context;
  const { store, schema } = directory;
  const name = parseName(directory, request.dn);
  const relative = parseName(directory, request.newRelative);
  if (relative.depth !== 1) throw new LdapFailure('invalidDnSyntax', 'invalid new RDN');
  for (const { type } of relative.relative) {
    if (!type.userModifiable)
      throw new LdapFailure('constraintViolation', `${type.name}: no user modification allowed`);
  }
  const superior = request.newSuperior === undefined ? undefined : parseName(directory, request.newSuperior);
  const naming = [...name.relative, ...relative.relative].map(({ type }) => type.key);
  const by = checkMayWrite(subject, name, naming);
  checkPlaces(directory, name, superior);

  return store.transact(() => {
    const entry = getEntry(directory, name);
    const parent = findParent(directory, entry, superior);
    checkAssertion(context, entry);
    const renamed = parseName(directory, `${relative.text},${parent.dn}`);
    checkMayMove(subject, name, renamed);
    checkFree(directory, entry, parent, renamed);
    const attributes: AttributeMap = new Map(entry.attributes);
    if (request.deleteOldRelative) dropNamingValues(name, attributes);
    addNamingValues(renamed, attributes);
    const changed = renamed.relative.flatMap(({ type }) => attributes.get(type.key) ?? []);
    checkUnique(directory, { values: () => changed.values() }, entry.id);
    checkEntry(schema, renamed, attributes);
    noteModification(schema, attributes, { by, at: directory.clock.now() });
    const before = readBefore(context, entry);
    store.replaceAttributes(entry, attributes);
    store.move(entry, { parent: parent.id, key: renamed.key, dn: renamed.text });
    return [...before, ...readAfter(context, renamed.key)];
  });
}

function checkPlaces(directory: Directory, name: EntryName, superior: EntryName | undefined): void {
  if (!isWithinBase(directory, name))
    throw new LdapFailure('unwillingToPerform', 'no global superior knowledge');
  if (name.key === directory.base.key)
    throw new LdapFailure('unwillingToPerform', 'the base entry keeps its name');
  if (superior !== undefined && !isWithinBase(directory, superior))
    throw new LdapFailure('affectsMultipleDsas', 'cannot rename between databases');
}

function findParent(directory: Directory, entry: Entry, superior: EntryName | undefined): Entry {
  const parent =
    superior === undefined ? directory.store.load(entry.parent ?? 0) : getEntry(directory, superior);
  if (parent === undefined) throw new LdapFailure('noSuchObject');
  return parent;
}

function checkFree(directory: Directory, entry: Entry, parent: Entry, renamed: EntryName): void {
  if (parent.key === entry.key || isBelow(parent.key, entry.key))
    throw new LdapFailure('unwillingToPerform', 'an entry cannot lie below itself');
  const holder = directory.store.find(renamed.key);
  if (holder !== undefined && holder.id !== entry.id) throw new LdapFailure('entryAlreadyExists');
}

/** The values of the old name go, but for those of the new one, which are put back as it spells them. */
function dropNamingValues(name: EntryName, attributes: AttributeMap): void {
  for (const { type, value } of name.relative) {
    const present = attributes.get(type.key);
    if (present === undefined) continue;
    const key = valueKey(type, value);
    const values = present.values.filter((candidate) => valueKey(type, candidate) !== key);
    if (values.length > 0) attributes.set(type.key, { description: present.description, values });
    else attributes.delete(type.key);
  }
}
