/** Object identifiers of organisations, in dotted-decimal form (X.660), compared by whole components. */

declare const oidBrand: unique symbol;
/** A checked OID, e.g. `2.16.886.101.90027.20002`: ASCII digits, no leading zeros, at most 128 characters. */
export type Oid = string & { readonly [oidBrand]: true };

const pattern = /^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$/;

/** The OID in `text`, or undefined when it is not one in canonical form. */
export function parseOid(text: string): Oid | undefined {
  return text.length <= 128 && pattern.test(text) ? (text as Oid) : undefined;
}

/** Whether `oid` is `root` itself or lies under it: `1.2.34` is not under `1.2.3`. */
export function isUnder(oid: Oid, root: Oid): boolean {
  return oid === root || oid.startsWith(`${root}.`);
}

/** Whether `oid` lies under `root` and is not `root` itself. */
export function isStrictlyUnder(oid: Oid, root: Oid): boolean {
  return oid !== root && isUnder(oid, root);
}

/** Order of OIDs by the numbers of their components: `1.2.10` comes after `1.2.9`. */
export function compareOids(left: Oid, right: Oid): number {
  const [a, b] = [left.split('.'), right.split('.')];
  const at = a.findIndex((component, index) => component !== b[index]);
  const [one, other] = [a[at], b[at]];
  if (one === undefined || other === undefined) return a.length - b.length;
  // Without leading zeros the longer number is the larger.
  return one.length - other.length || (one < other ? -1 : 1);
}
