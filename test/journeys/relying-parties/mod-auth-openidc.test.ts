import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { apacheAvailable, reservePort, startApache, type Apache } from '../../support/apache.ts';
import { demoPerson } from '../../support/demo/demo-person.ts';
import { startDemo, type Demo } from '../../support/demo/start-demo.ts';
import { createHttpBrowser, type HttpBrowser } from '../../support/http-browser.ts';
import { clientConfig, clientSecret } from '../../support/hub/hub-world.ts';
import { logInByPassword, signingIn, type SigningIn } from '../../support/hub/signing-in.ts';

// The demo and Apache share the machine with other tests.
vi.setConfig({ testTimeout: 60_000 });

const { password = '', ...person } = demoPerson('施期間');

describe.skipIf(!apacheAvailable())('Apache with mod_auth_openidc', () => {
  let demo: Demo;
  /** The person's browser as far as the hub goes: one session for all tests, until the last one ends it. */
  let hub: SigningIn;
  let apache: Apache;

  beforeAll(async () => {
    const port = await reservePort();
    const origin = `http://127.0.0.1:${port}`;
    const registration = clientConfig('apache', ['csm'], {
      redirect_uris: [`${origin}/protected/callback`],
      post_logout_redirect_uris: [`${origin}/`],
    });
    demo = await startDemo({ clients: [registration] });
    hub = signingIn(demo);
    const client = { issuer: demo.origin, clientId: 'apache', clientSecret, role: 'csm_user_nocert' };
    apache = await startApache(port, client);
  });
  afterAll(async () => {
    await apache.close();
    await demo.stop();
  });

  const location = (response: Response) => new URL(response.headers.get('Location') ?? '', apache.origin);

  async function enter(at: HttpBrowser): Promise<Response> {
    const asked = await at.fetch(`${apache.origin}/protected/`);
    const page = await hub.open(location(asked));
    const entered = page.leads ? page : await logInByPassword(demo, hub, page, person, password);
    const back = await at.fetch(entered.leads ?? '');
    return at.fetch(location(back));
  }

  test('logs in, reads name and roles, and admits by role', async () => {
    const at = createHttpBrowser(apache.origin);
    const inside = await enter(at);
    expect(inside.status).toBe(200);
    expect(await inside.text()).toBe('inside');
    expect(inside.headers.get('X-Roles')).toBe('csm_user_nocert');
    expect(Buffer.from(inside.headers.get('X-Name') ?? '', 'latin1').toString('utf8')).toBe('施期間');
  });

  test('logs out at the hub, and must log in anew', async () => {
    const at = createHttpBrowser(apache.origin);
    await enter(at);
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
