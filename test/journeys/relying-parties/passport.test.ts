import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { demoPerson } from '../../support/demo/demo-person.ts';
import { startDemo, type Demo } from '../../support/demo/start-demo.ts';
import { createHttpBrowser, type HttpBrowser } from '../../support/http-browser.ts';
import { clientConfig, clientSecret, freePort } from '../../support/hub/hub-world.ts';
import { logInByPassword, signingIn, type SigningIn } from '../../support/hub/signing-in.ts';
import { startPassportServer } from '../../support/relying-parties/passport-server.ts';

// The demo shares the machine with other tests.
vi.setConfig({ testTimeout: 60_000 });

const { password = '', ...person } = demoPerson('施期間');

let demo: Demo;
/** The person's browser as far as the hub goes: one session for all tests, until the last one ends it. */
let hub: SigningIn;
let party: Awaited<ReturnType<typeof startPassportServer>>;

beforeAll(async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  demo = await startDemo({
    clients: [
      clientConfig('passport', ['csm'], {
        redirect_uris: [`${origin}/callback`],
        post_logout_redirect_uris: [`${origin}/`],
      }),
    ],
  });
  hub = signingIn(demo);
  party = await startPassportServer(port, { issuer: demo.origin, clientId: 'passport', clientSecret });
});
afterAll(async () => {
  await party.close();
  await demo.stop();
});

const location = (response: Response) => new URL(response.headers.get('Location') ?? '', party.origin);
const said = async (at: HttpBrowser) => (await at.fetch(`${party.origin}/`)).text();

/** Asks for a login as `at`; gives the hub's answer, which nobody has delivered yet. */
async function answerTo(at: HttpBrowser): Promise<string | URL> {
  const asked = await hub.open(location(await at.fetch(`${party.origin}/log-in`)));
  const entered = asked.leads ? asked : await logInByPassword(demo, hub, asked, person, password);
  return entered.leads ?? '';
}

test('an answer that another browser asked for is refused by passport', async () => {
  const [mine, theirs] = [createHttpBrowser(party.origin), createHttpBrowser(party.origin)];
  expect((await theirs.fetch(await answerTo(mine))).status).toBe(403);
  expect(await said(theirs)).toBe('nobody');
});

test('a server on passport logs in, reads userinfo, logs out, and must log in anew', async () => {
  const at = createHttpBrowser(party.origin);
  expect(await said(at)).toBe('nobody');
  expect((await at.fetch(await answerTo(at))).status).toBe(303);
  expect(await said(at)).toBe('hello 施期間');

  const asking = await hub.open(location(await at.fetch(`${party.origin}/log-out`)));
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(asking.html)?.[1] ?? '';
  const done = await hub.post('/oidc/session/end/confirm', { xsrf, logout: 'yes' });
  expect(done.leads?.href).toBe(`${party.origin}/`);
  expect(await said(at)).toBe('nobody');
  const again = await hub.open(location(await at.fetch(`${party.origin}/log-in`)));
  expect(again.url.pathname).toMatch(/^\/interaction\//);
});
