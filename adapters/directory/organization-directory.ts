/** Organisations: one entry each, named by OID, one level below ou=organizations. */
import { AndFilter, NotFilter, SubstringFilter, type Filter } from 'ldapts';
import { scopeOf, type Actor, type Scope } from '#domain/actor.ts';
import type { Organization, OrganizationDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { compareOids, isUnder, parseOid, type Oid } from '#domain/oid.ts';
import { resultCode } from './directory-failure.ts';
import { exchange, replace, type DirectorySession } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';
import { storedText, type EntryReader } from './ldap-values.ts';
import { equals, underOid } from './scope-filter.ts';

/** Answers to a type-ahead read before they are sorted and cut. */
const mostSorted = 200;
/** Organisations below one other at most. */
const mostChildren = 2000;

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
      [resultCode.entryAlreadyExists]: () => new HufuError('not-unique', { facts: { attribute: 'oid' } }),
    });
  }

  /** Those that match and the actor sees, in order of OID. */
  async function search(actor: Actor, criterion: Filter, limit: number): Promise<Organization[]> {
    const filter = visible(scopeOf(actor), criterion);
    if (!filter) return [];
    const attributes = ['hufuOid', 'ou', 'hufuAgencyCode'];
    const entries = await session.search({
      base: tree.organizations,
      scope: 'one',
      filter,
      attributes,
      limit,
    });
    return entries.flatMap(readOrganization).toSorted((a, b) => compareOids(a.oid, b.oid));
  }

  return {
    async findOrganization(actor, oid) {
      return (await search(actor, equals('hufuOid', oid), 1))[0];
    },

    async searchOrganizations(actor, text, limit) {
      const typed = storedText(text)?.trim();
      if (typed === undefined) return [];
      const criterion = /^[0-9.]+$/.test(typed)
        ? new SubstringFilter({ attribute: 'hufuOid', initial: typed })
        : new SubstringFilter({ attribute: 'ou', any: [typed] });
      // More than are shown, so that those shown are the first in order as long as it is not an endless list.
      return (await search(actor, criterion, Math.max(limit, mostSorted))).slice(0, limit);
    },

    listOrganizations(actor, parent) {
      const below = `${parent}.`;
      const deeper = new SubstringFilter({ attribute: 'hufuOid', initial: below, any: ['.'] });
      const filters = [
        new SubstringFilter({ attribute: 'hufuOid', initial: below }),
        new NotFilter({ filter: deeper }),
      ];
      return search(actor, new AndFilter({ filters }), mostChildren);
    },

    async addOrganization(actor, organization) {
      if (!mayWrite(actor, organization.oid)) throw new HufuError('not-permitted');
      await add(organization);
    },

    async changeOrganization(actor, seen, { oid, name, code }) {
      if (oid !== seen.oid || !mayWrite(actor, oid)) throw new HufuError('not-permitted');
      const refuse = () => new HufuError('changed-meanwhile');
      // The name as it was seen is taken away even where it stays: it is what the change depends on.
      const changes = [
        ...exchange('ou', storedText(seen.name), storedText(name)),
        ...exchange('hufuAgencyCode', storedText(seen.code), storedText(code)),
      ];
      await session.modify(tree.organization(oid), changes, {
        [resultCode.noSuchAttribute]: refuse,
        [resultCode.noSuchObject]: refuse,
        // There is a code now where none was seen: one value is all it may have.
        [resultCode.constraintViolation]: refuse,
        [resultCode.attributeOrValueExists]: refuse,
      });
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

function readOrganization(entry: EntryReader): Organization[] {
  const oid = parseOid(entry.find('hufuOid') ?? '');
  const code = entry.find('hufuAgencyCode');
  return oid ? [{ oid, name: entry.find('ou') ?? '', ...(code === undefined ? {} : { code }) }] : [];
}

/** Somebody who sees only their own account sees no organisation; their own is part of the account. */
function visible(scope: Scope, criterion: Filter): Filter | undefined {
  if (scope.kind === 'self') return undefined;
  if (scope.kind === 'all') return criterion;
  return new AndFilter({ filters: [criterion, underOid('hufuOid', scope.root)] });
}

function mayWrite(actor: Actor, oid: Oid): boolean {
  const scope = scopeOf(actor);
  return scope.kind === 'all' || (scope.kind === 'subtree' && isUnder(oid, scope.root));
}
