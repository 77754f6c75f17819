/** Which attributes an answer has (RFC 7644, section 3.9). Those returned always are there whatever is asked. */
import { parsePath } from './filter/parse-filter.ts';
import { isObject, type Json, type Resource } from './resource.ts';
import { findPath, type FoundAttribute, type ResourceType } from './resource-type.ts';
import type { Wanted } from './list-query.ts';

const always: ReadonlySet<string> = new Set(['schemas', 'id']);

export function project(
  type: ResourceType,
  resource: Resource,
  { attributes, excludedAttributes }: Wanted,
): Resource {
  if (attributes) return keep(resource, found(type, attributes));
  return excludedAttributes ? drop(resource, found(type, excludedAttributes)) : resource;
}

/** Whether an attribute that is told on request alone is asked for. */
export function isRequested(type: ResourceType, { attributes = [] }: Wanted, name: string): boolean {
  return found(type, attributes).some(({ attribute }) => attribute?.name === name);
}

/** `attribute` absent: all of the extension. Names that there are not ask for nothing. */
type Named = Partial<FoundAttribute>;

function found(type: ResourceType, names: readonly string[]): readonly Named[] {
  return names.flatMap((name): Named[] => {
    if (name.toLowerCase() === type.extension?.id.toLowerCase()) return [{ extension: type.extension.id }];
    const path = findPath(type, parsePath(name));
    return path ? [path] : [];
  });
}

function keep(resource: Resource, named: readonly Named[]): Resource {
  const result: Record<string, Json> = {};
  for (const name of always) if (resource[name] !== undefined) result[name] = resource[name];
  for (const { extension, attribute, sub } of named) {
    const holder = extension === undefined ? resource : resource[extension];
    if (!isObject(holder)) continue;
    const kept = attribute ? pick(holder, attribute.name, sub?.name) : holder;
    if (extension === undefined) Object.assign(result, joined(result, kept));
    else {
      const before = result[extension];
      result[extension] = joined(isObject(before) ? before : {}, kept);
    }
  }
  return result;
}

function pick(holder: Resource, name: string, sub: string | undefined): Resource {
  const value = holder[name];
  if (value === undefined) return {};
  return { [name]: sub === undefined ? value : narrowed(value, (element) => pick(element, sub, undefined)) };
}

/** Two sub-attributes of one attribute stand together. */
function joined(before: Resource, more: Resource): Resource {
  const result: Record<string, Json> = { ...before };
  for (const [name, value] of Object.entries(more)) {
    const old = result[name];
    if (isObject(old) && isObject(value)) result[name] = { ...old, ...value };
    else if (Array.isArray(old) && Array.isArray(value))
      result[name] = (old as readonly Json[]).map((element, at) => {
        const fresh = (value as readonly Json[])[at];
        return isObject(element) && isObject(fresh) ? { ...element, ...fresh } : element;
      });
    else result[name] = value;
  }
  return result;
}

function drop(resource: Resource, named: readonly Named[]): Resource {
  return named.reduce((before, { extension, attribute, sub }) => {
    if (extension !== undefined) {
      const { [extension]: held, ...rest } = before;
      if (!attribute || !isObject(held)) return rest;
      return { ...rest, [extension]: without(held, attribute.name, sub?.name) };
    }
    return attribute && !always.has(attribute.name) ? without(before, attribute.name, sub?.name) : before;
  }, resource);
}

function without(holder: Resource, name: string, sub: string | undefined): Resource {
  const { [name]: value, ...rest } = holder;
  if (sub === undefined || value === undefined) return rest;
  return { ...rest, [name]: narrowed(value, (element) => without(element, sub, undefined)) };
}

function narrowed(value: Json, change: (element: Resource) => Resource): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((element) => narrowed(element, change));
  return isObject(value) ? change(value) : value;
}
