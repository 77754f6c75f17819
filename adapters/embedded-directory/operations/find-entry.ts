import { LdapFailure } from '../protocol/ldap-failure.ts';
import { ancestorsOf, isBelow, type EntryName } from '../schema/naming.ts';
import type { Entry } from '../store/entry.ts';
import type { Directory } from './operation-context.ts';

/** Throws invalidDNSyntax. */
export function parseName(directory: Directory, dn: string): EntryName {
  const name = directory.schema.naming.parse(dn);
  if (name === undefined) throw new LdapFailure('invalidDnSyntax', 'invalid DN');
  return name;
}

export function isWithinBase(directory: Directory, name: EntryName): boolean {
  return name.key === directory.base.key || isBelow(name.key, directory.base.key);
}

/** What the server says of itself, to everybody. */
export function findPublicEntry(directory: Directory, name: EntryName): Entry | undefined {
  return [directory.rootDse, directory.subschema].find(({ key }) => key === name.key);
}

/** Throws noSuchObject, with the nearest ancestor there is. */
export function getEntry(directory: Directory, name: EntryName): Entry {
  const entry = directory.store.find(name.key);
  if (entry === undefined) throw new LdapFailure('noSuchObject', '', nearestAncestor(directory, name)?.dn);
  return entry;
}

function nearestAncestor(directory: Directory, name: EntryName): Entry | undefined {
  for (const key of ancestorsOf(name.key)) {
    const entry = directory.store.find(key);
    if (entry !== undefined) return entry;
  }
  return undefined;
}
