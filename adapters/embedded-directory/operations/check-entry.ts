import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { EntryName } from '../schema/naming.ts';
import type { ObjectClass, Schema } from '../schema/schema.ts';
import type { StoredAttribute } from '../store/entry.ts';
import { valueKey } from './attribute-values.ts';

type Attributes = ReadonlyMap<string, StoredAttribute>;

/**
 * Holds a whole entry against the schema (RFC 4512, 2.4, 2.5.1): single values, object classes, required and allowed
 * attributes, naming attributes. Gives the structural object class. Throws the result code that slapd gives.
 */
export function checkEntry(schema: Schema, name: EntryName, attributes: Attributes): ObjectClass {
  for (const { description, values } of attributes.values()) {
    if (description.type.singleValue && values.length > 1) {
      throw new LdapFailure(
        'constraintViolation',
        `attribute '${description.text}' cannot have multiple values`,
      );
    }
  }
  const classes = classesOf(schema, attributes);
  const structural = structuralOf(classes);
  checkAttributes(classes, attributes);
  checkNaming(name, attributes);
  return structural;
}

function classesOf(schema: Schema, attributes: Attributes): ObjectClass[] {
  const values = attributes.get('objectclass')?.values ?? [];
  if (values.length === 0) throw new LdapFailure('objectClassViolation', 'no objectClass attribute');
  return values.map((value) => {
    const found = schema.findObjectClass(value.toString());
    if (found === undefined) throw new LdapFailure('invalidAttributeSyntax', 'unknown object class');
    return found;
  });
}

/** The structural class that all other structural ones of the entry lead up to. */
function structuralOf(classes: readonly ObjectClass[]): ObjectClass {
  const structural = classes.filter(({ kind }) => kind === 'structural');
  if (structural.length === 0)
    throw new LdapFailure('objectClassViolation', 'no structural object class provided');
  const lowest = structural.find((candidate) => structural.every((other) => candidate.lineage.has(other)));
  if (lowest === undefined)
    throw new LdapFailure('objectClassViolation', 'invalid structural object class chain');
  return lowest;
}

function checkAttributes(classes: readonly ObjectClass[], attributes: Attributes): void {
  const present = new Set([...attributes.values()].map(({ description }) => description.type.key));
  for (const objectClass of classes) {
    for (const required of objectClass.must) {
      if (present.has(required)) continue;
      const message = `object class '${objectClass.name}' requires attribute '${required}'`;
      throw new LdapFailure('objectClassViolation', message);
    }
  }
  for (const { description } of attributes.values()) {
    const { type } = description;
    if (type.operational || classes.some(({ must, may }) => must.has(type.key) || may.has(type.key)))
      continue;
    throw new LdapFailure('objectClassViolation', `attribute '${description.text}' not allowed`);
  }
}

function checkNaming(name: EntryName, attributes: Attributes): void {
  for (const { type, value } of name.relative) {
    const key = valueKey(type, value);
    const stored = attributes.get(type.key)?.values ?? [];
    if (stored.some((candidate) => valueKey(type, candidate) === key)) continue;
    throw new LdapFailure(
      'namingViolation',
      `value of naming attribute '${type.name}' is not present in entry`,
    );
  }
}
