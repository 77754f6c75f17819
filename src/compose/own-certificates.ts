/** The pages of one's own certificates, wired; undefined where there are no certificate logins. */
import type { Csrf } from '#http/csrf.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import type { Views } from '#pages/views.ts';
import { createCertificateHandlers } from '#portal/certificates/certificate-handlers.ts';
import { logInWithCertificate } from '#portal/certificates/log-in-handler.ts';
import { createRegisterHandlers } from '#portal/certificates/register-handlers.ts';
import type { Services } from './services.ts';

interface Parts {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
}

export function composeOwnCertificates(services: Services, parts: Parts) {
  const { cards, config, machine } = services;
  if (!cards) return undefined;
  const shared = { ...parts, clock: machine.clock, policy: config.factors };
  return {
    ...createCertificateHandlers({
      ...shared,
      removeCertificate: services.removeCertificate,
      endOtherSessions: ({ state }) =>
        services.sessionEnds.endSessionsOf(
          state.account.id,
          'log-out',
          auditContextOf(state, { actor: `person:${state.account.id}` }),
          state.session.uid,
        ),
    }),
    ...createRegisterHandlers({
      ...shared,
      challenges: cards.challenges,
      cardForms: cards.forms,
      verifySignature: cards.verifySignature,
      registerCertificate: services.registerCertificate,
    }),
    logIn: logInWithCertificate(config.issuer, config.assurance.acr.level3),
  };
}
