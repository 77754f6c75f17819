/** The managers' pages on accounts, wired. */
import { createFindOrganization } from '#registry/units/find-organization.ts';
import { suggestOrganizations } from '#registry/units/suggest-handler.ts';
import type { RegistryParts } from '#registry/registry-parts.ts';
import type { RegistryRoute } from '#registry/registry-routes.ts';
import { managing as rule, programme } from '#registry/registry-session.ts';
import { createKeptCriteria } from '#registry/search/kept-criteria.ts';
import { managerHandlers } from '#registry/managers/manager-handlers.ts';
import { openHandlers } from '#registry/open/open-handlers.ts';
import { searchHandlers } from '#registry/search/search-handlers.ts';
import type { Services } from './services.ts';

interface Dependencies {
  readonly services: Pick<Services, 'config' | 'directory' | 'machine' | 'registry' | 'sealing' | 'stores'>;
  readonly parts: RegistryParts;
}

export function composeAccountPages({ services, parts }: Dependencies): readonly RegistryRoute[] {
  const { config, directory, machine, registry, sealing, stores } = services;
  const { clock, random } = machine;
  const { catalogue, organizations } = directory;
  const shared = {
    ...parts,
    registry,
    catalogue,
    clock,
    sealing,
    findOrganization: createFindOrganization(organizations),
  };
  const kept = createKeptCriteria({ store: stores.protocol.oneTime, sealing, random, clock });
  const search = searchHandlers({ ...shared, kept });
  const { firstLogin, graceHours } = config.login;
  const open = openHandlers({ ...shared, firstLogin: { ...firstLogin, graceHours } });
  const managers = managerHandlers(shared);
  return [
    { method: 'get', path: '/open', rule, handler: open.show },
    { method: 'post', path: '/open', rule, handler: open.open },
    { method: 'get', path: '/open/:id', rule, handler: open.opened },
    { method: 'get', path: '/managers', rule: programme, handler: managers.list },
    { method: 'get', path: '/managers/new', rule: programme, handler: managers.show },
    { method: 'post', path: '/managers/new', rule: programme, handler: managers.open },
    { method: 'get', path: '/units', rule, handler: suggestOrganizations(registry) },
    { method: 'get', path: '/accounts', rule, handler: search.list },
    { method: 'post', path: '/accounts/search', rule, handler: search.search },
    { method: 'post', path: '/accounts/export', rule, handler: search.exportList },
  ];
}
