/** The managers' deeds, wired: one object that the pages of the registration service and the API call alike. */
import { createElsewhereLimit } from '#accounts/management/elsewhere-limit.ts';
import { createFindAccounts, type FindAccounts } from '#accounts/management/list-accounts.ts';
import { createModifyAccount, type ModifyAccount } from '#accounts/management/modify-account.ts';
import {
  createManagedOneDayPasswords,
  type ManagedOneDayPasswords,
} from '#accounts/management/one-day-password.ts';
import {
  createOpenManagedAccount,
  type OpenManagedAccount,
} from '#accounts/management/open-managed-account.ts';
import { createOpenManager, type OpenManager } from '#accounts/management/open-manager.ts';
import { createRemoveFactors, type RemoveFactors } from '#accounts/management/remove-factors.ts';
import { createRemoveAccounts, type RemoveAccounts } from '#accounts/management/remove-accounts.ts';
import {
  createResetManagedPassword,
  type ResetManagedPassword,
} from '#accounts/management/reset-managed-password.ts';
import { createSetOffice, type SetOffice } from '#accounts/management/set-office.ts';
import { createSetRoles, type SetRoles } from '#accounts/management/set-roles.ts';
import {
  createSetStatus,
  type EndSessionsOf,
  type SetStatus,
  type WithdrawCode,
} from '#accounts/management/set-status.ts';
import type { EnableOneDayPassword } from '#accounts/enable-one-day-password.ts';
import type { OpenAccount } from '#accounts/open-account.ts';
import type { ResetPassword } from '#accounts/reset-password.ts';
import type { LdapDirectory } from '#adapters/directory/ldap-directory.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AccountId } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { CounterStore } from '#domain/protocol-store.ts';
import type { Notices } from '#domain/notices.ts';
import type { Sealing } from '#domain/sealing.ts';

/**
 * Every call takes the actor and does what permission.ts lets them; what is refused is an outcome, and in the trail.
 * Calls throw `directory-unavailable` and `store-unavailable`.
 */
export interface Registry extends FindAccounts {
  readonly openAccount: OpenManagedAccount;
  readonly openManager: OpenManager;
  readonly modifyAccount: ModifyAccount;
  readonly setStatus: SetStatus;
  readonly setRoles: SetRoles;
  readonly setOffice: SetOffice;
  readonly resetPassword: ResetManagedPassword;
  readonly oneDayPasswords: ManagedOneDayPasswords;
  readonly removeFactors: RemoveFactors;
  readonly removeAccounts: RemoveAccounts;
}

export interface RegistryDeps {
  readonly directory: Pick<LdapDirectory, 'accounts' | 'listing' | 'organizations' | 'catalogue'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly sealing: Sealing;
  readonly notices: Notices;
  readonly openAccount: OpenAccount;
  readonly resetPassword: ResetPassword;
  readonly enableOneDayPassword: EnableOneDayPassword;
  readonly endSessionsOf: EndSessionsOf;
  readonly withdrawCode: WithdrawCode;
  readonly counters: CounterStore;
  /** Setting `registry.elsewherePerDay`. */
  readonly elsewherePerDay: number;
  readonly endLostAdmissions: (accountId: AccountId, context: AuditContext) => Promise<unknown>;
}

export function composeRegistry({ directory, ...rest }: RegistryDeps): Registry {
  const { counters, clock, elsewherePerDay: perDay } = rest;
  const elsewhere = createElsewhereLimit({ counters, clock, perDay });
  const deps = { ...rest, ...directory, elsewhere };
  return {
    ...createFindAccounts(deps),
    openAccount: createOpenManagedAccount(deps),
    openManager: createOpenManager(deps),
    modifyAccount: createModifyAccount(deps),
    setStatus: createSetStatus(deps),
    setRoles: createSetRoles(deps),
    setOffice: createSetOffice(deps),
    resetPassword: createResetManagedPassword(deps),
    oneDayPasswords: createManagedOneDayPasswords(deps),
    removeFactors: createRemoveFactors(deps),
    removeAccounts: createRemoveAccounts(deps),
  };
}
