import type { RegistryRoute } from '../registry-routes.ts';
import { programme as rule } from '../registry-session.ts';
import type { PartyHandlers } from './party-handlers.ts';
import type { RegistrationHandlers } from './registration-handlers.ts';

/** `new` and `check` are no client ids: ids come last. */
export function relyingPartyRoutes(
  parties: PartyHandlers,
  registration: RegistrationHandlers,
): readonly RegistryRoute[] {
  const path = '/relying-parties';
  return [
    { method: 'get', path, rule, handler: parties.list },
    { method: 'get', path: `${path}/new`, rule, handler: registration.showNew },
    { method: 'post', path: `${path}/new`, rule, handler: registration.add },
    { method: 'post', path: `${path}/check`, rule, handler: registration.check },
    { method: 'get', path: `${path}/:id`, rule, handler: parties.show },
    { method: 'get', path: `${path}/:id/change`, rule, handler: registration.showChange },
    { method: 'post', path: `${path}/:id/change`, rule, handler: registration.change },
    { method: 'get', path: `${path}/:id/:deed`, rule, handler: parties.ask },
    { method: 'post', path: `${path}/:id/:deed`, rule, handler: parties.carryOut },
  ];
}
