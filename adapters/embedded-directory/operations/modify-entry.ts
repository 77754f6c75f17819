import type { ResponseControl } from '../protocol/encode-response.ts';
import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { Change, ModifyRequest } from '../protocol/ldap-message.ts';
import { syntaxOid } from '../schema/syntaxes.ts';
import type { AttributeMap } from '../store/entry.ts';
import { checkMayWrite } from './access.ts';
import { checkValues, valueKey, type CheckedValues } from './attribute-values.ts';
import { checkEntry } from './check-entry.ts';
import { checkUnique } from './check-unique.ts';
import { checkAssertion, readAfter, readBefore } from './entry-controls.ts';
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
  context: OperationContext,
  request: ModifyRequest,
): Promise<ResponseControl[]> {
  const { directory, subject } = context;
  const { schema, store } = directory;
  const name = parseName(directory, request.dn);
  const changes = request.changes.map((change) => readChange(directory.schema, change));
  const by = checkMayWrite(
    subject,
    name,
    changes.map(({ description }) => description.type.key),
  );
  if (!isWithinBase(directory, name))
    throw new LdapFailure('unwillingToPerform', 'no global superior knowledge');
  return store.transact(() => {
    const entry = getEntry(directory, name);
    checkAssertion(context, entry);
    const attributes: AttributeMap = new Map(entry.attributes);
    for (const change of changes) applyChange(attributes, change);
    const changed = changes.flatMap(({ description }) => attributes.get(description.key) ?? []);
    checkUnique(directory, { values: () => changed.values() }, entry.id);
    const structural = checkEntry(schema, name, attributes);
    if (attributes.get('structuralobjectclass')?.values[0]?.toString() !== structural.name) {
      throw new LdapFailure('objectClassModsProhibited', 'structural object class modification not allowed');
    }
    noteModification(schema, attributes, { by, at: directory.clock.now() });
    const before = readBefore(context, entry);
    store.replaceAttributes(entry, attributes);
    return [...before, ...readAfter(context, entry.key)];
  });
}

function readChange(schema: Parameters<typeof checkValues>[0], change: Change): CheckedChange {
  if (change.operation === 'add' && change.values.length === 0) {
    throw new LdapFailure('protocolError', 'modify/add without values');
  }
  if (change.operation === 'increment' && change.values.length !== 1) {
    throw new LdapFailure('protocolError', 'modify/increment takes one value');
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
    case 'increment':
      put(attributes, incremented(present, { description, values }));
      return;
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

/** RFC 4525: adds to every value; all of them are integers, or the type takes no increment. */
function incremented(
  present: CheckedValues | undefined,
  { description, values }: CheckedValues,
): CheckedValues {
  const { type, text } = description;
  if (type.syntax !== syntaxOid.integer)
    throw new LdapFailure('constraintViolation', `modify/increment: ${text}: no integer`);
  if (present === undefined) throw new LdapFailure('noSuchAttribute', `modify/increment: ${text}: not there`);
  const step = BigInt(values[0]?.toString() ?? '0');
  const sums = present.values.map((value) => Buffer.from(String(BigInt(value.toString()) + step)));
  return { description, values: sums };
}

function put(attributes: AttributeMap, { description, values }: CheckedValues): void {
  if (values.length > 0) attributes.set(description.key, { description, values });
  else attributes.delete(description.key);
}
