/** Every route of the registration service, taken from the router, tried by everybody it is not for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registryPrefix } from '#registry/registry-routes.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import { signingIn, type SigningIn } from '../../support/hub/signing-in.ts';

let world: RegistryWorld;

beforeAll(async () => {
  world = await startRegistryWorld();
});
afterAll(() => world.close());

/** Method and path with the parameters filled in. */
const filled = (path: string) => path.replaceAll(/:\w+/g, 'x');

async function statusOf(who: SigningIn, method: string, path: string): Promise<number> {
  const url = new URL(filled(path), world.origin);
  const init =
    method === 'POST' ? { method, body: new URLSearchParams(), headers: { Origin: world.origin } } : {};
  const response = await who.browser.fetch(url, init);
  await response.arrayBuffer();
  return response.status;
}

test('the router has the routes of the table and no other', () => {
  const { router, routes } = world.hub.registry;
  const table = routes.map(
    ({ method, path }) => `${method.toUpperCase()} ${registryPrefix}${path === '/' ? '' : path}`,
  );
  const served = router.stack.flatMap(({ methods, path }) =>
    methods
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${String(path).replace(/\/$/, '')}`),
  );
  expect(served.toSorted()).toEqual(table.toSorted());
  expect(new Set(table).size).toBe(table.length);
});

test('nobody finds a route that is not for their office, by either method', async () => {
  const { routes } = world.hub.registry;
  expect(routes.length).toBeGreaterThan(30);
  const others = { general: world.at.general, nobody: signingIn(world), manager: world.at.manager };
  for (const { path, rule } of routes) {
    for (const [name, who] of Object.entries(others)) {
      if (name === 'manager' && rule.offices.includes('manager')) continue;
      for (const method of ['GET', 'POST']) {
        expect(await statusOf(who, method, `${registryPrefix}${path}`), `${name} ${method} ${path}`).toBe(
          404,
        );
      }
    }
  }
});

test('no route does anything by GET: it stays 404 or shows a page', async () => {
  for (const { path } of world.hub.registry.routes.filter(({ method }) => method === 'get')) {
    const status = await statusOf(world.at['programme-officer'], 'GET', `${registryPrefix}${path}`);
    expect([200, 303, 404], path).toContain(status);
  }
  for (const action of ['add', 'change', 'move', 'remove', 'import', 'disable'])
    for (const thing of [
      'relying-party',
      'category',
      'role',
      'system',
      'organization',
      'organizations',
      'notice',
      'download',
    ])
      expect(await world.audited(`${thing}.${action}`), `${thing}.${action}`).toEqual([]);
});
