import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apacheAvailable, reservePort, startApache, type Apache } from '../../support/apache.ts';
import { createHttpBrowser, type HttpBrowser } from '../../support/http-browser.ts';
import {
  clientConfig,
  clientSecret,
  startHubWorld,
  type HubWorld,
  type Person,
} from '../../support/hub/hub-world.ts';
import { logInByPassword, signingIn } from '../../support/hub/signing-in.ts';

const password = 'Correct-horse-7-battery';

describe.skipIf(!apacheAvailable())('Apache with mod_auth_openidc', () => {
  let world: HubWorld;
  let apache: Apache;
  let person: Person;

  beforeAll(async () => {
    const port = await reservePort();
    const origin = `http://127.0.0.1:${port}`;
    const registration = clientConfig('apache', ['csm'], {
      redirect_uris: [`${origin}/protected/callback`],
      post_logout_redirect_uris: [`${origin}/`],
    });
    world = await startHubWorld({ clients: [registration] });
    person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
    const client = { issuer: world.origin, clientId: 'apache', clientSecret, role: 'csm_user_nocert' };
    apache = await startApache(port, client);
  });
  afterAll(async () => {
    await apache.close();
    await world.close();
  });

  const location = (response: Response) => new URL(response.headers.get('Location') ?? '', apache.origin);

  async function enter(at: HttpBrowser, hub = signingIn(world)): Promise<Response> {
    const asked = await at.fetch(`${apache.origin}/protected/`);
    const page = await hub.open(location(asked));
    const entered = page.leads ? page : await logInByPassword(world, hub, page, person, password);
    const back = await at.fetch(entered.leads ?? '');
    return at.fetch(location(back));
  }

  test('logs in, reads name and roles, and admits by role', async () => {
    const at = createHttpBrowser(apache.origin);
    const inside = await enter(at);
    expect(inside.status).toBe(200);
    expect(await inside.text()).toBe('inside');
    expect(inside.headers.get('X-Roles')).toBe('csm_user_nocert');
    expect(Buffer.from(inside.headers.get('X-Name') ?? '', 'latin1').toString('utf8')).toBe('測試員1');
  });

  test('logs out at the hub, and must log in anew', async () => {
    world.clock.advance(61_000);
    const at = createHttpBrowser(apache.origin);
    const hub = signingIn(world);
    await enter(at, hub);
    const out = await at.fetch(
      `${apache.origin}/protected/callback?logout=${encodeURIComponent(`${apache.origin}/`)}`,
    );
    const form = await hub.open(location(out));
    expect(form.url.pathname).toBe('/oidc/session/end');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(form.html)?.[1] ?? '';
    const done = await hub.post('/oidc/session/end/confirm', { xsrf, logout: 'yes' });
    expect(done.leads?.origin).toBe(apache.origin);
    const asked = await at.fetch(`${apache.origin}/protected/`);
    expect((await hub.open(location(asked))).url.pathname).toMatch(/^\/interaction\//);
  });
});
