/** A whole directory of accounts in memory, for rules that stand before it; not a substitute for the conformance suite. */
import { certificateKeys } from '#adapters/directory/certificate-values.ts';
import type { Account, AccountId } from '#domain/account.ts';
import {
  maskNationalId,
  type AccountListing,
  type AccountQuery,
  type AccountSummary,
} from '#domain/account-listing.ts';
import { scopeOf, type Actor } from '#domain/actor.ts';
import { isSameCertificate, type CertificateBinding } from '#domain/certificate-binding.ts';
import type { AccountChange, AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { isUnder, type Oid } from '#domain/oid.ts';
import { sealingContext, sealingPurpose, type Sealing } from '#domain/sealing.ts';

export interface MemoryDirectory {
  readonly accounts: AccountDirectory;
  readonly listing: AccountListing;
  /** Every account, whoever may see it. */
  all(): readonly Account[];
  /** Puts an account there as it is. */
  put(account: Account): void;
}

export function createMemoryDirectory(sealing: Sealing): MemoryDirectory {
  const accounts = new Map<AccountId, Account>();

  const mayPlaceAt = (actor: Actor, place: Oid): boolean => {
    const scope = scopeOf(actor);
    return scope.kind === 'all' || (scope.kind === 'subtree' && isUnder(place, scope.root));
  };
  const sees = (actor: Actor, account: Account): boolean => {
    const scope = scopeOf(actor);
    return scope.kind === 'self' ? scope.id === account.id : mayPlaceAt(actor, account.scopeOid);
  };
  const get = (actor: Actor, id: AccountId, revision: number): Account => {
    const account = accounts.get(id);
    if (!account || !sees(actor, account)) throw new HufuError('not-found');
    if (account.revision !== revision) throw new HufuError('changed-meanwhile');
    return account;
  };
  const nationalIdOf = (account: Account) => opened(account, 'nationalId');
  const opened = (account: Account, field: 'nationalId' | 'birthday') =>
    sealing.open(account[field], sealingContext(sealingPurpose[field], account.id));
  const seal = (id: AccountId, field: 'nationalId' | 'birthday', plain: string) =>
    sealing.seal(plain, sealingContext(sealingPurpose[field], id));
  const checkUnique = (nationalId: string, except?: AccountId) => {
    for (const other of accounts.values()) {
      if (other.id !== except && nationalIdOf(other) === nationalId)
        throw new HufuError('not-unique', { facts: { attribute: 'nationalId' } });
    }
  };
  const checkUniqueCertificates = (certificates: readonly CertificateBinding[], except: AccountId) => {
    const keys = new Set(certificateKeys(certificates));
    for (const other of accounts.values()) {
      if (other.id !== except && certificateKeys(other.certificates).some((key) => keys.has(key)))
        throw new HufuError('not-unique', { facts: { attribute: 'certificate' } });
    }
  };
  const matching = (actor: Actor, query: AccountQuery) =>
    [...accounts.values()]
      .filter((account) => sees(actor, account) && meets(account, query, nationalIdOf))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const summaryOf = (account: Account): AccountSummary => ({
    ...account,
    maskedNationalId: maskNationalId(nationalIdOf(account)),
    hasEmail: account.contact.email !== undefined,
  });

  return {
    all: () => [...accounts.values()],
    put: (account) => void accounts.set(account.id, account),
    accounts: {
      async findAccount(actor, id) {
        const account = accounts.get(id);
        return account && sees(actor, account) ? account : undefined;
      },
      async findAccountByNationalId(actor, nationalId) {
        return matching(actor, { nationalId })[0];
      },
      async findAccountByCertificate(actor, key) {
        return [...accounts.values()].find(
          (account) =>
            sees(actor, account) && account.certificates.some((bound) => isSameCertificate(bound, key)),
        );
      },
      async openAccount(actor, { nationalId, birthday, openingDay, ...given }) {
        const scopeOid = (given.unit ?? given.agency).oid;
        if (!mayPlaceAt(actor, scopeOid)) throw new HufuError('not-permitted');
        checkUnique(nationalId);
        const account: Account = {
          ...given,
          revision: 1,
          nationalId: seal(given.id, 'nationalId', nationalId),
          birthday: seal(given.id, 'birthday', birthday),
          scopeOid,
          status: 'not-opened',
          emailConfirmed: false,
          password: { set: false, openingDay, history: [] },
          certificates: [],
          formerCertificates: [],
        };
        accounts.set(account.id, account);
        return account;
      },
      async modifyAccount(actor, id, revision, change) {
        const account = get(actor, id, revision);
        if (change.nationalId !== undefined) checkUnique(change.nationalId, id);
        if (change.certificates) checkUniqueCertificates(change.certificates, id);
        const changed = applied(account, change);
        if ((change.agency || change.unit !== undefined) && !mayPlaceAt(actor, changed.scopeOid))
          throw new HufuError('not-permitted');
        accounts.set(id, {
          ...changed,
          revision: revision + 1,
          ...(change.nationalId && { nationalId: seal(id, 'nationalId', change.nationalId) }),
          ...(change.birthday && { birthday: seal(id, 'birthday', change.birthday) }),
        });
        return revision + 1;
      },
      async removeAccount(actor, id, revision) {
        get(actor, id, revision);
        accounts.delete(id);
      },
      async recordLogin(actor, id, kind, at) {
        const account = accounts.get(id);
        if (!account || !sees(actor, account)) throw new HufuError('not-found');
        const field = kind === 'password' ? 'lastPasswordLogin' : 'lastCertificateLogin';
        accounts.set(id, { ...account, [field]: at });
      },
      async recordCertificateLogin(actor, { id, certificates }, certificate, at) {
        await this.recordLogin(actor, id, 'certificate', at);
        const account = accounts.get(id);
        if (!account) return;
        const used = certificates.map((bound) =>
          isSameCertificate(bound, certificate) ? { ...bound, lastUsedAt: at } : bound,
        );
        accounts.set(id, { ...account, certificates: used });
      },
    },
    listing: {
      async listAccounts(actor, { query, pageSize, page }) {
        const found = matching(actor, query);
        const shown = found.slice((page - 1) * pageSize, page * pageSize).map(summaryOf);
        return { kind: 'exact', accounts: shown, count: found.length, page };
      },
      async *exportAccounts(actor, query) {
        yield* matching(actor, query).map(summaryOf);
      },
      countAccounts: async (actor, query) => matching(actor, query).length,
    },
  };
}

function meets(account: Account, query: AccountQuery, nationalIdOf: (account: Account) => string): boolean {
  const { underOid, nameKeyword, nationalId, status, anyRole, office, managedCategory } = query;
  return (
    (underOid === undefined || isUnder(account.scopeOid, underOid)) &&
    (nameKeyword === undefined || account.name.includes(nameKeyword)) &&
    (nationalId === undefined || nationalIdOf(account) === nationalId) &&
    (status === undefined || account.status === status) &&
    (office === undefined || account.office === office) &&
    (managedCategory === undefined || account.categories.includes(managedCategory)) &&
    (anyRole === undefined || account.grants.some(({ role }) => anyRole.includes(role)))
  );
}

/** The account with everything of `change` that is not sealed. */
function applied(account: Account, change: AccountChange): Account {
  const { name, agency, unit, jurisdictionOid, office, categories, status, grants } = change;
  const { unit: formerUnit, password, activatedAt: wasActivatedAt, ...rest } = account;
  const newUnit = unit === undefined ? formerUnit : (unit ?? undefined);
  const newAgency = agency ?? account.agency;
  const oneDay = change.oneDayPassword === undefined ? password.oneDay : (change.oneDayPassword ?? undefined);
  const opening = change.openingDay === undefined ? password.openingDay : (change.openingDay ?? undefined);
  const activatedAt = change.activatedAt === undefined ? wasActivatedAt : (change.activatedAt ?? undefined);
  const contact = Object.fromEntries(
    Object.entries({ ...account.contact, ...change.contact }).filter(([, value]) => value !== null),
  ) as Account['contact'];
  return {
    ...rest,
    agency: newAgency,
    ...(newUnit && { unit: newUnit }),
    scopeOid: (newUnit ?? newAgency).oid,
    contact,
    ...(activatedAt && { activatedAt }),
    password: {
      set: change.passwordHash === undefined ? password.set : change.passwordHash !== null,
      history: change.passwordHistory ?? password.history,
      ...(opening && { openingDay: opening }),
      ...(oneDay && { oneDay }),
    },
    ...(name !== undefined && { name }),
    ...(jurisdictionOid && { jurisdictionOid }),
    ...(office && { office }),
    ...(categories && { categories }),
    ...(status && { status }),
    ...(grants && { grants }),
    ...(change.emailConfirmed !== undefined && { emailConfirmed: change.emailConfirmed }),
    ...(change.certificates && { certificates: change.certificates }),
    ...(change.formerCertificates && { formerCertificates: change.formerCertificates }),
  };
}
