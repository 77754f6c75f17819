/** Resources as plain JSON, and how their attributes are found: names without regard to case (RFC 7643, section 2.1). */
export type Json = string | number | boolean | null | readonly Json[] | Resource;
export interface Resource {
  readonly [name: string]: Json;
}

export function isObject(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name as the object has it. */
export function keyIn(object: Resource, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === wanted);
}

export function valueIn(object: Resource, name: string): Json | undefined {
  const key = keyIn(object, name);
  return key === undefined ? undefined : object[key];
}

export function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
