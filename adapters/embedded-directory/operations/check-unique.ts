import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { AttributeMap } from '../store/entry.ts';
import { truncateKey } from '../store/index-keys.ts';
import { valueKey } from './attribute-values.ts';
import type { Directory } from './operation-context.ts';

/**
 * Inside the transaction of a write: no other entry than `self` holds one of these values of a unique attribute.
 * Throws constraintViolation, as slapd's overlay `unique` does.
 */
export function checkUnique(
  directory: Directory,
  attributes: Pick<AttributeMap, 'values'>,
  self?: number,
): void {
  for (const { description, values } of attributes.values()) {
    const { type } = description;
    if (!directory.uniqueAttributes.includes(type)) continue;
    for (const value of values) {
      if (isHeldByAnother(directory, type.key, valueKey(type, value), self)) {
        throw new LdapFailure('constraintViolation', 'some attributes not unique');
      }
    }
  }
}

function isHeldByAnother(
  directory: Directory,
  attribute: string,
  key: string,
  self: number | undefined,
): boolean {
  const indexKey = truncateKey(key);
  const others = directory.store.holdersOf(attribute, indexKey, 1000).filter((id) => id !== self);
  if (indexKey === key) return others.length > 0;
  // The index holds the beginning of a long value only.
  return others.some((id) =>
    [...(directory.store.load(id)?.attributes.values() ?? [])].some(
      ({ description, values }) =>
        description.type.key === attribute &&
        values.some((value) => valueKey(description.type, value) === key),
    ),
  );
}
