/**
 * Everything below HTTP: configuration → keys → stores → directory → rules and deeds. Commands use it as it is, the
 * server puts its pages on top. Order of closing is the reverse.
 */
import { createActivateAccount } from '#accounts/activate-account.ts';
import { createChangeProfile } from '#accounts/change-profile.ts';
import { createEmailChanges } from '#accounts/change-email.ts';
import { createChangePassword } from '#accounts/change-password.ts';
import { createEnableOneDayPassword } from '#accounts/enable-one-day-password.ts';
import { createOpenAccount } from '#accounts/open-account.ts';
import { createRecordPasswordLogin } from '#accounts/record-password-login.ts';
import { createRegisterCertificate } from '#accounts/register-certificate.ts';
import { createRemoveCertificate } from '#accounts/remove-certificate.ts';
import { createResetPassword } from '#accounts/reset-password.ts';
import { createOrganizationImports } from '#administration/import-organizations.ts';
import { reconcileIntents } from '#audit/reconcile.ts';
import { createAttemptLimits } from '#authentication/attempt-limits.ts';
import { createCurrentPassword } from '#authentication/current-password.ts';
import { createMailedCodes } from '#authentication/mailed-codes.ts';
import { createNewPasswords } from '#authentication/new-password.ts';
import { createPasswordHashing } from '#authentication/password-hash.ts';
import type { Config } from '#config/config.ts';
import { readClient } from '#config/judge-client.ts';
import { relyingPartiesOf, relyingPartyOf } from '#config/relying-parties.ts';
import { parseAccountId } from '#domain/account.ts';
import { withoutEntries } from '#domain/catalogue-register.ts';
import type { Clock } from '#domain/clock.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import { createEndLostAdmissions } from '#provider/lost-admissions.ts';
import { createKeptRelyingParties } from '#provider/kept-relying-parties.ts';
import { createRelyingPartyLookup } from '#provider/relying-party-lookup.ts';
import { createStandingRules } from '#provider/standing.ts';
import { createMailNotices } from '#pages/mail-notices.ts';
import { composeCards } from './cards.ts';
import { composeAccountImports } from './account-imports.ts';
import { helpDeskLine } from './brand.ts';
import { openCertificateTrust } from './certificate-trust.ts';
import { composeKeptInformation } from './kept-information.ts';
import { loadKeys } from './load-keys.ts';
import { countingLogins, openMetrics } from './metrics.ts';
import { openDirectory } from './open-directory.ts';
import { openStores } from './open-stores.ts';
import { nowAndAgain } from './now-and-again.ts';
import { composeRegistry } from './registry.ts';
import { composeSessionEnds } from './session-ends.ts';
import { startDelivery } from './start-delivery.ts';

// What commands hand to the deeds below.
export { newAccountSchema } from '#accounts/open-account.ts';
export type { Warrant } from '#accounts/warrant.ts';

export interface Machine {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** An intent must be a minute old before it is judged; looking costs one read of an index. */
const reconcileEveryMs = 5000;

/** How long an import waits at most to be taken up. */
const importEveryMs = 1000;

/** How much later than its end a session may be noticed; looking costs one read of an index. */
const sweepEveryMs = 10_000;

export type Services = Awaited<ReturnType<typeof openServices>>;

export async function openServices(config: Config, machine: Machine) {
  const { clock, random, log } = machine;
  const keys = await loadKeys(config, machine);
  const sealing = createKeyRing(keys.sealing, random);
  const shared = { ...machine, keys, sealing };
  const certificates = config.certificates && (await openCertificateTrust(config.certificates, machine));
  const metrics = openMetrics(config, clock, () => certificates?.sources.list() ?? []);
  const opened = await openStores(config, shared);
  const stores = metrics ? { ...opened, audit: countingLogins(opened.audit, metrics) } : opened;
  const directory = await openDirectory(config, shared);
  const { audit, protocol, records } = stores;
  const { accounts } = directory;
  const parties = new Map(relyingPartiesOf(config).map((party) => [party.clientId, party]));
  const kept = createKeptRelyingParties({
    register: records.relyingParties,
    partyOf: (registration) => relyingPartyOf(readClient(registration)),
    log,
  });
  const findRelyingParty = (clientId: string) => parties.get(clientId) ?? kept.find(clientId);
  const lookUpRelyingParty = createRelyingPartyLookup({
    findRelyingParty,
    refresh: kept.refresh,
    store: protocol.records,
    registration: config.registration,
  });
  const delivery = startDelivery(config, { ...machine, keys, lookUpRelyingParty, outbox: records.outbox });
  const sessionEnds = composeSessionEnds({
    ...machine,
    stores,
    findRelyingParty,
  });
  const organizationImports = createOrganizationImports({
    ...machine,
    jobs: records.importJobs,
    lines: records.importLines,
    organizations: directory.organizations,
    accounts,
    audit,
  });
  const notices = createMailNotices({
    outbox: records.outbox,
    wake: delivery.wake,
    clock,
    language: config.language.default,
    site: config.language.default === 'en' ? config.brand.name.en : config.brand.name.zh,
    helpDesk: helpDeskLine(config.brand, config.language.default),
    graceHours: config.login.graceHours,
  });
  const codes = createMailedCodes({
    store: protocol.oneTime,
    counters: protocol.counters,
    sealing,
    random,
    clock,
    policy: config.login.mailedCode,
  });
  const { lock, perAddress } = config.login;
  const attemptLimits = createAttemptLimits({
    counters: protocol.counters,
    store: protocol.oneTime,
    sealing,
    clock,
    policy: {
      failures: lock.failures,
      lockMinutes: lock.minutes,
      perAddress: perAddress.attempts,
      addressMinutes: perAddress.minutes,
    },
  });
  const hashing = createPasswordHashing(random);
  const deeds = { accounts, audit, notices, clock, random };
  const { endSessionsOf, logOutMessages, stored } = sessionEnds;
  const openAccount = createOpenAccount(deeds);
  const resetPassword = createResetPassword({ ...deeds, endSessionsOf, withdrawCode: codes.withdraw });
  const enableOneDayPassword = createEnableOneDayPassword({ ...deeds, issueCode: codes.issueForDay });
  const registry = composeRegistry({
    directory,
    ...deeds,
    sealing,
    openAccount,
    resetPassword,
    enableOneDayPassword,
    endSessionsOf,
    withdrawCode: codes.withdraw,
    counters: protocol.counters,
    elsewherePerDay: config.registry.elsewherePerDay,
    endLostAdmissions: createEndLostAdmissions({
      audit: (event) => audit.record(event),
      sessions: records.sessions,
      logOutMessages,
      stored,
      standing: createStandingRules(accounts, directory.catalogue, clock),
      lookUpRelyingParty,
    }),
  });

  const imports = composeAccountImports(config.registry.import, {
    ...machine,
    directory,
    stores,
    notices,
    registry,
  });

  const reconcile = () =>
    reconcileIntents({
      store: records.audit,
      trail: audit,
      clock,
      log,
      async lookup(text) {
        const id = parseAccountId(text);
        return id && accounts.findAccount({ kind: 'system', purpose: 'reconciliation' }, id);
      },
      // A process that dies between claiming and settling leaves the intent to the next round after a minute.
      claim: (intentId) =>
        protocol.oneTime.placeFirst(`settling:${intentId}`, '', new Date(clock.now().getTime() + 60_000)),
    });

  return {
    config,
    machine,
    keys,
    sealing,
    stores,
    metrics,
    /** Undefined: there are no certificate logins. */
    certificates,
    /** Undefined: there are no certificate logins. */
    cards:
      certificates &&
      composeCards(config, { ...machine, store: protocol.oneTime, judge: certificates.judge }),
    directory,
    delivery,
    sessionEnds,
    keptRelyingParties: kept,
    organizationImports,
    ...composeKeptInformation(machine, stores),
    notices,
    codes,
    attemptLimits,
    currentPassword: createCurrentPassword({
      limits: attemptLimits,
      passwords: directory.passwords,
      sealing,
      audit,
    }),
    newPasswords: createNewPasswords({
      hashing,
      sealing,
      policy: config.password,
      openingPasswordPrefix: config.login.firstLogin.openingPasswordPrefix,
    }),
    openAccount,
    activateAccount: createActivateAccount(deeds),
    changePassword: createChangePassword(deeds),
    changeProfile: createChangeProfile(deeds),
    emailChanges: createEmailChanges({
      ...deeds,
      store: protocol.oneTime,
      counters: protocol.counters,
      sealing,
      withdrawCode: codes.withdraw,
      policy: config.login.mailedCode,
    }),
    recordPasswordLogin: createRecordPasswordLogin(accounts),
    registerCertificate: createRegisterCertificate({ ...deeds, sealing, policy: config.factors }),
    removeCertificate: createRemoveCertificate({ ...deeds, policy: config.factors }),
    resetPassword,
    enableOneDayPassword,
    registry,
    imports: imports.imports,

    /** Makes the directory's tree, loads what is missing of the catalogue, settles what a crash left open. */
    async prepare(): Promise<void> {
      await directory.prepareTree();
      const loaded = await directory.catalogue.loadCatalogue(
        { kind: 'system', purpose: 'bootstrap' },
        // What was removed by hand must not come back at each start.
        withoutEntries(config.catalogue, await records.catalogueRemovals.listRemovals()),
      );
      if (loaded > 0) log.info('catalogue loaded', { entries: loaded });
      await reconcile();
    },
    /** Prepares as soon as the directory answers; ends when it has, or when `signal` aborts. Never rejects. */
    async prepareWhenReachable(signal: AbortSignal): Promise<void> {
      for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, 5000)) {
        try {
          return await this.prepare();
        } catch (error) {
          log.error('preparation failed', { error });
        }
        await clock.until(new Date(clock.now().getTime() + wait), signal);
      }
    },
    /** Settles again and again what crashes and failing stores leave open; ends when `signal` aborts. Never rejects. */
    reconcileNowAndAgain: (signal: AbortSignal): Promise<void> =>
      nowAndAgain(machine, signal, {
        everyMs: reconcileEveryMs,
        act: reconcile,
        failureEvent: 'audit-reconciliation-failed',
      }),
    /** Works on imports of organisations again and again; ends when `signal` aborts. Never rejects. */
    importNowAndAgain: (signal: AbortSignal): Promise<void> =>
      nowAndAgain(machine, signal, {
        everyMs: importEveryMs,
        act: organizationImports.work,
        failureEvent: 'organization-import-failed',
      }),
    /** Ends expired sessions again and again; ends when `signal` aborts. Never rejects. */
    sweepSessionsNowAndAgain: (signal: AbortSignal): Promise<void> =>
      nowAndAgain(machine, signal, {
        everyMs: sweepEveryMs,
        // Whom to tell may have been registered by another process.
        act: async () => {
          await kept.refresh();
          return sessionEnds.sweep();
        },
        failureEvent: 'session-sweep-failed',
      }),
    /** Checks, brings in and undoes what managers have handed in; ends when `signal` aborts. Never rejects. */
    workOnImports: imports.workNowAndAgain,
    async close(): Promise<void> {
      await delivery.stop();
      await certificates?.close();
      await directory.close();
      await stores.close();
    },
  };
}
