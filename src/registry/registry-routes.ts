/**
 * The table of the registration service's routes. Each states for whom it is; the router is made from the table and
 * from nothing else, so that a route without a rule cannot exist and a test can go through them all.
 */
import { Router } from '@koa/router';
import { forbidStoring } from '#http/no-store.ts';
import {
  requireOffice,
  type RegistryDoor,
  type RegistryHandler,
  type RegistryState,
  type RouteRule,
} from './registry-session.ts';

export interface RegistryRoute {
  readonly method: 'get' | 'post';
  /** Below `/registry`; `/` is its home. */
  readonly path: `/${string}`;
  readonly rule: RouteRule;
  readonly handler: RegistryHandler;
}

export const registryPrefix = '/registry';

/** Order on each route: nothing is stored, whoever may not is turned away, then the page. */
export function createRegistryRouter(
  door: RegistryDoor,
  routes: readonly RegistryRoute[],
): Router<RegistryState> {
  const router = new Router<RegistryState>({ prefix: registryPrefix });
  for (const { method, path, rule, handler } of routes) {
    router.register(path, [method], [forbidStoring, requireOffice(door, rule), handler]);
  }
  return router;
}
