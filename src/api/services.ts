/** The managers' deeds as the API calls them: the same functions as the pages of the registration service. */
import type { Admission } from '#accounts/management/admission.ts';
import type { FindAccounts } from '#accounts/management/list-accounts.ts';
import type { ModifyAccount } from '#accounts/management/modify-account.ts';
import type { ManagedOneDayPasswords } from '#accounts/management/one-day-password.ts';
import type { OpenManagedAccount } from '#accounts/management/open-managed-account.ts';
import type { RemoveAccounts } from '#accounts/management/remove-accounts.ts';
import type { RemoveFactors } from '#accounts/management/remove-factors.ts';
import type { ResetManagedPassword } from '#accounts/management/reset-managed-password.ts';
import type { SetRoles } from '#accounts/management/set-roles.ts';
import type { SetStatus } from '#accounts/management/set-status.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { CatalogueDirectory, OrganizationDirectory } from '#domain/directory.ts';
import type { Log } from '#domain/log.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';
import type { Sealing } from '#domain/sealing.ts';
import type { FindCaller } from './http/caller.ts';

export interface ManagedAccounts extends FindAccounts {
  readonly openAccount: OpenManagedAccount;
  readonly modifyAccount: ModifyAccount;
  readonly setStatus: SetStatus;
  readonly setRoles: SetRoles;
  readonly resetPassword: ResetManagedPassword;
  readonly oneDayPasswords: ManagedOneDayPasswords;
  readonly removeFactors: RemoveFactors;
  readonly removeAccounts: RemoveAccounts;
}

/** The trail keeps what was refused before any deed was asked. */
export type NoteApiRefusal = (
  context: AuditContext,
  facts: { readonly reason: string; readonly route: string },
) => Promise<unknown>;

export interface ApiServices {
  readonly accounts: ManagedAccounts;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly organizations: Pick<OrganizationDirectory, 'findOrganization'>;
  readonly admission: Pick<Admission, 'admit'>;
  readonly findCaller: FindCaller;
  readonly noteRefusal: NoteApiRefusal;
  readonly oneTime: Pick<OneTimeStore, 'placeFirst' | 'place' | 'peek' | 'takeIfEqual'>;
  readonly sealing: Pick<Sealing, 'index'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Issuer of the hub; addresses begin with it. */
  readonly issuer: string;
}
