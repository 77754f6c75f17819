/**
 * Ports to the directory. Every call takes the actor; an account outside the actor's scope is not found.
 * All calls throw HufuError: `directory-unavailable` when no answer is to be had.
 */
import type {
  Account,
  AccountId,
  AccountStatus,
  Agency,
  Agreement,
  Contact,
  Office,
  OneDayPassword,
  Unit,
} from './account.ts';
import type { Actor } from './actor.ts';
import type { Day } from './calendar.ts';
import type { Catalogue } from './catalogue.ts';
import type { CertificateBinding, CertificateKey, FormerCertificate } from './certificate-binding.ts';
import type { RoleGrant } from './grant.ts';
import type { NationalId } from './national-id.ts';
import type { Oid } from './oid.ts';

/** What is needed to open an account; the directory gives it an id, its scope OID and revision 1. */
export interface NewAccount {
  readonly id: AccountId;
  readonly name: string;
  readonly nationalId: NationalId;
  /** `MMDD` */
  readonly birthday: string;
  readonly agency: Agency;
  readonly unit?: Unit;
  readonly jurisdictionOid: Oid;
  readonly office: Office;
  readonly categories: readonly string[];
  readonly openedOn: Day;
  /** Day on which the opening password is good. */
  readonly openingDay: Day;
  readonly contact: Contact;
  readonly grants: readonly RoleGrant[];
}

/**
 * A change of managed attributes. An absent field is left alone; `null` removes it; a list replaces the list.
 * `passwordHash` is the directory's userPassword: `null` leaves the account without one.
 */
export interface AccountChange {
  readonly name?: string;
  readonly nationalId?: NationalId;
  /** `MMDD` */
  readonly birthday?: string;
  readonly agency?: Agency;
  readonly unit?: Unit | null;
  readonly jurisdictionOid?: Oid;
  readonly office?: Office;
  readonly categories?: readonly string[];
  readonly status?: AccountStatus;
  readonly activatedAt?: Date | null;
  readonly agreement?: Agreement;
  readonly contact?: { readonly [field in keyof Contact]?: string | null };
  readonly emailConfirmed?: boolean;
  readonly grants?: readonly RoleGrant[];
  readonly passwordHash?: string | null;
  readonly passwordChangedAt?: Date | null;
  readonly passwordHistory?: readonly string[];
  readonly openingDay?: Day | null;
  readonly oneDayPassword?: OneDayPassword | null;
  readonly certificates?: readonly CertificateBinding[];
  /** DER of certificates in `certificates` that the account did not have; what is kept of the others stays. */
  readonly newCertificates?: readonly Uint8Array[];
  readonly formerCertificates?: readonly FormerCertificate[];
}

export interface AccountDirectory {
  findAccount(actor: Actor, id: AccountId): Promise<Account | undefined>;
  findAccountByNationalId(actor: Actor, nationalId: NationalId): Promise<Account | undefined>;
  /** The account that this certificate is bound to, whatever the account's status. */
  findAccountByCertificate(actor: Actor, key: CertificateKey): Promise<Account | undefined>;
  /** Throws `not-unique` when the person has an account already. */
  openAccount(actor: Actor, account: NewAccount): Promise<Account>;
  /**
   * Applies `change` to the account as seen at `revision` and gives the new revision. Throws
   * `changed-meanwhile` when it has another revision by now, `not-found` when it is gone or out of scope, `not-unique`
   * (attribute `certificate`) when a certificate, or another one of its holder, is bound to another account, or (attribute
   * `nationalId`) when the new national ID is another account's.
   */
  modifyAccount(actor: Actor, id: AccountId, revision: number, change: AccountChange): Promise<number>;
  /** Removes the account for good; throws as modifyAccount. */
  removeAccount(actor: Actor, id: AccountId, revision: number): Promise<void>;
  /** Writes the time of a login, without touching the revision. */
  recordLogin(actor: Actor, id: AccountId, kind: 'password' | 'certificate', at: Date): Promise<void>;
  /**
   * Writes the time of a certificate login, for the account and for the certificate, without touching the revision.
   * The account is as it was just read: of two logins with different certificates at the same moment the later written
   * one's times stand.
   */
  recordCertificateLogin(
    actor: Actor,
    account: Pick<Account, 'id' | 'certificates'>,
    certificate: CertificateKey,
    at: Date,
  ): Promise<void>;
}

/** A manager as the list of managers shows one: office data alone. */
export interface Manager {
  readonly name: string;
  readonly agency: string;
  readonly unit?: string;
  readonly phone?: string;
  readonly extension?: string;
  readonly email?: string;
  readonly categories: readonly string[];
}

export interface ManagerQuery {
  /** A part of the agency's name. */
  readonly agency?: string;
  /** Category that the manager may give roles of. */
  readonly category?: string;
  readonly offset: number;
  readonly limit: number;
}

export interface ManagerDirectory {
  /** Enabled managers that match, by agency, unit and name, with the count of all that do. */
  listManagers(
    actor: Actor,
    query: ManagerQuery,
  ): Promise<{ readonly count: number; readonly managers: readonly Manager[] }>;
  /**
   * Enabled managers whose jurisdiction reaches `oid`, those nearest to it alone: where the unit has none of its own,
   * those of what lies above it. In order of name, at most `limit`.
   */
  listManagersOver(actor: Actor, oid: Oid, limit: number): Promise<readonly Manager[]>;
}

/** Checks a password by a bind as the person. */
export interface PasswordDirectory {
  /**
   * Whether `password` is the account's. Without an account (unknown person), or for one without a password, the
   * same work is done on a decoy and the answer is false. An empty password never reaches the directory. The account
   * is as it was just read: nothing of it is read again.
   */
  checkPassword(account: Pick<Account, 'id' | 'password'> | undefined, password: string): Promise<boolean>;
}

export interface Organization {
  readonly oid: Oid;
  readonly name: string;
  readonly code?: string;
}

export interface OrganizationDirectory {
  findOrganization(actor: Actor, oid: Oid): Promise<Organization | undefined>;
  /** By a part of the name, in any case, or the beginning of the OID; in order of OID, at most `limit`. */
  searchOrganizations(actor: Actor, text: string, limit: number): Promise<readonly Organization[]>;
  /** Those one level below `parent`, in order of OID. */
  listOrganizations(actor: Actor, parent: Oid): Promise<readonly Organization[]>;
  /** Throws `not-unique` when there is one of that OID; it stays as it is. */
  addOrganization(actor: Actor, organization: Organization): Promise<void>;
  /** Creates the organisation, or brings its name and code up to date, whatever they were. */
  putOrganization(actor: Actor, organization: Organization): Promise<void>;
  /** Gives `seen` the name and code of `organization`; throws `changed-meanwhile` when they are no longer as in `seen`. */
  changeOrganization(actor: Actor, seen: Organization, organization: Organization): Promise<void>;
}

export interface CatalogueDirectory {
  /** The whole catalogue; may be up to the configured number of seconds old. */
  readCatalogue(): Promise<Catalogue>;
  /** Adds what is missing of `catalogue`; leaves what exists as it is. Gives the number of entries added. */
  loadCatalogue(actor: Actor, catalogue: Catalogue): Promise<number>;
}

export interface DirectoryHealth {
  /** Throws `directory-unavailable` when the directory does not answer within its time limit. */
  checkDirectory(): Promise<void>;
}
