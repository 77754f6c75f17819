/** The pages of the registration service, wired. */
import type { Router } from '@koa/router';
import { registryRefused } from '#audit/registry-events.ts';
import type { Csrf } from '#http/csrf.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import type { Views } from '#pages/views.ts';
import type { HubProvider } from '#provider/contract.ts';
import { showRegistryHome } from '#registry/home/home-handler.ts';
import { createRegistryFrame } from '#registry/registry-frame.ts';
import { createRegistryRouter, type RegistryRoute } from '#registry/registry-routes.ts';
import { managing, type RegistryState } from '#registry/registry-session.ts';
import { composeBatchPages } from './registry-batch.ts';
import { composeCataloguePages } from './registry-catalogue.ts';
import { composeAccountPages } from './registry-accounts.ts';
import { composeRelyingPartyPages } from './registry-relying-parties.ts';
import { createOrganizationDeeds } from '#administration/organization-deeds.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import { importHandlers } from '#registry/organizations/import/import-handlers.ts';
import { organizationHandlers } from '#registry/organizations/organization-handlers.ts';
import { organizationRoutes } from '#registry/organizations/routes.ts';
import { createAnnouncementDeeds } from '#administration/announcement-deeds.ts';
import { noticeHandlers } from '#registry/notices/notice-handlers.ts';
import { noticeRoutes } from '#registry/notices/routes.ts';
import { downloadHandlers } from '#registry/downloads/download-handlers.ts';
import { downloadRoutes } from '#registry/downloads/routes.ts';
import { configuredAnnouncements, type ConfiguredDownload } from './public-information.ts';
import type { Services } from './services.ts';

interface Dependencies {
  readonly services: Services;
  readonly provider: HubProvider;
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  /** Those of the configuration. */
  readonly downloads: readonly ConfiguredDownload[];
}

export interface RegistryPages {
  readonly router: Router<RegistryState>;
  /** Every route there is, with its rule. */
  readonly routes: readonly RegistryRoute[];
}

export function composeRegistryPages(deps: Dependencies): RegistryPages {
  const { services, provider, views, csrf, navigation } = deps;
  const { config, directory, machine, stores } = services;
  const frame = createRegistryFrame({ navigation, ...directory });
  const parts = { views, csrf, frame };
  const routes: readonly RegistryRoute[] = [
    { method: 'get', path: '/', rule: managing, handler: showRegistryHome({ views, frame }) },
    ...composeCataloguePages(services, parts),
    ...organizationRoutes(
      organizationHandlers({
        ...parts,
        organizations: directory.organizations,
        deeds: createOrganizationDeeds({ organizations: directory.organizations, audit: stores.audit }),
        root: organizationRoot(config.registry.organizationRoot),
      }),
      importHandlers({
        ...parts,
        imports: services.organizationImports,
        jobs: stores.records.importJobs,
        lines: stores.records.importLines,
      }),
    ),
    ...composeBatchPages(services, parts),
    ...composeAccountPages({ services, parts }),
    ...noticeRoutes(
      noticeHandlers({
        ...parts,
        ...machine,
        register: stores.records.announcements,
        deeds: createAnnouncementDeeds({
          ...machine,
          register: stores.records.announcements,
          audit: stores.audit,
        }),
        configured: configuredAnnouncements(config),
      }),
    ),
    ...downloadRoutes(
      downloadHandlers({
        ...parts,
        register: stores.records.downloads,
        deeds: services.downloadDeeds,
        configured: deps.downloads,
      }),
    ),
    ...composeRelyingPartyPages({ services, provider, parts }),
  ];
  const router = createRegistryRouter(
    {
      sessions: provider,
      accounts: directory.accounts,
      requirement: config.registry.requirement,
      hasCardLogin: services.cards !== undefined,
      noteRefusal: (context, account, route) =>
        stores.audit.record(registryRefused(context, { account, reason: 'not-permitted', route })),
    },
    routes,
  );
  return { router, routes };
}

/** The schema has judged its form; an arc that no OID can have is the operator's to mend. */
function organizationRoot(text: string): Oid {
  const root = parseOid(text);
  if (!root) throw new Error(`registry.organizationRoot ${text} is no OID`);
  return root;
}
