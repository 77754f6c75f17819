/** The managers' pages on accounts, wired. */
import { createAccountTrail } from '#audit/account-trail.ts';
import { createFindOrganization } from '#registry/units/find-organization.ts';
import { suggestOrganizations } from '#registry/units/suggest-handler.ts';
import type { RegistryParts } from '#registry/registry-parts.ts';
import type { RegistryRoute } from '#registry/registry-routes.ts';
import { managing as rule, programme } from '#registry/registry-session.ts';
import { createKeptCriteria } from '#registry/search/kept-criteria.ts';
import { showAccount, showHistory } from '#registry/account/account-handlers.ts';
import { changeHandlers } from '#registry/account/change-handlers.ts';
import { deedHandlers } from '#registry/account/deed-handlers.ts';
import { officeHandlers } from '#registry/account/office-handlers.ts';
import { removalHandlers } from '#registry/account/removal-handlers.ts';
import { rolesHandlers } from '#registry/account/roles-handlers.ts';
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
    organizations,
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
    ...accountRoutes({ ...shared, trail: createAccountTrail(stores.records.audit) }),
  ];
}

type Shared = Parameters<typeof changeHandlers>[0] &
  Parameters<typeof deedHandlers>[0] &
  Parameters<typeof rolesHandlers>[0] &
  Parameters<typeof officeHandlers>[0] &
  Parameters<typeof showHistory>[0];

/** What is done to one account, and the deletion of several. `remove` and `removal` are no ids: ids come last. */
function accountRoutes(shared: Shared): readonly RegistryRoute[] {
  const change = changeHandlers(shared);
  const roles = rolesHandlers(shared);
  const office = officeHandlers(shared);
  const removal = removalHandlers(shared);
  const deeds = deedHandlers(shared);
  const one = '/accounts/:id';
  return [
    { method: 'post', path: '/accounts/remove', rule, handler: removal.ask },
    { method: 'post', path: '/accounts/removal', rule, handler: removal.carryOut },
    { method: 'get', path: one, rule, handler: showAccount(shared) },
    { method: 'get', path: `${one}/history`, rule, handler: showHistory(shared) },
    { method: 'get', path: `${one}/change`, rule, handler: change.show },
    { method: 'post', path: `${one}/change`, rule, handler: change.change },
    { method: 'get', path: `${one}/roles`, rule, handler: roles.show },
    { method: 'post', path: `${one}/roles`, rule, handler: roles.set },
    { method: 'get', path: `${one}/office`, rule: programme, handler: office.show },
    { method: 'post', path: `${one}/office`, rule: programme, handler: office.set },
    { method: 'get', path: `${one}/:deed`, rule, handler: deeds.ask },
    { method: 'post', path: `${one}/:deed`, rule, handler: deeds.carryOut },
  ];
}
