import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { Change, ModifyRequest } from '../protocol/ldap-message.ts';
import type { AttributeMap } from '../store/entry.ts';
import { checkMayWrite } from './access.ts';
import { checkValues, valueKey, type CheckedValues } from './attribute-values.ts';
import { checkEntry } from './check-entry.ts';
import { checkUnique } from './check-unique.ts';
import { getEntry, isWithinBase, parseName } from './find-entry.ts';
import type { OperationContext } from './operation-context.ts';
import { noteModification } from './operational-attributes.ts';

interface CheckedChange extends CheckedValues {
  readonly operation: Change['operation'];
}

/**
 * Modify (RFC 4511, 4.6): the changes in order, all or none. Deleting a value that is not there is refused
 * (noSuchAttribute): with the old revision deleted in the same request, of two simultaneous changes one is.
 */
export async function modifyEntry(
  { directory, subject }: OperationContext,
  request: ModifyRequest,
): Promise<void> {
  const { schema, store } = directory;
  const name = parseName(directory, request.dn);
  const changes = request.changes.map((change) => readChange(directory.schema, change));
  const by = checkMayWrite(subject);
  if (!isWithinBase(directory, name))
    throw new LdapFailure('unwillingToPerform', 'no global superior knowledge');
  await store.transact(() => {
    const entry = getEntry(directory, name);
    const attributes: AttributeMap = new Map(entry.attributes);
    for (const change of changes) applyChange(attributes, change);
    const changed = changes.flatMap(({ description }) => attributes.get(description.key) ?? []);
    checkUnique(directory, { values: () => changed.values() }, entry.id);
    const structural = checkEntry(schema, name, attributes);
    if (attributes.get('structuralobjectclass')?.values[0]?.toString() !== structural.name) {
      throw new LdapFailure('objectClassModsProhibited', 'structural object class modification not allowed');
    }
    noteModification(schema, attributes, { by, at: directory.clock.now() });
    store.replaceAttributes(entry, attributes);
  });
}

function readChange(schema: Parameters<typeof checkValues>[0], change: Change): CheckedChange {
  if (change.operation === 'add' && change.values.length === 0) {
    throw new LdapFailure('protocolError', 'modify/add without values');
  }
  return { operation: change.operation, ...checkValues(schema, change) };
}

export function applyChange(
  attributes: AttributeMap,
  { operation, description, values }: CheckedChange,
): void {
  const { key, type, text } = description;
  const present = attributes.get(key);
  const keyOf = (value: Buffer) => valueKey(type, value);
  switch (operation) {
    case 'replace':
      put(attributes, { description, values });
      return;
    case 'add': {
      const held = new Set(present?.values.map(keyOf));
      if (values.some((value) => held.has(keyOf(value)))) {
        throw new LdapFailure('attributeOrValueExists', `modify/add: ${text}: value exists`);
      }
      put(attributes, { description, values: [...(present?.values ?? []), ...values] });
      return;
    }
    case 'delete': {
      const going = new Set(values.map(keyOf));
      const held = new Set(present?.values.map(keyOf));
      if (present === undefined || [...going].some((value) => !held.has(value))) {
        throw new LdapFailure(
          'noSuchAttribute',
          `modify/delete: ${text}: no such ${going.size > 0 ? 'value' : 'attribute'}`,
        );
      }
      put(attributes, {
        description,
        values: values.length > 0 ? present.values.filter((v) => !going.has(keyOf(v))) : [],
      });
    }
  }
}

function put(attributes: AttributeMap, { description, values }: CheckedValues): void {
  if (values.length > 0) attributes.set(description.key, { description, values });
  else attributes.delete(description.key);
}
