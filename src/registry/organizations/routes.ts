import type { RegistryRoute } from '../registry-routes.ts';
import { programme as rule } from '../registry-session.ts';
import type { ImportHandlers } from './import/import-handlers.ts';
import type { OrganizationHandlers } from './organization-handlers.ts';

export function organizationRoutes(
  handlers: OrganizationHandlers,
  imports: ImportHandlers,
): readonly RegistryRoute[] {
  const path = '/organizations';
  return [
    { method: 'get', path, rule, handler: handlers.list },
    { method: 'get', path: `${path}/new`, rule, handler: handlers.showNew },
    { method: 'post', path: `${path}/new`, rule, handler: handlers.add },
    { method: 'get', path: `${path}/import`, rule, handler: imports.showUpload },
    { method: 'post', path: `${path}/import`, rule, handler: imports.upload },
    { method: 'get', path: `${path}/import/:job`, rule, handler: imports.show },
    { method: 'post', path: `${path}/import/:job`, rule, handler: imports.act },
    { method: 'get', path: `${path}/:oid`, rule, handler: handlers.show },
    { method: 'post', path: `${path}/:oid`, rule, handler: handlers.change },
  ];
}
