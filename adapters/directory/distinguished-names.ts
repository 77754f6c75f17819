/** The tree (docs/directory.md) as distinguished names. Values are escaped here and nowhere else (RFC 4514 §2.4). */
import type { AccountId } from '#domain/account.ts';
import { createNames, ownSchema, type DirectoryMapping } from './directory-mapping.ts';

export interface DirectoryTree {
  readonly base: string;
  readonly accounts: string;
  readonly organizations: string;
  readonly categories: string;
  readonly systems: string;
  readonly decoys: string;
  readonly decoy: string;
  account(id: AccountId): string;
  organization(oid: string): string;
  category(id: string): string;
  role(category: string, code: string): string;
  system(id: string): string;
}

export function directoryTree(base: string, mapping: DirectoryMapping = ownSchema): DirectoryTree {
  const below = (attribute: string, value: string, parent: string) =>
    `${attribute}=${escapeRdnValue(value)},${parent}`;
  const branch = (name: keyof DirectoryMapping) => mapping[name].baseDn ?? below('ou', name, base);
  const naming = (name: keyof DirectoryMapping, ours: string) => createNames(mapping[name]).attribute(ours);
  const accounts = branch('accounts');
  const organizations = branch('organizations');
  const categories = branch('categories');
  const systems = branch('systems');
  const uid = naming('accounts', 'uid');
  const oidName = naming('organizations', 'hufuOid');
  const cn = naming('categories', 'cn');
  const systemCn = naming('systems', 'cn');
  const decoys = below('ou', 'decoys', base);
  const category = (id: string) => below(cn, id, categories);
  return {
    base,
    accounts,
    organizations,
    categories,
    systems,
    decoys,
    decoy: below(uid, 'decoy', decoys),
    account: (id) => below(uid, id, accounts),
    organization: (oid) => below(oidName, oid, organizations),
    category,
    role: (id, code) => below(cn, code, category(id)),
    system: (id) => below(systemCn, id, systems),
  };
}

/** The name of the entry above `dn`. */
export function parentOf(dn: string): string {
  const comma = /(?<!\\)(?:\\\\)*,/.exec(dn);
  return comma ? dn.slice(comma.index + comma[0].length) : '';
}

export function escapeRdnValue(value: string): string {
  return value
    .replace(/[\\"+,;<>=]/g, (character) => `\\${character}`)
    .replaceAll('\0', '\\00')
    .replace(/^[ #]| $/g, (character) => `\\${character}`);
}
