/** The portal, wired. */
import type { Router } from '@koa/router';
import type { Csrf } from '#http/csrf.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import type { PublicInformation } from '#pages/public-information.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { registerPath } from '#portal/certificates/shown-certificates.ts';
import { createConsentHandlers } from '#portal/consents/consent-handlers.ts';
import { showHome } from '#portal/home/home-handler.ts';
import { showManagers } from '#portal/managers/managers-handler.ts';
import { ownPassword } from '#portal/password/own-password-handler.ts';
import { profileHandlers } from '#portal/profile/profile-handlers.ts';
import { createProfilePage } from '#portal/profile/profile-page.ts';
import { createPortalRoutes } from '#portal/routes.ts';
import { logOut } from '#portal/session/log-out-handler.ts';
import { requireSession, type PortalHandler, type PortalState } from '#portal/session/portal-session.ts';
import { signedIn } from '#portal/session/signed-in-handler.ts';
import { createConsentWithdrawal } from '#provider/consent-withdrawal.ts';
import type { HubProvider } from '#provider/contract.ts';
import type { LoggedOutModel } from '#provider/pages/logged-out-model.ts';
import { composeOwnActivity } from './own-activity.ts';
import { composeOwnCertificates } from './own-certificates.ts';
import type { Services } from './services.ts';

interface Dependencies {
  readonly services: Services;
  readonly provider: HubProvider;
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  readonly information: PublicInformation;
}

export function composePortal({
  services,
  provider,
  views,
  csrf,
  navigation,
  information,
}: Dependencies): Router<PortalState> {
  const { config, directory, machine, stores, sealing } = services;
  const { accounts, catalogue } = directory;
  const { clock } = machine;
  const parts = { views, csrf, navigation };
  const { emailChanges } = services;
  const { graceHours, lock } = config.login;
  const certificates = composeOwnCertificates(services, parts);
  return createPortalRoutes({
    requireSession: requireSession({ sessions: provider, accounts, issuer: config.issuer }),
    home: showHome({
      views,
      navigation,
      catalogue,
      clock,
      policy: {
        graceHours,
        maxAgeDays: config.password.maxAgeDays,
        certificateWarnDays: config.factors.certificateWarnDays,
        ...(services.cards && { registerHref: registerPath }),
      },
      information,
      hasCardLogin: services.cards !== undefined,
    }),
    managers: showManagers({
      views,
      navigation,
      managers: directory.managers,
      catalogue,
      showsEmail: config.managers.showsEmail,
    }),
    profile: profileHandlers({
      csrf,
      accounts,
      changeProfile: services.changeProfile,
      emailChanges,
      page: createProfilePage({ ...parts, catalogue, emailChanges, sealing }),
    }),
    password: ownPassword({
      ...parts,
      currentPassword: services.currentPassword,
      newPasswords: services.newPasswords,
      changePassword: services.changePassword,
      others: {
        register: stores.records.sessions,
        end: ({ state }) =>
          services.sessionEnds.endSessionsOf(
            state.account.id,
            'log-out',
            auditContextOf(state, { actor: `person:${state.account.id}` }),
            state.session.uid,
          ),
      },
      clock,
      policy: { ...config.password, failures: lock.failures, lockMinutes: lock.minutes },
    }),
    ...(certificates && { certificates }),
    ...composeOwnActivity(services, provider, parts),
    consents: createConsentHandlers({
      ...parts,
      consents: stores.records.consents,
      findRelyingParty: provider.findRelyingParty,
      withdrawConsent: createConsentWithdrawal({
        audit: (event) => stores.audit.record(event),
        sessions: stores.records.sessions,
        consents: stores.records.consents,
        stored: services.sessionEnds.stored,
      }),
    }),
    signedIn: signedIn(provider),
    logOut: logOut(provider, csrf),
    loggedOut: showLoggedOut(views),
  });
}

/** The provider's page after log-out serves the portal's own log-out too. */
function showLoggedOut(views: Views): PortalHandler {
  const page = views.page<LoggedOutModel>(new URL('../provider/pages/logged-out.hbs', import.meta.url));
  return async function loggedOut(ctx) {
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), { homeHref: '/' });
  };
}
