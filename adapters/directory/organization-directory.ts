/** Organisations: one entry each, named by OID, one level below ou=organizations. */
import { AndFilter } from 'ldapts';
import { scopeOf, type Actor, type Scope } from '#domain/actor.ts';
import type { Organization, OrganizationDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { isUnder, parseOid, type Oid } from '#domain/oid.ts';
import { resultCode } from './directory-failure.ts';
import { replace, type DirectorySession } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';
import { storedText } from './ldap-values.ts';
import { equals, underOid } from './scope-filter.ts';

export function createOrganizationDirectory(
  session: DirectorySession,
  tree: DirectoryTree,
): OrganizationDirectory {
  function update({ oid, name, code }: Organization): Promise<void> {
    const changes = [replace('ou', storedText(name)), replace('hufuAgencyCode', storedText(code))];
    return session.modify(tree.organization(oid), changes, {
      [resultCode.noSuchObject]: () => new HufuError('not-found'),
    });
  }

  function add({ oid, name, code }: Organization): Promise<void> {
    const entry = {
      objectClass: ['organizationalUnit', 'hufuOrganization'],
      hufuOid: oid,
      ou: storedText(name),
      hufuAgencyCode: storedText(code),
    };
    return session.add(tree.organization(oid), entry, {
      [resultCode.entryAlreadyExists]: () => new HufuError('not-unique'),
    });
  }

  return {
    async findOrganization(actor, oid) {
      const filter = organizationFilter(scopeOf(actor), oid);
      if (!filter) return undefined;
      const attributes = ['hufuOid', 'ou', 'hufuAgencyCode'];
      const [entry] = await session.search({ base: tree.organizations, scope: 'one', filter, attributes });
      const found = parseOid(entry?.find('hufuOid') ?? '');
      if (!entry || !found) return undefined;
      const code = entry.find('hufuAgencyCode');
      return { oid: found, name: entry.find('ou') ?? '', ...(code === undefined ? {} : { code }) };
    },

    async putOrganization(actor, organization) {
      if (!mayWrite(actor, organization.oid)) throw new HufuError('not-permitted');
      try {
        await update(organization);
      } catch (error) {
        if (!isHufuError(error, 'not-found')) throw error;
        await add(organization).catch((failure: unknown) => {
          // Somebody else added it in between: then it is there to be brought up to date.
          if (!isHufuError(failure, 'not-unique')) throw failure;
          return update(organization);
        });
      }
    },
  };
}

/** Somebody who sees only their own account sees no organisation; their own is part of the account. */
function organizationFilter(scope: Scope, oid: Oid) {
  if (scope.kind === 'self') return undefined;
  if (scope.kind === 'all') return equals('hufuOid', oid);
  return new AndFilter({ filters: [equals('hufuOid', oid), underOid('hufuOid', scope.root)] });
}

function mayWrite(actor: Actor, oid: Oid): boolean {
  const scope = scopeOf(actor);
  return scope.kind === 'all' || (scope.kind === 'subtree' && isUnder(oid, scope.root));
}
