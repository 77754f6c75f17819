/** The pages of one's own log, open sessions and reports of misuse, wired. */
import { createMisuseReports } from '#accounts/report-misuse.ts';
import { createAccountTrail } from '#audit/account-trail.ts';
import type { Csrf } from '#http/csrf.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import type { Views } from '#pages/views.ts';
import { showActivity } from '#portal/activity/activity-handler.ts';
import { createActivityLines } from '#portal/activity/activity-lines.ts';
import { createReportHandlers } from '#portal/activity/report-handlers.ts';
import { certificatesPath } from '#portal/certificates/shown-certificates.ts';
import { createSessionsHandlers } from '#portal/own-sessions/sessions-handlers.ts';
import { createAcrTable } from '#provider/acr.ts';
import type { HubProvider } from '#provider/contract.ts';
import { createOwnSessions } from '#provider/own-sessions.ts';
import type { Services } from './services.ts';

interface Parts {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
}

export function composeOwnActivity(services: Services, provider: HubProvider, parts: Parts) {
  const { cards, codes, config, directory, machine, notices, sessionEnds, stores } = services;
  const { accounts, managers } = directory;
  const { clock } = machine;
  const { oneTime: store, counters } = stores.protocol;
  const { level1, level2, level3 } = config.assurance.acr;
  const { findRelyingParty } = provider;
  const trail = createAccountTrail(stores.records.audit);
  const helpDesk = config.brand.helpDesk.email;
  const reports = createMisuseReports({
    accounts,
    managers,
    trail,
    audit: stores.audit,
    store,
    counters,
    withdrawCode: codes.withdraw,
    endSessionsOf: sessionEnds.endSessionsOf,
    notices,
    clock,
    policy: { ...config.login.misuse, ...(helpDesk !== undefined && { helpDesk }) },
  });
  const lines = createActivityLines({ accounts, findRelyingParty });
  const { reportedEntries } = reports;
  return {
    activity: {
      list: showActivity({ ...parts, trail, reportedEntries, lines }),
      ...createReportHandlers({
        ...parts,
        reports,
        lines,
        register: stores.records.sessions,
        sessions: provider,
        ...(cards && { certificatesHref: certificatesPath }),
      }),
    },
    ownSessions: createSessionsHandlers({
      ...parts,
      findRelyingParty,
      sessions: provider,
      ownSessions: createOwnSessions({
        sessions: stores.records.sessions,
        stored: sessionEnds.stored,
        accountSessions: sessionEnds,
        acr: createAcrTable({ 1: level1, 2: level2, 3: level3 }),
        limits: {
          idleSeconds: config.session.idleMinutes * 60,
          absoluteSeconds: config.session.absoluteHours * 3600,
        },
        clock,
      }),
    }),
  };
}
