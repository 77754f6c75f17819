/** Carries out a PATCH on a resource (RFC 7644, section 3.5.2), all or nothing; what it means for the account is judged after. */
import { z } from 'zod';
import type { Attribute } from './attributes.ts';
import { canonicalSingle, canonicalValue } from './canonical.ts';
import { meetsFilter } from './filter/evaluate.ts';
import type { Filter, PatchPath } from './filter/filter.ts';
import { parsePath } from './filter/parse-filter.ts';
import { isLeftOut } from './left-out.ts';
import { asList, isObject, keyIn, type Json, type Resource } from './resource.ts';
import { findPath, isExactIn, type FoundAttribute, type ResourceType } from './resource-type.ts';
import { ScimError } from './scim-error.ts';

export const patchSchemaId = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export const patchBody = z.strictObject({
  // The address says whose it is; some clients say it again.
  id: z.string().max(200).exactOptional(),
  schemas: z.tuple([z.literal(patchSchemaId)]),
  Operations: z
    .array(
      z.strictObject({
        // What some clients call an operation; it says nothing.
        name: z.string().max(200).exactOptional(),
        // Widespread clients write Add and Replace.
        op: z
          .string()
          .max(10)
          .transform((text) => text.toLowerCase())
          .pipe(z.enum(['add', 'replace', 'remove'])),
        path: z.string().max(2000).exactOptional(),
        value: z.json().exactOptional(),
      }),
    )
    .min(1)
    .max(100),
});

export type PatchOperation = z.infer<typeof patchBody>['Operations'][number];

/** The resource afterwards. Throws ScimError. */
export function applyPatch(
  type: ResourceType,
  resource: Resource,
  operations: readonly PatchOperation[],
): Resource {
  return operations.reduce((before, operation) => applyOne(type, before, operation), resource);
}

function applyOne(type: ResourceType, resource: Resource, { op, path, value }: PatchOperation): Resource {
  if (op !== 'remove' && value === undefined) throw new ScimError('invalidValue', `${op} needs a value`);
  const whole = path === undefined ? '' : extensionNamed(type, path);
  if (whole !== undefined) return applyWhole(type, resource, op, value as Json | undefined, whole);
  const parsed = parsePath(path ?? '');
  return applyAt(type, resource, { op, path: parsed, value: value as Json | undefined });
}

/** A path that is the URI of the extension means all of it. */
function extensionNamed({ extension, schema }: ResourceType, path: string): string | undefined {
  const wanted = path.toLowerCase();
  if (wanted === schema.id.toLowerCase()) return '';
  return extension?.id.toLowerCase() === wanted ? extension.id : undefined;
}

/** Without a path the value names the attributes; `schema` is the extension that they are of, or empty. */
function applyWhole(
  type: ResourceType,
  resource: Resource,
  op: PatchOperation['op'],
  value: Json | undefined,
  schema: string,
): Resource {
  if (op === 'remove') {
    if (schema === '') throw new ScimError('noTarget', 'remove needs a path');
    throw new ScimError('mutability', 'the extension is there always');
  }
  if (!isObject(value)) throw new ScimError('invalidValue', 'without a path the value is an object');
  return Object.entries(value).reduce((before, [key, inner]) => {
    if (schema === '' && key.toLowerCase() === 'schemas') return before;
    const extension = schema === '' ? extensionNamed(type, key) : undefined;
    if (extension) return applyWhole(type, before, op, inner, extension);
    if (isLeftOut(parsePath(key))) return before;
    // Some clients name sub-attributes so: `name.formatted`.
    const path = { ...parsePath(key), ...(schema !== '' && { schema }) };
    return applyAt(type, before, { op, path, value: inner });
  }, resource);
}

interface Change {
  readonly op: PatchOperation['op'];
  readonly path: PatchPath;
  readonly value: Json | undefined;
}

function applyAt(type: ResourceType, resource: Resource, change: Change): Resource {
  const found = findPath(type, change.path);
  if (!found && isLeftOut(change.path)) return resource;
  if (!found) throw new ScimError('invalidPath', `no attribute ${change.path.name} here`);
  const { attribute, extension } = found;
  const holder = extension === undefined ? resource : (resource[extension] ?? {});
  if (!isObject(holder)) throw new ScimError('noTarget', 'there is nothing');
  if (isSettled(found, holder, change)) return resource;
  const after = changed(type, holder[attribute.name], found, change);
  const { [attribute.name]: _before, ...others } = holder;
  const held: Resource = after === undefined ? others : { ...others, [attribute.name]: after };
  return extension === undefined ? held : { ...resource, [extension]: held };
}

/** Whether it is the hub's to write and says what is there anyway. Throws `mutability` for what cannot be done to it. */
function isSettled(
  { attribute, sub }: FoundAttribute,
  holder: Resource,
  { op, path, value }: Change,
): boolean {
  if ([attribute, sub].some((one) => one?.mutability === 'readOnly')) {
    const held = holder[attribute.name];
    const isSame = value !== undefined && held !== undefined && isEqual(held, value);
    if (isSame && op !== 'remove' && !sub && !path.filter) return true;
    throw new ScimError('mutability', `${attribute.name} is written by the hub alone`);
  }
  // Section 3.5.2.2: what is required cannot be taken away.
  const named = sub ?? attribute;
  const isKept = named.required === true || named.alwaysThere === true;
  const isTaken = op === 'remove' ? value === undefined : value === null;
  if (isKept && isTaken && !path.filter && !(sub && attribute.multiValued))
    throw new ScimError('mutability', `${named.name} is there always`);
  return false;
}

/** The attribute's value afterwards; undefined: it is gone. */
function changed(
  type: ResourceType,
  before: Json | undefined,
  { attribute, sub }: FoundAttribute,
  change: Change,
): Json | undefined {
  const { op, path, value } = change;
  if (path.filter)
    return filtered(type, asList(before), { attribute, ...(sub && { sub }) }, change, path.filter);
  if (attribute.multiValued) {
    if (sub) return asList(before).map((element) => withSub(element, sub, change));
    return several(attribute, asList(before), change);
  }
  if (sub) {
    const held = withSub(before ?? {}, sub, change);
    return isObject(held) && Object.keys(held).length > 0 ? held : undefined;
  }
  if (op === 'remove' || value === null || value === undefined) return undefined;
  const after = canonicalSingle(attribute, value);
  // A complex attribute keeps what the value does not name (figure 2 of section 3.5.2.3).
  return isObject(after) && isObject(before) ? { ...before, ...after } : after;
}

function several(attribute: Attribute, before: readonly Json[], { op, value }: Change): Json | undefined {
  if (value === undefined || value === null) return undefined;
  const given = canonicalValue(attribute, Array.isArray(value) ? value : [value]) as readonly Json[];
  if (op === 'remove') {
    const isGone = meantBy(given);
    const left = before.filter((element) => !isGone(element));
    return left.length > 0 ? left : undefined;
  }
  if (op === 'replace') return given.length > 0 ? given : undefined;
  const held = new Set(before.map(textOf));
  return [...before, ...given.filter((fresh) => !held.has(textOf(fresh)))];
}

function filtered(
  type: ResourceType,
  before: readonly Json[],
  { attribute, sub }: Omit<FoundAttribute, 'extension'>,
  change: Change,
  filter: Filter,
): Json | undefined {
  const { op, path, value } = change;
  const isExact = isExactIn(type);
  const isMeant = (element: Json) => isObject(element) && meetsFilter(element, filter, isExact, path);
  if (!before.some(isMeant)) {
    // `emails[type eq "work"].value` of somebody without one: there is one to be made, of that type.
    const made = op === 'add' ? elementOf(filter) : undefined;
    if (!made) throw new ScimError('noTarget', 'no value meets the filter');
    return [...before, sub ? withSub(made, sub, change) : { ...made, ...merged(attribute, {}, value) }];
  }
  if (op === 'remove' && !sub) {
    const left = before.filter((element) => !isMeant(element));
    return left.length > 0 ? left : undefined;
  }
  return before.map((element) => {
    if (!isMeant(element)) return element;
    return sub ? withSub(element, sub, change) : merged(attribute, element, value);
  });
}

function merged(attribute: Attribute, element: Json, value: Json | undefined): Resource {
  const given = value === undefined ? {} : canonicalSingle(attribute, value);
  if (!isObject(given) || !isObject(element))
    throw new ScimError('invalidValue', `${attribute.name} is an object`);
  return { ...element, ...given };
}

/** What an element must be to meet a filter that is one comparison. */
function elementOf(filter: Filter): Resource | undefined {
  return filter.op === 'eq' ? { [filter.path.name]: filter.value } : undefined;
}

function withSub(element: Json, sub: Attribute, { op, value }: Change): Json {
  if (!isObject(element)) return element;
  const { [keyIn(element, sub.name) ?? sub.name]: _before, ...rest } = element;
  if (op === 'remove' || value === null || value === undefined) return rest;
  return { ...rest, [sub.name]: canonicalValue(sub, value) };
}

/**
 * Which elements `named` means: those of the same `value` where it has one, as for the members of a group, else those that are the
 * same in all. Looked up rather than compared two by two: a request has room for thousands.
 */
function meantBy(named: readonly Json[]): (element: Json) => boolean {
  const hasValue = (element: Json): element is Resource => isObject(element) && 'value' in element;
  const values = new Set(named.filter(hasValue).map(({ value }) => value));
  const wholes = new Set(named.filter((element) => !hasValue(element)).map(textOf));
  return (element) => (hasValue(element) && values.has(element['value'])) || wholes.has(textOf(element));
}

function isEqual(a: Json, b: Json): boolean {
  return textOf(a) === textOf(b);
}

/** The same for values that are the same, whatever the order of their names. */
function textOf(value: Json): string {
  return JSON.stringify(isObject(value) ? Object.entries(value).toSorted() : value);
}
