/**
 * The managers out of the accounts: one filter on the server, few attributes, sorted and cut here. Managers are few
 * among the accounts, so that all that match are read at once.
 */
import { AndFilter, SubstringFilter } from 'ldapts';
import { scopeOf } from '#domain/actor.ts';
import type { Manager, ManagerDirectory } from '#domain/directory.ts';
import type { DirectorySession } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';
import type { EntryReader } from './ldap-values.ts';
import { equals, withinScope } from './scope-filter.ts';

const attributes = [
  'cn',
  'hufuAgencyName',
  'hufuUnitName',
  'hufuPhone',
  'hufuExtension',
  'hufuManagedCategory',
  'mail',
];

const collator = new Intl.Collator('zh-TW-u-co-stroke');

export function createManagerDirectory(session: DirectorySession, tree: DirectoryTree): ManagerDirectory {
  return {
    async listManagers(actor, { agency, category, offset, limit }) {
      const filters = [
        equals('hufuOffice', 'manager'),
        equals('hufuStatus', 'enabled'),
        ...(category === undefined ? [] : [equals('hufuManagedCategory', category)]),
        ...(agency === undefined
          ? []
          : [new SubstringFilter({ attribute: 'hufuAgencyName', any: [agency] })]),
      ];
      const filter = withinScope(scopeOf(actor), new AndFilter({ filters }));
      const found = await session.search({ base: tree.accounts, scope: 'one', filter, attributes });
      const managers = found.map(managerOf).toSorted(byAgency);
      return { count: managers.length, managers: managers.slice(offset, offset + limit) };
    },
  };
}

function managerOf(entry: EntryReader): Manager {
  const optional = (key: 'unit' | 'phone' | 'extension' | 'email', attribute: string) => {
    const value = entry.find(attribute);
    return value === undefined ? {} : { [key]: value };
  };
  return {
    name: entry.find('cn') ?? '',
    agency: entry.find('hufuAgencyName') ?? '',
    categories: entry.all('hufuManagedCategory').toSorted(),
    ...optional('unit', 'hufuUnitName'),
    ...optional('phone', 'hufuPhone'),
    ...optional('extension', 'hufuExtension'),
    ...optional('email', 'mail'),
  };
}

function byAgency(a: Manager, b: Manager): number {
  return (
    collator.compare(a.agency, b.agency) ||
    collator.compare(a.unit ?? '', b.unit ?? '') ||
    collator.compare(a.name, b.name)
  );
}
