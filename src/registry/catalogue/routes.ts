import type { RegistryRoute } from '../registry-routes.ts';
import { programme as rule } from '../registry-session.ts';
import type { CatalogueHandlers } from './catalogue-handlers.ts';

/** `:kind` is categories, roles or systems; an entry called `new` has no page of its own and cannot be added. */
export function catalogueRoutes(handlers: CatalogueHandlers): readonly RegistryRoute[] {
  const path = '/catalogue';
  return [
    { method: 'get', path, rule, handler: handlers.list },
    { method: 'get', path: `${path}/:kind/new`, rule, handler: handlers.showNew },
    { method: 'post', path: `${path}/:kind/new`, rule, handler: handlers.add },
    { method: 'get', path: `${path}/:kind/:id`, rule, handler: handlers.show },
    { method: 'post', path: `${path}/:kind/:id`, rule, handler: handlers.change },
    { method: 'get', path: `${path}/:kind/:id/remove`, rule, handler: handlers.ask },
    { method: 'post', path: `${path}/:kind/:id/remove`, rule, handler: handlers.remove },
  ];
}
