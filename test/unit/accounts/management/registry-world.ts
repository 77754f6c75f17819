/** The managers' deeds as they are wired, before a directory in memory or a real one, with a real audit trail. */
import { createEnableOneDayPassword } from '#accounts/enable-one-day-password.ts';
import { createOpenAccount } from '#accounts/open-account.ts';
import { createResetPassword } from '#accounts/reset-password.ts';
import { createAuditTrail } from '#audit/trail.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import type { Notices } from '#domain/notices.ts';
import type { Sealing } from '#domain/sealing.ts';
import { composeRegistry, type Registry, type RegistryDeps } from '#src/compose/registry.ts';
import { createMemoryAuditStore, type MemoryAuditStore } from '#test/support/audit-world.ts';
import { createMemoryCounters } from '#test/support/memory/counters.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';

export interface RegistryWorld {
  readonly registry: Registry;
  readonly clock: SetClock;
  readonly store: MemoryAuditStore;
  /** What followed deeds, in order: `end <account> <ending>`, `withdraw <account> <day>`, `mail <notice> <account>`. */
  readonly followed: string[];
  events(): readonly AuditEvent[];
}

const role = (code: string, category: string, more: object = {}) =>
  ({ code, category, name: code, requires: 'certificate', withoutCertificate: false, ...more }) as const;

export const catalogue: Catalogue = {
  categories: [
    { id: 'csm', name: 'csm', roles: [role('csm_user', 'csm'), role('csm_admin', 'csm')] },
    { id: 'fms', name: 'fms', roles: [role('fms_user', 'fms')] },
    { id: 'psm', name: 'psm', roles: [] },
    { id: 'psr', name: 'psr', roles: [role('psr_user', 'psr', { givenByCategories: ['psm'] })] },
  ],
  systems: [],
};

export function createRegistryWorld(
  directory: Pick<RegistryDeps['directory'], 'accounts' | 'listing'>,
  sealing: Sealing,
): RegistryWorld {
  const clock = createSetClock();
  const store = createMemoryAuditStore();
  const audit = createAuditTrail({ store, clock, random: realRandom, log: createKeptLog() });
  const followed: string[] = [];
  const mail = (notice: keyof Notices) => async (account: { readonly id: string } | string) => {
    followed.push(`mail ${notice} ${typeof account === 'string' ? account : account.id}`);
  };
  const notices: Notices = {
    mailedCode: mail('mailedCode'),
    passwordLoginClosed: mail('passwordLoginClosed'),
    oneDayPasswordEnabled: mail('oneDayPasswordEnabled'),
    accountOpened: mail('accountOpened'),
    accountActivated: mail('accountActivated'),
    passwordChanged: mail('passwordChanged'),
    certificateRegistered: mail('certificateRegistered'),
    certificateRemoved: mail('certificateRemoved'),
    confirmNewAddress: mail('confirmNewAddress'),
    addressChanged: mail('addressChanged'),
    misuseReported: mail('misuseReported'),
    misuseReportedOf: mail('misuseReportedOf'),
  };
  const endSessionsOf: RegistryDeps['endSessionsOf'] = async (id, ending) =>
    followed.push(`end ${id} ${ending}`);
  const withdrawCode: RegistryDeps['withdrawCode'] = async (id, day) =>
    void followed.push(`withdraw ${id} ${day}`);
  const { accounts } = directory;
  const deeds = { accounts, audit, notices, clock, random: realRandom };
  const registry = composeRegistry({
    directory: {
      ...directory,
      catalogue: { readCatalogue: async () => catalogue, loadCatalogue: async () => 0 },
      organizations: {
        findOrganization: async () => undefined,
        searchOrganizations: async () => [],
        listOrganizations: async () => [],
        addOrganization: async () => undefined,
        putOrganization: async () => undefined,
        changeOrganization: async () => undefined,
      },
    },
    ...deeds,
    sealing,
    openAccount: createOpenAccount(deeds),
    resetPassword: createResetPassword({ ...deeds, endSessionsOf, withdrawCode }),
    enableOneDayPassword: createEnableOneDayPassword({
      ...deeds,
      issueCode: async () => ({ code: '12345678' }),
    }),
    endSessionsOf,
    withdrawCode,
    counters: createMemoryCounters(clock),
    elsewherePerDay: 3,
    endLostAdmissions: async (id) => followed.push(`admissions ${id}`),
  });
  return {
    registry,
    clock,
    store,
    followed,
    events: () => store.entries.map(({ entry }) => JSON.parse(entry) as AuditEvent),
  };
}
