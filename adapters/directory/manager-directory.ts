/**
 * The managers out of the accounts: one filter on the server, few attributes, sorted and cut here. Managers are few
 * among the accounts, so that all that match are read at once.
 */
import { AndFilter, OrFilter, SubstringFilter } from 'ldapts';
import { scopeOf } from '#domain/actor.ts';
import type { Manager, ManagerDirectory } from '#domain/directory.ts';
import type { Oid } from '#domain/oid.ts';
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

const enabledManagers = [equals('hufuOffice', 'manager'), equals('hufuStatus', 'enabled')];

export function createManagerDirectory(session: DirectorySession, tree: DirectoryTree): ManagerDirectory {
  return {
    async listManagers(actor, { agency, category, offset, limit }) {
      const filters = [
        ...enabledManagers,
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

    async listManagersOver(actor, oid, limit) {
      const reaching = rootsOver(oid).map((root) => equals('hufuJurisdictionOid', root));
      const filters = [...enabledManagers, new OrFilter({ filters: reaching })];
      const filter = withinScope(scopeOf(actor), new AndFilter({ filters }));
      const found = await session.search({
        base: tree.accounts,
        scope: 'one',
        filter,
        attributes: [...attributes, 'hufuJurisdictionOid'],
      });
      const depth = (entry: EntryReader) => entry.find('hufuJurisdictionOid')?.length ?? 0;
      const nearest = Math.max(0, ...found.map(depth));
      const managers = found.filter((entry) => depth(entry) === nearest).map(managerOf);
      return managers.toSorted(byAgency).slice(0, limit);
    },
  };
}

/** `1.2.3`, `1.2` and `1`: whose jurisdiction may reach `1.2.3`. They are prefixes, so that the longest is the nearest. */
function rootsOver(oid: Oid): readonly string[] {
  const components = oid.split('.');
  return components.map((_, at) => components.slice(0, at + 1).join('.'));
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
