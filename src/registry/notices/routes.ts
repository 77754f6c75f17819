import type { RegistryRoute } from '../registry-routes.ts';
import { programme as rule } from '../registry-session.ts';
import type { NoticeHandlers } from './notice-handlers.ts';

export function noticeRoutes(handlers: NoticeHandlers): readonly RegistryRoute[] {
  const path = '/notices';
  return [
    { method: 'get', path, rule, handler: handlers.list },
    { method: 'get', path: `${path}/new`, rule, handler: handlers.showNew },
    { method: 'post', path: `${path}/new`, rule, handler: handlers.add },
    { method: 'get', path: `${path}/:id`, rule, handler: handlers.show },
    { method: 'post', path: `${path}/:id`, rule, handler: handlers.change },
    { method: 'get', path: `${path}/:id/remove`, rule, handler: handlers.ask },
    { method: 'post', path: `${path}/:id/remove`, rule, handler: handlers.remove },
  ];
}
