import type { RegistryRoute } from '../registry-routes.ts';
import { programme as rule } from '../registry-session.ts';
import type { DownloadHandlers } from './download-handlers.ts';

export function downloadRoutes(handlers: DownloadHandlers): readonly RegistryRoute[] {
  const path = '/downloads';
  return [
    { method: 'get', path, rule, handler: handlers.list },
    { method: 'get', path: `${path}/new`, rule, handler: handlers.showNew },
    { method: 'post', path: `${path}/new`, rule, handler: handlers.add },
    { method: 'get', path: `${path}/:id`, rule, handler: handlers.show },
    { method: 'post', path: `${path}/:id`, rule, handler: handlers.change },
    { method: 'post', path: `${path}/:id/move`, rule, handler: handlers.move },
    { method: 'get', path: `${path}/:id/remove`, rule, handler: handlers.ask },
    { method: 'post', path: `${path}/:id/remove`, rule, handler: handlers.remove },
  ];
}
