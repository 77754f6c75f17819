/**
 * Accounts (design §3). Every call is limited to what its actor sees: reads in the search filter itself, writes by
 * finding the account under that same filter first. Only a system actor, who sees all, writes by name alone.
 */
import { OrFilter, type Filter } from 'ldapts';
import { createHash } from 'node:crypto';
import type { Account, AccountId } from '#domain/account.ts';
import { scopeOf, type Actor, type Scope } from '#domain/actor.ts';
import { isCertificateBinding, isCertificateKey, isSameCertificate } from '#domain/certificate-binding.ts';
import type { AccountChange, AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { isUnder, parseOid, type Oid } from '#domain/oid.ts';
import { sealingPurpose, type Sealing } from '#domain/sealing.ts';
import { accountAttributes } from './account-attributes.ts';
import { accountChanges } from './account-changes.ts';
import { newAccountEntry, readAccount, scopeOidOf } from './account-entry.ts';
import { certificateIndex, formatUses } from './certificate-values.ts';
import { resultCode } from './directory-failure.ts';
import { advance, replace, replaceBytes, type DirectorySession, type Refusals } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';
import { formatTime, readEntry, type EntryReader } from './ldap-values.ts';
import { equals, withinScope } from './scope-filter.ts';
import { sealedFields } from './sealed-fields.ts';

const loginAttributes = {
  password: 'hufuLastPasswordLogin',
  certificate: 'hufuLastCertificateLogin',
} as const;

const refusals: Refusals = {
  [resultCode.noSuchAttribute]: () => new HufuError('changed-meanwhile'),
  [resultCode.noSuchObject]: () => new HufuError('not-found'),
};

const certificateRefusals: Refusals = {
  ...refusals,
  [resultCode.constraintViolation]: () => notUnique('certificate'),
};

const modifyRefusals: Refusals = {
  ...refusals,
  [resultCode.constraintViolation]: () => notUnique('nationalId'),
};

const certificateFile = 'userCertificate;binary';

export function createAccountDirectory(
  session: DirectorySession,
  tree: DirectoryTree,
  deps: { readonly sealing: Sealing; readonly log: Log },
): AccountDirectory {
  /** One level below ou=accounts rather than the entry by name: then a missing tree is not taken for a missing person. */
  function search(scope: Scope, filter: Filter, attributes: readonly string[]): Promise<EntryReader[]> {
    return session.search({
      base: tree.accounts,
      scope: 'one',
      filter: withinScope(scope, filter),
      attributes,
    });
  }

  async function find(actor: Actor, filter: Filter): Promise<Account | undefined> {
    const [entry, second] = await search(scopeOf(actor), filter, accountAttributes);
    if (second) throw new HufuError('internal', { facts: { reason: 'ambiguous-account' } });
    return entry && readAccount(entry, deps.log);
  }

  /** The entry at `revision` with `attributes`, seen by the actor. */
  async function getSeen(scope: Scope, id: AccountId, revision: number | undefined, attributes: string[]) {
    const [entry] = await search(scope, equals('uid', id), ['hufuRevision', ...attributes]);
    if (!entry) throw new HufuError('not-found');
    if (revision !== undefined && entry.find('hufuRevision') !== String(revision)) {
      throw new HufuError('changed-meanwhile');
    }
    return entry;
  }

  async function checkSeen(scope: Scope, id: AccountId, revision?: number): Promise<void> {
    if (scope.kind === 'all') return;
    if (scope.kind === 'self' && scope.id !== id) throw new HufuError('not-found');
    if (scope.kind === 'subtree') await getSeen(scope, id, revision, []);
  }

  /** Replaces the certificates themselves: those kept that are still bound, by their fingerprints, and the new ones. */
  async function certificateFiles(scope: Scope, id: AccountId, revision: number, change: AccountChange) {
    const { certificates, newCertificates = [] } = change;
    if (!certificates) return [];
    if (!certificates.every(isCertificateBinding)) {
      throw new HufuError('bad-request', { facts: { reason: 'malformed-certificate' } });
    }
    const entry = await getSeen(scope, id, revision, [certificateFile]);
    const byFingerprint = new Map(
      [...entry.bytes(certificateFile), ...newCertificates].map((der) => [fingerprintOf(der), der]),
    );
    const bound = certificates.flatMap(({ fingerprint }) => byFingerprint.get(fingerprint) ?? []);
    return [replaceBytes(certificateFile, bound)];
  }

  /** The account's scope OID after `change`; read from the directory where the change alone does not say. */
  async function newScopeOid(scope: Scope, id: AccountId, revision: number, change: AccountChange) {
    const { agency, unit } = change;
    if (unit) return unit.oid;
    if (unit === null && agency) return agency.oid;
    const entry = await getSeen(scope, id, revision, ['hufuAgencyOid', 'hufuUnitOid']);
    const agencyOid = agency?.oid ?? parseOid(entry.find('hufuAgencyOid') ?? '');
    const scopeOid =
      (unit === undefined ? parseOid(entry.find('hufuUnitOid') ?? '') : undefined) ?? agencyOid;
    if (!scopeOid) throw new HufuError('internal', { facts: { reason: 'malformed-entry', account: id } });
    return scopeOid;
  }

  return {
    async findAccount(actor, id) {
      const scope = scopeOf(actor);
      if (scope.kind === 'self' && scope.id !== id) return undefined;
      return find(actor, equals('uid', id));
    },

    findAccountByNationalId(actor, nationalId) {
      const keys = deps.sealing.indexes(nationalId, sealingPurpose.nationalId);
      return find(actor, new OrFilter({ filters: keys.map((key) => equals('hufuNationalIdKey', key)) }));
    },

    async findAccountByCertificate(actor, key) {
      if (!isCertificateKey(key)) return undefined;
      const account = await find(actor, equals('hufuCertificateKey', certificateIndex(key)));
      // A key without the facts that belong to it is nothing to log in by.
      return account?.certificates.some((bound) => isSameCertificate(bound, key)) ? account : undefined;
    },

    async openAccount(actor, account) {
      checkWithin(scopeOf(actor), scopeOidOf(account));
      const entry = newAccountEntry(account, deps.sealing);
      await session.add(tree.account(account.id), entry, {
        [resultCode.constraintViolation]: () => notUnique('nationalId'),
        [resultCode.entryAlreadyExists]: () => notUnique('id'),
      });
      return readAccount(readEntry({ dn: tree.account(account.id), ...writtenValues(entry) }), deps.log);
    },

    async modifyAccount(actor, id, revision, change) {
      const scope = scopeOf(actor);
      await checkSeen(scope, id, revision);
      const moves = change.agency !== undefined || change.unit !== undefined;
      const scopeOid = moves ? await newScopeOid(scope, id, revision, change) : undefined;
      if (scopeOid) checkWithin(scope, scopeOid);
      const changes = [
        ...advance('hufuRevision', revision, revision + 1),
        ...accountChanges(change, scopeOid),
        ...Object.entries(sealedFields(id, change, deps.sealing)).map(([name, value]) =>
          replace(name, value),
        ),
        ...(await certificateFiles(scope, id, revision, change)),
      ];
      await session.modify(
        tree.account(id),
        changes,
        change.certificates && !change.nationalId ? certificateRefusals : modifyRefusals,
      );
      return revision + 1;
    },

    async removeAccount(actor, id, revision) {
      await checkSeen(scopeOf(actor), id, revision);
      // An LDAP delete has no condition, so the entry is claimed by its revision first; from then on it is closed.
      const claim = [
        ...advance('hufuRevision', revision, revision + 1),
        ...accountChanges({ status: 'disabled', passwordHash: null }),
      ];
      await session.modify(tree.account(id), claim, refusals);
      await session.remove(tree.account(id), refusals);
    },

    async recordLogin(actor, id, kind, at) {
      await checkSeen(scopeOf(actor), id);
      await session.modify(tree.account(id), [replace(loginAttributes[kind], formatTime(at))], refusals);
    },

    async recordCertificateLogin(actor, { id, certificates }, certificate, at) {
      await checkSeen(scopeOf(actor), id);
      const used = certificates.map((bound) =>
        isSameCertificate(bound, certificate) ? { ...bound, lastUsedAt: at } : bound,
      );
      const changes = [
        replace(loginAttributes.certificate, formatTime(at)),
        replace('hufuCertificateUsed', formatUses(used)),
      ];
      await session.modify(tree.account(id), changes, refusals);
    },
  };
}

/** Nobody opens an account, or moves one, to where they could not see it. */
function checkWithin(scope: Scope, oid: Oid): void {
  const permitted = scope.kind === 'all' || (scope.kind === 'subtree' && isUnder(oid, scope.root));
  if (!permitted) throw new HufuError('not-permitted');
}

function notUnique(attribute: string): HufuError {
  return new HufuError('not-unique', { facts: { attribute } });
}

function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

function writtenValues(entry: Readonly<Record<string, string | readonly string[] | undefined>>) {
  return Object.fromEntries(
    Object.entries(entry).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value].flat()]])),
  );
}
