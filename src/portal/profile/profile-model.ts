import type { ProfileField } from '#accounts/profile-rules.ts';
import type { Account } from '#domain/account.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';

/** A field that the person keeps; its words are `profile.field.<name>`. */
export interface EditableField {
  readonly name: ProfileField;
  readonly value: string;
  /** What stands in the directory where the person typed something else and both are to be compared. */
  readonly stored?: string;
  readonly differs: boolean;
  readonly label: MessageKey;
  readonly hint?: MessageKey;
  readonly type: 'text' | 'tel';
  readonly inputmode?: 'numeric' | 'tel';
  readonly autocomplete: string;
  readonly maxlength: number;
}

/** A role with its last day, as the person reads it. */
export interface HeldRole {
  readonly code: string;
  readonly name: string;
  readonly until?: string;
}

export interface ProfileModel {
  readonly navigation: PortalNavigation;
  readonly csrf: string;
  readonly revision: number;
  readonly notice?: 'saved' | 'same' | 'email-sent' | 'email-changed' | 'email-cancelled';
  /** Somebody else changed the account while the form was open: nothing was written. */
  readonly changedMeanwhile: boolean;
  /** False: this session may look, not change. */
  readonly editable: boolean;
  readonly locked: {
    readonly name: string;
    readonly nationalId: string;
    readonly agency: Account['agency'];
    readonly unit?: Account['unit'];
    readonly jurisdictionOid: string;
    readonly kind: Account['office'];
    readonly status: Account['status'];
    readonly openedOn: string;
    readonly activatedAt?: Date;
    readonly lastPasswordLogin?: Date;
    readonly lastCertificateLogin?: Date;
    readonly certificateCount: number;
    readonly categories: string;
  };
  readonly roles: readonly HeldRole[];
  readonly fields: readonly EditableField[];
  readonly errors: readonly FieldError[];
  readonly email: {
    readonly address?: string;
    readonly confirmed: boolean;
    /** What was typed and refused. */
    readonly typed: string;
    readonly errors: readonly FieldError[];
    readonly pending?: { readonly address: string; readonly validUntil: Date; readonly here: boolean };
    readonly codeErrors: readonly FieldError[];
  };
}
