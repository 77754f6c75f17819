/**
 * Reading of values that no schema has passed yet: rules between values are judged even where some of them are
 * faulty, so that everything is reported together.
 */
export function valueAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  let inner = value;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    inner = Reflect.get(inner, step);
  }
  return inner;
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const inner = valueAt(value, ...path);
  return typeof inner === 'string' ? inner : undefined;
}

export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const inner = valueAt(value, ...path);
  return typeof inner === 'number' ? inner : undefined;
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const inner = valueAt(value, ...path);
  return Array.isArray(inner) ? inner : [];
}
