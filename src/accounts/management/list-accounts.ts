/** Finding accounts (查詢作業) and taking lists of them out: within what the actor sees, for those who manage. */
import { accountsExported } from '#audit/management-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account, AccountId } from '#domain/account.ts';
import type {
  AccountListing,
  AccountPage,
  AccountPageRequest,
  AccountQuery,
  AccountSummary,
} from '#domain/account-listing.ts';
import { scopeOf, type Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type {
  AccountDirectory,
  CatalogueDirectory,
  Organization,
  OrganizationDirectory,
} from '#domain/directory.ts';
import type { Oid } from '#domain/oid.ts';
import { mayAct } from '#domain/permission.ts';
import { evidenceOf, watchedRows, type MayGoOn, type RowsLeft } from '#domain/watched-rows.ts';
import { createAdmission } from './admission.ts';
import type { NotPermitted } from './deed-outcome.ts';

/** As the search form has it: `role` and `category` instead of the roles they stand for. */
export interface AccountCriteria extends Omit<AccountQuery, 'anyRole'> {
  readonly role?: string;
  /** Holds any role of it. */
  readonly category?: string;
}

export type ListRequest = Omit<AccountPageRequest, 'query'> & { readonly criteria: AccountCriteria };

export interface FindAccounts {
  /** The account for a manager's eyes; undefined where there is none, or none that the actor may know of. */
  findAccount(actor: Actor, id: AccountId): Promise<Account | undefined>;
  /** Throws `bad-request` for a cursor that is none. */
  listAccounts(
    actor: Actor,
    request: ListRequest,
    context: AuditContext,
  ): Promise<({ readonly ok: true } & AccountPage) | NotPermitted>;
  /**
   * All that match, read a piece at a time. That it is taken out is audited before the first, and after the last, or where it
   * broke off, how many left. Before each piece `mayGoOn` is asked whether whoever asked may still; when not, what is read
   * ends with `not-permitted`.
   */
  exportAccounts(
    actor: Actor,
    criteria: AccountCriteria,
    context: AuditContext,
    mayGoOn: MayGoOn,
  ): Promise<{ readonly ok: true; readonly accounts: AsyncIterable<AccountSummary> } | NotPermitted>;
  /** Accounts at `place` and below, counted up to 2,000; 2,001 says that there are more. */
  countAccounts(actor: Actor, place: Oid): Promise<number>;
  /** For type-ahead: organisations of the actor's subtree by a part of the name or the beginning of the OID, at most 20. */
  searchOrganizations(actor: Actor, text: string): Promise<readonly Organization[]>;
  /** The organisations one level below `parent`, in the actor's subtree. */
  listOrganizations(actor: Actor, parent: Oid): Promise<readonly Organization[]>;
}

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly listing: AccountListing;
  readonly organizations: Pick<OrganizationDirectory, 'searchOrganizations' | 'listOrganizations'>;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly audit: Pick<AuditTrail, 'record'>;
}

export function createFindAccounts(deps: Dependencies): FindAccounts {
  const { accounts, listing, organizations, audit } = deps;
  const admission = createAdmission(deps);
  const mayList = (actor: Actor) => mayAct(actor, 'list').ok;

  async function queryOf({ role, category, ...query }: AccountCriteria): Promise<AccountQuery> {
    if (category === undefined) return { ...query, ...(role !== undefined && { anyRole: [role] }) };
    const { categories } = await deps.catalogue.readCatalogue();
    const roles = categories.filter(({ id }) => id === category).flatMap((found) => found.roles);
    const codes = roles.map(({ code }) => code).filter((code) => role === undefined || code === role);
    return { ...query, anyRole: codes };
  }

  return {
    async findAccount(actor, id) {
      return mayList(actor) ? accounts.findAccount(actor, id) : undefined;
    },

    async listAccounts(actor, { criteria, ...request }, context) {
      const admitted = await admission.admit({ actor, deed: 'list', context });
      if (!admitted.ok) return admitted;
      const page = await listing.listAccounts(actor, { ...request, query: await queryOf(criteria) });
      return { ok: true, ...page };
    },

    async exportAccounts(actor, criteria, context, mayGoOn) {
      const admitted = await admission.admit({ actor, deed: 'export', context });
      if (!admitted.ok) return admitted;
      const scope = scopeOf(actor);
      const unitOid = criteria.underOid ?? (scope.kind === 'subtree' ? scope.root : undefined);
      // Which name or national ID was looked for tells of a person and is not needed to know what left.
      const evidence = {
        criteria: Object.keys(criteria).sort().join(' '),
        role: criteria.role,
        category: criteria.category,
        status: criteria.status,
      };
      await audit.record(accountsExported(context, { unitOid, evidence }));
      const found = listing.exportAccounts(actor, await queryOf(criteria));
      const note = (left: RowsLeft) =>
        audit.record(accountsExported(context, { unitOid, evidence: { ...evidence, ...evidenceOf(left) } }));
      return { ok: true, accounts: watchedRows(found, mayGoOn, note) };
    },

    async countAccounts(actor, place) {
      return mayList(actor) ? listing.countAccounts(actor, { underOid: place }) : 0;
    },
    async searchOrganizations(actor, text) {
      return mayList(actor) ? organizations.searchOrganizations(actor, text, mostSuggested) : [];
    },
    async listOrganizations(actor, parent) {
      return mayList(actor) ? organizations.listOrganizations(actor, parent) : [];
    },
  };
}

/** Answers of a type-ahead. */
const mostSuggested = 20;
