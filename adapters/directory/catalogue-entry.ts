/** The catalogue as entries of the directory (design §3): categories with their roles beneath them, and systems. */
import type { Requirement } from '#domain/assurance.ts';
import type { Catalogue, Category, Role, System } from '#domain/catalogue.ts';
import type { Log } from '#domain/log.ts';
import type { NewEntry } from './directory-session.ts';
import { parentOf } from './distinguished-names.ts';
import { storedText, type EntryReader } from './ldap-values.ts';

export const catalogueAttributes: readonly string[] = [
  'objectClass',
  'cn',
  'displayName',
  'description',
  'labeledURI',
  'hufuNameEn',
  'hufuDescriptionEn',
  'hufuOwner',
  'hufuRequires',
  'hufuWithoutCertificate',
  'hufuGivenByCategory',
  'hufuAdmitsCategory',
  'hufuAdmitsRole',
  'hufuPosition',
];

/** The catalogue in order of position, then id. A malformed entry is left out with a warning. */
export function readCatalogueEntries(
  categoryEntries: readonly EntryReader[],
  systemEntries: readonly EntryReader[],
  log: Log,
): Catalogue {
  const complete = <T>(entry: EntryReader, read: (entry: EntryReader) => T | undefined): T[] => {
    const value = read(entry);
    if (value === undefined) log.warn('directory.malformed-entry', { kind: 'catalogue' });
    return value === undefined ? [] : [value];
  };
  const ordered = categoryEntries.toSorted(byPosition);
  const roles = ordered.filter((entry) => isA(entry, 'hufuRole'));
  const categories = ordered
    .filter((entry) => isA(entry, 'hufuCategory'))
    .flatMap((entry) => {
      const beneath = roles.filter((role) => parentOf(role.dn).toLowerCase() === entry.dn.toLowerCase());
      return complete(entry, (found) =>
        readCategory(found, (id) => beneath.flatMap((role) => complete(role, (one) => readRole(one, id)))),
      );
    });
  const systems = systemEntries
    .filter((entry) => isA(entry, 'hufuSystem'))
    .toSorted(byPosition)
    .flatMap((entry) => complete(entry, readSystem));
  return { categories, systems };
}

export function categoryEntry(category: Category, position: number): NewEntry {
  return {
    objectClass: 'hufuCategory',
    cn: category.id,
    displayName: storedText(category.name),
    hufuPosition: String(position),
  };
}

export function roleEntry(role: Role, position: number): NewEntry {
  return {
    objectClass: 'hufuRole',
    cn: role.code,
    displayName: storedText(role.name),
    hufuRequires: role.requires,
    hufuWithoutCertificate: role.withoutCertificate ? 'TRUE' : 'FALSE',
    hufuGivenByCategory: [...new Set(role.givenByCategories)],
    hufuPosition: String(position),
  };
}

export function systemEntry(system: System, position: number): NewEntry {
  return {
    objectClass: 'hufuSystem',
    cn: system.id,
    displayName: storedText(system.name),
    description: storedText(system.description),
    labeledURI: storedText(system.url),
    hufuNameEn: storedText(system.nameEn),
    hufuDescriptionEn: storedText(system.descriptionEn),
    hufuOwner: storedText(system.owner),
    hufuRequires: system.leastRequirement,
    hufuAdmitsCategory: [...new Set(system.admitsCategories)],
    hufuAdmitsRole: [...new Set(system.admitsRoles)],
    hufuPosition: String(position),
  };
}

function readCategory(entry: EntryReader, rolesOf: (id: string) => Role[]): Category | undefined {
  const id = entry.find('cn');
  const name = entry.find('displayName');
  return id === undefined || name === undefined ? undefined : { id, name, roles: rolesOf(id) };
}

function readRole(entry: EntryReader, category: string): Role | undefined {
  const code = entry.find('cn');
  const name = entry.find('displayName');
  const requires = readRequirement(entry);
  if (code === undefined || name === undefined || !requires) return undefined;
  const givenByCategories = entry.all('hufuGivenByCategory').toSorted();
  return {
    code,
    category,
    name,
    requires,
    withoutCertificate: entry.find('hufuWithoutCertificate') === 'TRUE',
    ...(givenByCategories.length > 0 && { givenByCategories }),
  };
}

function readSystem(entry: EntryReader): System | undefined {
  const id = entry.find('cn');
  const name = entry.find('displayName');
  const leastRequirement = readRequirement(entry);
  if (id === undefined || name === undefined || !leastRequirement) return undefined;
  const optional = {
    nameEn: entry.find('hufuNameEn'),
    description: entry.find('description'),
    descriptionEn: entry.find('hufuDescriptionEn'),
    owner: entry.find('hufuOwner'),
    url: entry.find('labeledURI'),
  };
  return {
    id,
    name,
    ...present(optional),
    admitsCategories: entry.all('hufuAdmitsCategory').toSorted(),
    admitsRoles: entry.all('hufuAdmitsRole').toSorted(),
    leastRequirement,
  };
}

function readRequirement(entry: EntryReader): Requirement | undefined {
  const value = entry.find('hufuRequires');
  return value === 'certificate' || value === 'second-factor' ? value : undefined;
}

function present<K extends string>(fields: Record<K, string | undefined>): { readonly [key in K]?: string } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { readonly [key in K]?: string };
}

function isA(entry: EntryReader, objectClass: string): boolean {
  return entry.all('objectClass').some((value) => value.toLowerCase() === objectClass.toLowerCase());
}

function byPosition(a: EntryReader, b: EntryReader): number {
  const position = (entry: EntryReader) => Number(entry.find('hufuPosition') ?? Number.MAX_SAFE_INTEGER);
  const [idA = '', idB = ''] = [a.find('cn'), b.find('cn')];
  return position(a) - position(b) || (idA < idB ? -1 : idA > idB ? 1 : 0);
}
