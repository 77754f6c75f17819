/** A value that the trail may hold: text, whole numbers, and objects of them. No lists, no fractions, no null. */
export type CanonicalValue = string | number | { readonly [name: string]: CanonicalValue | undefined };

/**
 * The one spelling of `value` that hashes are taken over: RFC 8785 (JSON Canonicalization Scheme) for our value
 * shapes. No white space; names sorted by their UTF-16 code units; strings escaped as JSON.stringify does; numbers
 * are safe integers, written in decimal. Members that are undefined are left out. Throws on anything else.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a string with a lone surrogate has no canonical form');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('only safe integers have a canonical form here');
    return String(Object.is(value, -0) ? 0 : value);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('only text, whole numbers and objects have a canonical form here');
  }
  const members = Object.keys(value)
    .sort()
    .flatMap((name) => {
      const member = value[name];
      return member === undefined ? [] : [`${canonicalJson(name)}:${canonicalJson(member)}`];
    });
  return `{${members.join(',')}}`;
}
