/** Whether a resource meets a filter. Texts are compared without regard to case, except those that `isExact` names. */
import { asList, isObject, valueIn, type Json, type Resource } from '../resource.ts';
import type { AttributePath, Comparison, Filter, FilterValue } from './filter.ts';

/** Whether an attribute is compared exactly (caseExact). `of` is the attribute that brackets stand behind. */
export type IsExact = (path: AttributePath, of?: AttributePath) => boolean;

export function meetsFilter(
  resource: Resource,
  filter: Filter,
  isExact: IsExact,
  of?: AttributePath,
): boolean {
  const meets = (inner: Filter) => meetsFilter(resource, inner, isExact, of);
  switch (filter.op) {
    case 'and':
      return meets(filter.left) && meets(filter.right);
    case 'or':
      return meets(filter.left) || meets(filter.right);
    case 'not':
      return !meets(filter.filter);
    case 'some':
      return elementsAt(resource, filter.path).some(
        (value) => isObject(value) && meetsFilter(value, filter.filter, isExact, filter.path),
      );
    case 'pr':
      return valuesAt(resource, filter.path).some(isPresent);
    default:
      return compareAt(resource, filter, isExact(filter.path, of));
  }
}

type Compared = Extract<Filter, { readonly value: FilterValue }>;

function compareAt(resource: Resource, { op, path, value }: Compared, exact: boolean): boolean {
  const values = valuesAt(resource, path);
  // Neither is there: to be null is to be absent.
  if (value === null) return values.some(isPresent) === (op === 'ne');
  if (op === 'ne') return !values.some((found) => compares(found, 'eq', value, exact));
  return values.some((found) => compares(found, op, value, exact));
}

function compares(found: Json, op: Comparison, value: FilterValue, exact: boolean): boolean {
  if (typeof found === 'string' && typeof value === 'string') {
    const [a, b] = exact ? [found, value] : [found.toLowerCase(), value.toLowerCase()];
    const [left, right] = [instantOf(found), instantOf(value)];
    // Points in time, however they are written.
    if (left !== undefined && right !== undefined) return ordered(left, right, op);
    if (op === 'co') return a.includes(b);
    if (op === 'sw') return a.startsWith(b);
    if (op === 'ew') return a.endsWith(b);
    return ordered(a, b, op);
  }
  if (typeof found === 'number' && typeof value === 'number') return ordered(found, value, op);
  return op === 'eq' && found === value;
}

function ordered<T extends string | number>(a: T, b: T, op: Comparison): boolean {
  switch (op) {
    case 'eq':
      return a === b;
    case 'gt':
      return a > b;
    case 'ge':
      return a >= b;
    case 'lt':
      return a < b;
    case 'le':
      return a <= b;
    default:
      return false;
  }
}

function instantOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function isPresent(value: Json): boolean {
  if (value === null || value === '') return false;
  return isObject(value) ? Object.keys(value).length > 0 : true;
}

/** The values of the attribute itself, each of several. */
function elementsAt(resource: Resource, { schema, name }: AttributePath): readonly Json[] {
  const extension = schema === undefined ? undefined : valueIn(resource, schema);
  return asList(valueIn(isObject(extension) ? extension : resource, name));
}

/** As above, or of the sub-attribute; `emails` alone means `emails.value` where its values have one. */
export function valuesAt(resource: Resource, path: AttributePath): readonly Json[] {
  return elementsAt(resource, path).flatMap((element) => {
    if (!isObject(element)) return path.sub === undefined ? [element] : [];
    const value = valueIn(element, path.sub ?? 'value');
    if (value !== undefined) return asList(value);
    return path.sub === undefined ? [element] : [];
  });
}
