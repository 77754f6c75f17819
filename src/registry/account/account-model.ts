import type { Account, Office } from '#domain/account.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';
import type { TrailWords } from '#pages/trail-words.ts';
import type { AccountField } from '../account-form/account-form.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import type { Option, RegistryFormModel } from '../registry-parts.ts';
import type { RoleGroup } from '../roles/role-groups.ts';
import type { TypedWarrant } from '../warrant-form.ts';
import type { AccountDeed } from './account-deeds.ts';

/** What stands on top of every page about one account. */
export interface AccountHead {
  readonly href: string;
  readonly name: string;
  readonly maskedNationalId: string;
  readonly agency: string;
  readonly unit?: string;
  readonly status: Account['status'];
  readonly office: Account['office'];
}

export interface HeldCertificate {
  readonly fingerprint: string;
  readonly medium: 'card' | 'mobile';
  readonly subjectName: string;
  readonly issuerName: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly registeredAt: Date;
  readonly lastUsedAt?: Date;
}

export interface AccountModel extends RegistryFrameModel {
  readonly head: AccountHead;
  readonly notice?: AccountDeed | 'change' | 'same' | 'roles' | 'office';
  /** Why this actor may do nothing to the account. */
  readonly why?: MessageKey;
  readonly deeds: readonly { readonly id: AccountDeed; readonly href: string; readonly grave: boolean }[];
  readonly changeHref?: string;
  readonly rolesHref?: string;
  readonly officeHref?: string;
  readonly historyHref: string;
  readonly agency: Account['agency'];
  readonly unit?: Account['unit'];
  readonly jurisdictionOid: string;
  /** Categories of which the person may give roles. */
  readonly heldCategories: string;
  readonly openedOn: string;
  readonly activatedAt?: Date;
  readonly openingDay?: string;
  readonly email?: { readonly address: string; readonly confirmed: boolean };
  readonly contact: readonly { readonly label: MessageKey; readonly value: string }[];
  readonly roles: readonly {
    readonly code: string;
    readonly name: string;
    readonly until?: string;
    readonly ended: boolean;
  }[];
  readonly certificates: readonly HeldCertificate[];
  readonly formerCertificates: number;
  readonly lastPasswordLogin?: Date;
  readonly lastCertificateLogin?: Date;
  readonly oneDay?: { readonly at: Date; readonly by: string };
}

export interface QuestionModel extends RegistryFormModel {
  readonly head: AccountHead;
  readonly deed: AccountDeed;
  readonly grave: boolean;
  readonly action: string;
  readonly revision: number;
  readonly warrant: TypedWarrant;
  /** Somebody else has changed the account since the question was asked. */
  readonly meanwhile: boolean;
  /** To choose from where certificates are removed. */
  readonly certificates: readonly Option[];
  readonly roles: string;
  readonly email?: string;
}

export interface ChangeModel extends RegistryFormModel {
  readonly head: AccountHead;
  readonly action: string;
  readonly revision: number;
  /** What the form was filled with, so that what somebody else has changed meanwhile can be told apart. */
  readonly seen: string;
  readonly meanwhile: boolean;
  readonly choosesAgency: boolean;
  readonly agencyText: string;
  readonly unitText: string;
  readonly unitMeanwhile?: AccountField['meanwhile'];
  readonly agencyMeanwhile?: AccountField['meanwhile'];
  readonly person: readonly AccountField[];
  readonly contact: readonly AccountField[];
  readonly warrant: TypedWarrant;
  readonly duplicate?: { readonly href?: string; readonly name?: string };
}

export interface RolesModel extends RegistryFormModel {
  readonly head: AccountHead;
  readonly action: string;
  readonly revision: number;
  readonly groups: readonly RoleGroup[];
  readonly unknownRoles: string;
  readonly dropsUnknown: boolean;
  readonly meanwhile: boolean;
  /** Codes that the account holds now, where somebody else has changed them. */
  readonly theirs: string;
  readonly warrant: TypedWarrant;
}

export interface OfficeModel extends RegistryFormModel {
  readonly head: AccountHead;
  readonly action: string;
  readonly revision: number;
  readonly offices: readonly Option[];
  readonly jurisdictionText: string;
  readonly categoryOptions: readonly Option[];
  /** What somebody else has set meanwhile; `held`: jurisdiction and categories. */
  readonly theirs?: { readonly office: Office; readonly held: string };
  readonly warrant: TypedWarrant;
}

export interface RemovalModel extends RegistryFormModel {
  readonly accounts: readonly (AccountHead & {
    readonly target: string;
    readonly roles: string;
    readonly certificates: number;
  })[];
  /** Chosen, but not this actor's to delete, or gone. */
  readonly left: number;
  /** What is to be typed; absent for a single account. */
  readonly phrase?: string;
  readonly confirmation: string;
  readonly warrant: TypedWarrant;
}

export interface RemovedModel extends RegistryFrameModel {
  readonly removed: readonly string[];
  readonly kept: readonly { readonly name: string; readonly href?: string; readonly why: MessageKey }[];
}

/** An entry of the trail, in words. */
export interface HistoryLine extends TrailWords {
  readonly time: Date;
  readonly by: string;
}

export interface HistoryModel extends RegistryFrameModel {
  readonly head: AccountHead;
  readonly lines: readonly HistoryLine[];
  readonly olderHref?: string;
}
