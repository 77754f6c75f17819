import { getDescription } from '../schema/attribute-description.ts';
import type { Schema } from '../schema/schema.ts';
import { syntaxDefinitions } from '../schema/syntax-definitions.ts';
import type { AttributeMap, Entry } from '../store/entry.ts';
import { subschemaDn } from './project-entry.ts';

/** The schema in force as an entry that clients read (RFC 4512, 4.2). */
export function createSubschema(schema: Schema): Entry {
  const attributes: AttributeMap = new Map();
  const put = (name: string, ...values: string[]) => {
    const description = getDescription(schema, name);
    attributes.set(description.key, { description, values: values.map((value) => Buffer.from(value)) });
  };
  const name = schema.naming.parse(subschemaDn);
  put('objectClass', 'top', 'subentry', 'subschema', 'extensibleObject');
  put('structuralObjectClass', 'subentry');
  put('cn', 'Subschema');
  put('attributeTypes', ...schema.definitions.attributeTypes);
  put('objectClasses', ...schema.definitions.objectClasses);
  put('matchingRules', ...schema.definitions.matchingRules);
  put('ldapSyntaxes', ...syntaxDefinitions());
  return { id: 0, parent: undefined, key: name?.key ?? '', dn: subschemaDn, attributes };
}
