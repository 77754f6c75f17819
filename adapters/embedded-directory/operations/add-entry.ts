import { randomUUID } from 'node:crypto';
import type { ResponseControl } from '../protocol/encode-response.ts';
import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { AddRequest } from '../protocol/ldap-message.ts';
import type { EntryName } from '../schema/naming.ts';
import type { AttributeMap } from '../store/entry.ts';
import { checkMayWrite } from './access.ts';
import { checkValues, valueKey } from './attribute-values.ts';
import { checkEntry } from './check-entry.ts';
import { checkUnique } from './check-unique.ts';
import { checkAssertion, readAfter } from './entry-controls.ts';
import { getEntry, isWithinBase, parseName } from './find-entry.ts';
import type { Directory, OperationContext } from './operation-context.ts';
import { noteCreation } from './operational-attributes.ts';

/** Add (RFC 4511, 4.7). */
export async function addEntry(context: OperationContext, request: AddRequest): Promise<ResponseControl[]> {
  const { directory, subject } = context;
  const name = parseName(directory, request.dn);
  const attributes = readAttributes(directory, request);
  if (!isWithinBase(directory, name))
    throw new LdapFailure('unwillingToPerform', 'no global superior knowledge');
  addNamingValues(name, attributes);
  const keys = [...attributes.values()].map(({ description }) => description.type.key);
  const by = checkMayWrite(subject, name, keys);
  return directory.store.transact(() => {
    checkAssertion(context, { key: name.key, dn: name.text, attributes });
    insertEntry(directory, name, attributes, by);
    return readAfter(context, name.key);
  });
}

/** The writing itself, inside a transaction. */
export function insertEntry(
  directory: Directory,
  name: EntryName,
  attributes: AttributeMap,
  by: string,
): void {
  checkUnique(directory, attributes);
  const structural = checkEntry(directory.schema, name, attributes);
  if (directory.store.find(name.key) !== undefined) throw new LdapFailure('entryAlreadyExists');
  const parent = name.key === directory.base.key ? undefined : getParent(directory, name);
  noteCreation(directory.schema, attributes, structural, randomUUID(), { by, at: directory.clock.now() });
  const dn = parent === undefined ? name.text : `${name.relativeText},${parent.dn}`;
  directory.store.insert({ parent: parent?.id, key: name.key, dn, attributes });
}

function getParent(directory: Directory, name: EntryName) {
  const parentName = { ...name, key: name.parentKey ?? '' };
  return getEntry(directory, parentName);
}

export function readAttributes(directory: Directory, request: AddRequest): AttributeMap {
  const attributes: AttributeMap = new Map();
  if (request.attributes.length === 0) throw new LdapFailure('protocolError', 'no attributes provided');
  for (const given of request.attributes) {
    if (given.values.length === 0) throw new LdapFailure('protocolError', 'no values given');
    const { description, values } = checkValues(directory.schema, given);
    if (attributes.has(description.key)) {
      throw new LdapFailure(
        'attributeOrValueExists',
        `attribute '${description.text}' provided more than once`,
      );
    }
    attributes.set(description.key, { description, values });
  }
  return attributes;
}

/** The values in the name belong to the entry; a client may leave them out, as with slapd. */
export function addNamingValues(name: EntryName, attributes: AttributeMap): void {
  for (const { type, value } of name.relative) {
    const present = attributes.get(type.key);
    const key = valueKey(type, value);
    if (present?.values.some((candidate) => valueKey(type, candidate) === key) === true) continue;
    const description = present?.description ?? { type, options: [], key: type.key, text: type.name };
    attributes.set(type.key, { description, values: [...(present?.values ?? []), value] });
  }
}
