import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { AttributeType, Schema } from './schema.ts';
import { binaryTransferSyntaxes } from './syntaxes.ts';

/** An attribute type with options, such as `userCertificate;binary` (RFC 4512, 2.5). */
export interface AttributeDescription {
  readonly type: AttributeType;
  /** Lower case, sorted, without doubles. */
  readonly options: readonly string[];
  /** The same for every spelling. */
  readonly key: string;
  /** How answers spell it. */
  readonly text: string;
}

const pattern = /^([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)((?:;[A-Za-z0-9-]+)*)$/;

/** Undefined for an unknown type or a text that is no description. */
export function findDescription(schema: Schema, text: string): AttributeDescription | undefined {
  const found = pattern.exec(text);
  const type = found ? schema.findAttributeType(found[1] ?? '') : undefined;
  if (!found || type === undefined) return undefined;
  const options = [...new Set((found[2] ?? '').toLowerCase().split(';').slice(1))].sort();
  const suffix = options.map((option) => `;${option}`).join('');
  return { type, options, key: type.key + suffix, text: type.name + suffix };
}

/** As findDescription, for a description that is written: throws undefinedAttributeType. */
export function getDescription(schema: Schema, text: string): AttributeDescription {
  const description = findDescription(schema, text);
  if (description === undefined) throw new LdapFailure('undefinedAttributeType', 'attribute type undefined');
  const binary = description.options.includes('binary');
  if (binary !== binaryTransferSyntaxes.has(description.type.syntax)) {
    throw new LdapFailure(
      'undefinedAttributeType',
      binary ? 'option ;binary not for this attribute' : 'attribute requires option ;binary',
    );
  }
  if (description.options.some((option) => option !== 'binary' && !option.startsWith('lang-'))) {
    throw new LdapFailure('undefinedAttributeType', 'unknown attribute option');
  }
  return description;
}

/** Whether `stored` is `asked` or a subtype of it: by type, and by having all its options. */
export function isSubtype(stored: AttributeDescription, asked: AttributeDescription): boolean {
  let type: AttributeType | undefined = stored.type;
  while (type !== undefined && type !== asked.type) type = type.superior;
  return type !== undefined && asked.options.every((option) => stored.options.includes(option));
}
