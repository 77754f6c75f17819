import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { AttributeValues } from '../protocol/ldap-message.ts';
import { getDescription, type AttributeDescription } from '../schema/attribute-description.ts';
import type { AttributeType, Schema } from '../schema/schema.ts';
import { isOfSyntax, syntaxOid } from '../schema/syntaxes.ts';

export interface CheckedValues {
  readonly description: AttributeDescription;
  readonly values: readonly Buffer[];
}

/** What equal values of an attribute have in common: the normalised text, or the bytes where there is no rule. */
export function valueKey(type: AttributeType, value: Buffer): string {
  return type.equality?.normalise(value) ?? value.toString('latin1');
}

/**
 * What a client wants to write of one attribute: the type is known and open to clients, every value is of its syntax,
 * none is there twice. Throws the result code that slapd gives.
 */
export function checkValues(schema: Schema, { attribute, values }: AttributeValues): CheckedValues {
  const description = getDescription(schema, attribute);
  const { type } = description;
  if (!type.userModifiable) {
    throw new LdapFailure('constraintViolation', `${type.name}: no user modification allowed`);
  }
  const seen = new Set<string>();
  for (const value of values) {
    if (!isValueOf(type, value))
      throw new LdapFailure('invalidAttributeSyntax', `${type.name}: value invalid per syntax`);
    const key = valueKey(type, value);
    if (seen.has(key))
      throw new LdapFailure('attributeOrValueExists', `${type.name}: value provided more than once`);
    seen.add(key);
  }
  return { description, values };
}

function isValueOf(type: AttributeType, value: Buffer): boolean {
  if (!isOfSyntax(value, type.syntax)) return false;
  const isName = type.syntax === syntaxOid.distinguishedName || type.key === 'objectclass';
  return !isName || type.equality?.normalise(value) !== undefined;
}
