/** The provider, wired to stores, directory and its pages. */
import type { Context } from 'koa';
import { createGuardedFetch } from '#adapters/outgoing/guarded-fetch.ts';
import { relyingPartiesOf } from '#config/relying-parties.ts';
import { strongestLevel } from '#domain/assurance.ts';
import { parseLanguage } from '#http/language.ts';
import type { RequestFactsKeeper } from '#http/request-facts.ts';
import type { Language } from '#http/request-state.ts';
import { authorizationErrorCode, type ErrorModel } from '#pages/error-model.ts';
import type { ViewContext } from '#pages/view-context.ts';
import type { Views } from '#pages/views.ts';
import { portalRelyingParty } from '#portal/session/portal-session.ts';
import type { HubProvider, ProtocolPages } from '#provider/contract.ts';
import { createHubProvider } from '#provider/hub-provider.ts';
import type { LogOutModel } from '#provider/pages/log-out-model.ts';
import type { LoggedOutModel } from '#provider/pages/logged-out-model.ts';
import { apiResourceOf } from './api.ts';
import { createDevicePages } from './device-pages.ts';
import type { MutualTls } from './mutual-tls.ts';
import { loginMethodsOf } from './login-methods.ts';
import type { Services } from './services.ts';

interface Dependencies {
  readonly services: Services;
  readonly views: Views;
  readonly requestFacts: RequestFactsKeeper;
  readonly mutualTls: MutualTls;
}

export function composeProvider({ services, views, requestFacts, mutualTls }: Dependencies): HubProvider {
  const { config, keys, machine, directory, stores, sealing } = services;
  const { level1, level2, level3 } = config.assurance.acr;
  return createHubProvider(
    {
      issuer: config.issuer,
      relyingParties: [
        portalRelyingParty(config.issuer, config.brand.name.zh, config.brand.name.en),
        ...relyingPartiesOf(config),
      ],
      cookieKeys: keys.cookies,
      signingKeys: keys.signing,
      acrNames: { 1: level1, 2: level2, 3: level3 },
      session: {
        idleSeconds: config.session.idleMinutes * 60,
        absoluteSeconds: config.session.absoluteHours * 3600,
      },
      lifetimes: {
        authorizationCode: config.tokens.authorizationCodeSeconds,
        accessToken: config.tokens.accessTokenMinutes * 60,
        idToken: config.tokens.idTokenMinutes * 60,
        interaction: config.tokens.interactionMinutes * 60,
        jwtAccessToken: config.tokens.jwtAccessTokenMinutes * 60,
      },
      resources: config.resources,
      strongestLevel: strongestLevel(loginMethodsOf(services)),
      dpopNonceRequired: config.tokens.dpopNonces === 'required',
      ...(mutualTls.options && { mutualTls: mutualTls.options }),
      deviceFlow: config.deviceFlow.enabled,
      api: { resource: apiResourceOf(config.issuer) },
      ...(config.registration && { registration: config.registration }),
    },
    {
      ...machine,
      accounts: directory.accounts,
      catalogue: directory.catalogue,
      store: stores.protocol.records,
      counters: stores.protocol.counters,
      sessions: stores.records.sessions,
      consents: stores.records.consents,
      audit: (event) => stores.audit.record(event),
      sealing,
      pages: protocolPages(views, config.language.default, requestFacts),
      requestFacts: requestFacts.of,
      secretFor: keys.secretFor,
      clientCertificates: mutualTls.certificates,
      kept: services.keptRelyingParties,
      outgoing: createGuardedFetch({
        allow: config.outgoing.allow,
        timeoutMs: config.outgoing.timeoutSeconds * 1000,
      }),
      logOutMessages: services.sessionEnds.logOutMessages,
    },
  );
}

/** Pages of the protocol's own endpoints, which know the request by the library's context alone. */
function protocolPages(views: Views, fallback: Language, requestFacts: RequestFactsKeeper): ProtocolPages {
  const error = views.page<ErrorModel>(new URL('../pages/error.hbs', import.meta.url));
  const logOut = views.page<LogOutModel>(new URL('../provider/pages/log-out.hbs', import.meta.url));
  const loggedOut = views.page<LoggedOutModel>(new URL('../provider/pages/logged-out.hbs', import.meta.url));

  const viewOf = (ctx: Context): ViewContext => ({
    language: parseLanguage(ctx.cookies.get('hufu_language', { signed: false })) ?? fallback,
    requestId: requestFacts.of(ctx.req).requestId ?? '',
    path: '/',
  });
  const systemOf = (ctx: Context, party: { name: string; nameEn?: string } | undefined) =>
    party && { system: { name: (viewOf(ctx).language === 'en' && party.nameEn) || party.name } };
  const answer = (ctx: Context, html: string): void => {
    ctx.type = 'html';
    ctx.set('Cache-Control', 'no-store');
    ctx.body = html;
  };

  return {
    ...createDevicePages({ views, viewOf, answer }),
    renderError(ctx, { status, error: code }) {
      answer(ctx, error(viewOf(ctx), { code: authorizationErrorCode(code), status, homeHref: '/' }));
    },
    renderLogOut(ctx, { action, xsrf, relyingParty }) {
      answer(ctx, logOut(viewOf(ctx), { action, xsrf, ...systemOf(ctx, relyingParty) }));
    },
    renderLoggedOut(ctx, { relyingParty }) {
      answer(ctx, loggedOut(viewOf(ctx), { homeHref: '/', ...systemOf(ctx, relyingParty) }));
    },
  };
}
