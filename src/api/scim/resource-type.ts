/** A kind of resource: its schemas, and how paths find attributes in them. */
import { commonAttributes, findAttribute, type Attribute, type Schema } from './attributes.ts';
import type { AttributePath } from './filter/filter.ts';
import { groupSchema } from './group-schema.ts';
import { officialSchema, userSchema } from './user-schema.ts';

export interface ResourceType {
  readonly name: 'User' | 'Group';
  readonly endpoint: '/Users' | '/Groups';
  readonly schema: Schema;
  readonly extension?: Schema;
}

export const userType: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  schema: userSchema,
  extension: officialSchema,
};
export const groupType: ResourceType = { name: 'Group', endpoint: '/Groups', schema: groupSchema };

export interface FoundAttribute {
  /** URI of the extension that it is of; absent: of the core schema, or common. */
  readonly extension?: string;
  readonly attribute: Attribute;
  readonly sub?: Attribute;
}

/** Undefined for what this kind of resource does not have. */
export function findPath(
  { schema, extension }: ResourceType,
  path: AttributePath,
): FoundAttribute | undefined {
  const isOf = ({ id }: Schema) => path.schema?.toLowerCase() === id.toLowerCase();
  const ofExtension = extension !== undefined && isOf(extension);
  if (path.schema !== undefined && !ofExtension && !isOf(schema)) return undefined;
  const attributes = ofExtension ? extension.attributes : [...schema.attributes, ...commonAttributes];
  const attribute = findAttribute(attributes, path.name);
  if (!attribute) return undefined;
  const found = { attribute, ...(ofExtension && { extension: extension.id }) };
  if (path.sub === undefined) return found;
  const sub = findAttribute(attribute.sub ?? [], path.sub);
  return sub && { ...found, sub };
}

/** Whether texts at `path` are compared exactly (caseExact); `of` is the attribute that brackets stand behind. */
export function isExactIn(type: ResourceType) {
  return (path: AttributePath, of?: AttributePath): boolean => {
    const found = findPath(type, of ? { ...of, sub: path.name } : path);
    const { attribute, sub } = found ?? {};
    const counted = sub ?? findAttribute(attribute?.sub ?? [], 'value') ?? attribute;
    return counted?.caseExact === true;
  };
}
