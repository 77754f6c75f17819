/**
 * A resource as sent, brought into the names of its schemas: unknown attributes are refused, so that nothing is dropped that
 * somebody believes kept; what only the hub writes is left out (RFC 7644, section 3.3). Throws ScimError.
 */
import { commonAttributes, findAttribute, type Attribute } from './attributes.ts';
import { isLeftOut, isLeftOutSchema } from './left-out.ts';
import { isObject, type Json, type Resource } from './resource.ts';
import type { ResourceType } from './resource-type.ts';
import { ScimError } from './scim-error.ts';

export function canonicalResource({ schema, extension }: ResourceType, sent: unknown): Resource {
  if (!isObject(sent)) throw new ScimError('invalidSyntax', 'a resource is an object');
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(sent)) {
    if (findAttribute(commonAttributes, key)) {
      if (key.toLowerCase() === 'schemas') checkSchemas(value, [schema.id, extension?.id]);
    } else if (extension && key.toLowerCase() === extension.id.toLowerCase()) {
      if (!isObject(value)) throw new ScimError('invalidSyntax', `${extension.id} is an object`);
      result[extension.id] = canonicalObject(extension.attributes, value, extension.id);
    } else if (isLeftOutSchema(key)) continue;
    else Object.assign(result, canonicalObject(schema.attributes, { [key]: value }));
  }
  return result;
}

function checkSchemas(value: Json | undefined, known: readonly (string | undefined)[]): void {
  const ids = new Set(known.map((id) => id?.toLowerCase()));
  const isKnown = (id: Json) => typeof id === 'string' && (ids.has(id.toLowerCase()) || isLeftOutSchema(id));
  if (!Array.isArray(value) || !(value as readonly Json[]).every(isKnown))
    throw new ScimError('invalidSyntax', 'schemas names what there is not');
}

/** `of` is the attribute whose parts they are. */
export function canonicalObject(attributes: readonly Attribute[], sent: Resource, of?: string): Resource {
  const entries = Object.entries(sent).flatMap(([key, value]) => {
    const attribute = findAttribute(attributes, key);
    if (!attribute && isLeftOut(of === undefined ? { name: key } : { name: of, sub: key })) return [];
    if (!attribute) throw new ScimError('invalidSyntax', `no attribute ${key.slice(0, 100)} here`);
    // To be null or an empty list is to be absent (RFC 7643, section 2.5).
    const isAbsent = value === null || (Array.isArray(value) && value.length === 0);
    if (attribute.mutability === 'readOnly' || isAbsent) return [];
    return [[attribute.name, canonicalValue(attribute, value)] as const];
  });
  return Object.fromEntries(entries);
}

export function canonicalValue(attribute: Attribute, value: Json): Json {
  if (!attribute.multiValued) return canonicalSingle(attribute, value);
  if (!Array.isArray(value)) throw new ScimError('invalidSyntax', `${attribute.name} is a list`);
  return (value as readonly Json[]).map((element) => canonicalSingle(attribute, element));
}

export function canonicalSingle({ name, type, sub }: Attribute, value: Json): Json {
  if (type === 'complex') {
    if (!isObject(value)) throw new ScimError('invalidSyntax', `${name} is an object`);
    return canonicalObject(sub ?? [], value, name);
  }
  if (type === 'boolean') {
    // Widespread clients send truths as words.
    if (typeof value === 'string' && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
    if (typeof value !== 'boolean') throw new ScimError('invalidValue', `${name} is true or false`);
    return value;
  }
  if (typeof value !== 'string') throw new ScimError('invalidValue', `${name} is a text`);
  return value;
}
