/** Configuration → adapters → services → app: the composition root. Parts of it lie in compose/. */
import type { Middleware } from 'koa';
import type { Config } from '#config/config.ts';
import { changeRefused } from '#audit/events.ts';
import { createCsrf } from '#http/csrf.ts';
import { presentPath } from '#interactions/certificate-tls/handover-addresses.ts';
import { createRequestFacts } from '#http/request-facts.ts';
import { auditContextOf } from '#http/request-state.ts';
import { createNavigation, type Visitor } from '#pages/portal-navigation.ts';
import { keptDownloadEntry } from '#pages/kept-downloads.ts';
import { createAssets } from '#pages/assets.ts';
import { createViews } from '#pages/views.ts';
import { brandOf } from './compose/brand.ts';
import { composeApi } from './compose/api.ts';
import { composeLogin } from './compose/login.ts';
import { composeOperators } from './compose/operators.ts';
import { composePortal } from './compose/portal.ts';
import { composeProvider } from './compose/provider.ts';
import { composeRegistryPages, type RegistryPages } from './compose/registry-pages.ts';
import { mayOperate } from './operators/operator-session.ts';
import { openMutualTls } from './compose/mutual-tls.ts';
import { openPeopleInTls } from './compose/people-in-tls.ts';
import { openServices, type Machine, type Services } from './compose/services.ts';
import {
  configuredAnnouncements,
  configuredDownloads,
  publicInformationOf,
  readDownloads,
  versionedText,
} from './compose/public-information.ts';
import { announcementOf } from '#registry/notices/notice-handlers.ts';
import { mayManage } from '#registry/registry-session.ts';
import { createInformationRoutes } from '#portal/information/information-routes.ts';
import { createErrorPage } from './compose/error-page.ts';
import { createServer, type Server } from './server.ts';

export interface Hub {
  readonly services: Services;
  readonly server: Server;
  /** The routes of the registration service, each with its rule. */
  readonly registry: RegistryPages;
}

/** Everything that `hufu serve` runs; nothing listens yet. */
export async function compose(config: Config, machine: Machine): Promise<Hub> {
  const services = await openServices(config, machine);
  const assets = createAssets();
  const views = createViews({ brand: brandOf(config.brand), assets });
  const csrf = createCsrf(services.keys.secretFor('csrf'));
  /** A place that takes a card is shown to whoever can log in with one: it asks for it. */
  const levelFor = ({ session }: Visitor) => (services.cards ? 3 : session.level);
  const navigation = createNavigation(csrf, {
    certificates: () => services.cards !== undefined,
    registry: (visitor) => mayManage(visitor.account, levelFor(visitor), config.registry.requirement),
    operators: (visitor) => mayOperate(visitor.account, levelFor(visitor), config.operators.requirement),
  });
  const requestFacts = createRequestFacts();
  const mutualTls = await openMutualTls(config, machine.clock);
  const peopleInTls = await openPeopleInTls(config, mutualTls.certificates);
  const provider = composeProvider({ services, views, requestFacts, mutualTls });
  const { directory, stores, metrics } = services;
  const downloads = readDownloads(config);
  const configured = configuredAnnouncements(config);
  const offered = configuredDownloads(config, downloads);
  const information = publicInformationOf(config, machine.clock, {
    announcements: () => [...configured, ...services.announcements.all().map(announcementOf)],
    downloads: () => [...offered, ...services.downloads.all().map(keptDownloadEntry)],
  });
  const registry = composeRegistryPages({ services, provider, views, csrf, navigation, downloads: offered });
  const server = createServer({
    config: {
      issuer: config.issuer,
      hosts: [...config.hosts, ...(config.listenMtls ? [new URL(config.listenMtls.origin).host] : [])],
      singleHosts: new Map(peopleInTls && [[new URL(peopleInTls.origin).host, presentPath]]),
      proxies: config.proxies,
      listen: config.listen,
      language: config.language.default,
    },
    ...machine,
    mutualTls: mutualTls.listener,
    certificateLogin: peopleInTls?.listener,
    clientCertificates: mutualTls.certificates,
    metrics: metrics && config.metrics && { ...config.metrics, metrics },
    assets: assets.middleware,
    health: {
      directory: () => directory.health.checkDirectory(),
      protocolStore: () => stores.protocol.health.checkStore(),
      records: () => stores.records.health.checkRecords(),
    },
    noteRefusal: (state, reason) =>
      stores.audit.record(
        changeRefused(auditContextOf(state, { actor: 'anonymous' }), { reason, route: state.route }),
      ),
    errorPage: createErrorPage(views),
    requestFacts,
    refresh: async () => {
      await services.keptRelyingParties.refresh();
      await services.announcements.refresh();
      await services.downloads.refresh();
    },
    provider,
    programs: composeApi({ services, provider }),
    pages: [
      ...composeLogin({ services, provider, views, csrf, information, peopleInTls }),
      composePortal({ services, provider, views, csrf, navigation, information }).routes() as Middleware,
      createInformationRoutes({
        views,
        texts: { rules: versionedText(config.rulesOfUse), privacy: versionedText(config.privacy) },
        downloads,
        kept: { all: services.downloads.all, open: stores.downloadFiles.open },
      }).routes() as Middleware,
      registry.router.routes() as Middleware,
      composeOperators({ services, provider, views, csrf, navigation }).routes() as Middleware,
    ],
  });
  return { services, server, registry };
}
