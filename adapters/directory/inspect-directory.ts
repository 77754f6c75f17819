/**
 * What a server lacks for Hufu to run on it, asked of the server itself as Hufu's identity. In order: the base and the
 * branches → the names of the mapping in its schema → indexes and the overlay `unique`, as far as it shows its
 * configuration → a write that is taken back. Nothing is kept.
 */
import { PresenceFilter } from 'ldapts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import type { Random } from '#domain/random.ts';
import { accountAttributes, accountClasses } from './account-attributes.ts';
import { catalogueAttributes } from './catalogue-entry.ts';
import { createNames, type DirectoryMapping } from './directory-mapping.ts';
import type { Finding } from './finding.ts';
import { checkWriting } from './check-writing.ts';
import type { DirectorySession } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';
import type { EntryReader } from './ldap-values.ts';
import { equals } from './scope-filter.ts';

interface InspectionDeps {
  readonly mapping: DirectoryMapping;
  readonly accounts: AccountDirectory;
  readonly random: Random;
}

/** Written, searched or compared, and no part of reading an account. */
const writtenOnly = ['sn', 'userPassword', 'userCertificate', 'hufuNationalIdKey', 'hufuCertificateKey'];

const usedNames: Readonly<
  Record<
    keyof DirectoryMapping,
    { readonly attributes: readonly string[]; readonly classes: readonly string[] }
  >
> = {
  accounts: {
    attributes: [...accountAttributes, ...writtenOnly],
    classes: accountClasses,
  },
  organizations: {
    attributes: ['hufuOid', 'ou', 'hufuAgencyCode'],
    classes: ['organizationalUnit', 'hufuOrganization'],
  },
  categories: { attributes: catalogueAttributes, classes: ['hufuCategory', 'hufuRole'] },
  systems: { attributes: catalogueAttributes, classes: ['hufuSystem'] },
};

const indexed = ['uid', 'hufuNationalIdKey', 'hufuScopeOid', 'hufuCertificateKey'];
const uniqueAttributes = ['hufuNationalIdKey', 'hufuCertificateKey'];
const branches = ['accounts', 'organizations', 'categories', 'systems'] as const;
const anything = new PresenceFilter({ attribute: 'objectClass' });

export async function inspectDirectory(
  session: DirectorySession,
  tree: DirectoryTree,
  { mapping, accounts, random }: InspectionDeps,
): Promise<Finding[]> {
  const names = createNames(mapping.accounts);

  async function findEntry(base: string, attributes: readonly string[]): Promise<EntryReader | undefined> {
    try {
      return (await session.search({ base, scope: 'base', filter: anything, attributes }))[0];
    } catch (error) {
      // Not there and not shown to us are the same thing here; a server that is down is not.
      if (isHufuError(error) && error.facts['resultCode'] !== undefined) return undefined;
      throw error;
    }
  }

  async function checkBranches(): Promise<Finding[]> {
    const found: Finding[] = [];
    for (const branch of branches) {
      const entry = await findEntry(tree[branch], ['1.1']);
      if (!entry) found.push({ kind: 'missing-branch', severity: 'fault', name: tree[branch] });
    }
    return found;
  }

  async function checkSchema(): Promise<Finding[]> {
    const root = await findEntry('', ['subschemaSubentry']);
    const place = root?.find('subschemaSubentry') ?? 'cn=Subschema';
    const subschema = await session
      .search({
        base: place,
        scope: 'base',
        filter: equals('objectClass', 'subschema'),
        attributes: schemaKinds,
      })
      .catch(() => []);
    const [schema] = subschema;
    if (!schema || schema.all('attributeTypes').length === 0) {
      return [{ kind: 'schema-hidden', severity: 'unknown', name: place }];
    }
    const attributes = definedNames(schema.all('attributeTypes'));
    const classes = definedNames(schema.all('objectClasses'));
    const missing = branches.flatMap((branch): Finding[] => {
      const own = createNames(mapping[branch]);
      return [
        ...usedNames[branch].attributes
          .map(own.attribute)
          .filter((name) => !attributes.has(name.toLowerCase()))
          .map((name): Finding => ({ kind: 'missing-attribute', severity: 'fault', name })),
        ...own
          .classes(usedNames[branch].classes)
          .filter((name) => !classes.has(name.toLowerCase()))
          .map((name): Finding => ({ kind: 'missing-object-class', severity: 'fault', name })),
      ];
    });
    return [...new Map(missing.map((finding) => [`${finding.kind} ${finding.name}`, finding])).values()];
  }

  /** slapd's own configuration, where our identity may read it (docs/directory.md). */
  async function checkConfiguration(): Promise<Finding[]> {
    const attributes = ['olcSuffix', 'olcDbIndex', 'olcUniqueURI'];
    const entries = await session
      .search({ base: 'cn=config', scope: 'sub', filter: anything, attributes })
      .catch(() => []);
    const indexes = entries.flatMap((entry) => entry.all('olcDbIndex'));
    if (indexes.length === 0)
      return [{ kind: 'configuration-hidden', severity: 'unknown', name: 'cn=config' }];
    const withIndex = new Set(
      indexes.flatMap((line) => (line.split(/\s+/)[0] ?? '').split(',')).map((name) => name.toLowerCase()),
    );
    const unique = entries.flatMap((entry) => entry.all('olcUniqueURI')).map((line) => line.toLowerCase());
    const isSerialized = (name: string) =>
      unique.some((line) => line.startsWith('serialize ') && line.includes(`?${name.toLowerCase()}?`));
    return [
      ...indexed
        .map(names.attribute)
        .filter((name) => !withIndex.has(name.toLowerCase()))
        .map((name): Finding => ({ kind: 'missing-index', severity: 'slow', name })),
      ...uniqueAttributes
        .map(names.attribute)
        .filter((name) => !isSerialized(name))
        .map((name): Finding => ({ kind: 'unique-not-serialized', severity: 'unsafe', name })),
    ];
  }

  const missing = [...(await checkBranches()), ...(await checkSchema())];
  const configuration = await checkConfiguration();
  // Without branch or schema every write fails for that reason.
  const isWhole = missing.every(({ severity }) => severity !== 'fault');
  const writing = isWhole ? await checkWriting(accounts, session, tree, random) : [];
  return [...missing, ...configuration, ...writing];
}

const schemaKinds = ['attributeTypes', 'objectClasses'];

/** Lower-case names and aliases of definitions (RFC 4512 §4.1): `NAME 'cn'` or `NAME ( 'cn' 'commonName' )`. */
function definedNames(definitions: readonly string[]): ReadonlySet<string> {
  const names = definitions.flatMap((definition) => {
    const [, one, several] = /\sNAME\s+(?:'([^']+)'|\(([^)]*)\))/.exec(definition) ?? [];
    return one === undefined ? [...(several ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => name) : [one];
  });
  return new Set(names.flatMap((name) => name?.toLowerCase() ?? []));
}
