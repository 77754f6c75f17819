/** An official's account (domain §3) as the rest of the program sees it; the directory adapter maps it. */
import type { Day } from './calendar.ts';
import type { CertificateBinding, FormerCertificate } from './certificate-binding.ts';
import type { RoleGrant } from './grant.ts';
import type { Oid } from './oid.ts';
import type { Sealed } from './sealing.ts';

declare const accountIdBrand: unique symbol;
/** Opaque, random, never reused: the OIDC subject. 26 lower-case base32 characters. */
export type AccountId = string & { readonly [accountIdBrand]: true };

export function parseAccountId(text: string): AccountId | undefined {
  return /^[a-z2-7]{26}$/.test(text) ? (text as AccountId) : undefined;
}

/** 未開帳, 啟用, 停用. A deleted account has no entry. */
export type AccountStatus = 'not-opened' | 'enabled' | 'disabled';

/** What kind of duty an account has; scope and categories limit it further. */
export type Office = 'general' | 'manager' | 'programme-officer';

export interface Agency {
  readonly oid: Oid;
  /** 機關代碼, ten characters. */
  readonly code: string;
  readonly name: string;
}

export interface Unit {
  readonly oid: Oid;
  readonly name: string;
}

/** A day for which a manager has enabled a one-day password (一日密碼). */
export interface OneDayPassword {
  readonly day: Day;
  readonly enabledAt: Date;
  /** Who enabled it, as the audit trail names an actor. */
  readonly enabledBy?: string;
}

/** Which version of the rules of use somebody agreed to. */
export interface Agreement {
  readonly version: string;
  readonly at: Date;
}

/** What the person keeps (個人資料維護). */
export interface Contact {
  readonly email?: string;
  readonly phone?: string;
  readonly extension?: string;
  readonly mobile?: string;
  readonly fax?: string;
  readonly postalCode?: string;
  readonly address?: string;
  readonly title?: string;
  readonly staffNumber?: string;
}

/** What is kept of passwords; hashes are PHC strings with the scheme in front: `{ARGON2}$argon2id$…`. */
export interface PasswordState {
  /** Whether the directory holds a password to bind with. */
  readonly set: boolean;
  /** Day on which the derived opening password is good; absent once it has been used or withdrawn. */
  readonly openingDay?: Day;
  readonly changedAt?: Date;
  /** Hashes of former passwords and of the current one, newest first. */
  readonly history: readonly string[];
  readonly oneDay?: OneDayPassword;
}

export interface Account {
  readonly id: AccountId;
  /** Grows by one with every change of a managed attribute; a change names the one it saw. */
  readonly revision: number;
  readonly name: string;
  readonly nationalId: Sealed;
  /** Birth month and day, `MMDD`. */
  readonly birthday: Sealed;
  readonly agency: Agency;
  readonly unit?: Unit;
  /** Unit OID, or agency OID where no unit is given: what every scope looks at. Written by the directory. */
  readonly scopeOid: Oid;
  /** 管轄範圍起始OID */
  readonly jurisdictionOid: Oid;
  readonly office: Office;
  /** Categories a manager may give roles of (可設定的應用系統類別). */
  readonly categories: readonly string[];
  readonly status: AccountStatus;
  readonly openedOn: Day;
  readonly activatedAt?: Date;
  readonly agreement?: Agreement;
  readonly contact: Contact;
  readonly emailConfirmed: boolean;
  readonly grants: readonly RoleGrant[];
  readonly password: PasswordState;
  /** Certificates bound to the account, in the order of their registration. */
  readonly certificates: readonly CertificateBinding[];
  /** Certificates that were bound before, the one that ended last first. */
  readonly formerCertificates: readonly FormerCertificate[];
  readonly lastPasswordLogin?: Date;
  readonly lastCertificateLogin?: Date;
}

/**
 * Whether a login is older than the account's activation: what it opened ended with the reset that came between.
 * Login times are whole seconds.
 */
export function isBeforeActivation(account: Pick<Account, 'activatedAt'>, loggedInAt: Date): boolean {
  const activatedAt = account.activatedAt?.getTime() ?? 0;
  return Math.floor(loggedInAt.getTime() / 1000) < Math.floor(activatedAt / 1000);
}
