import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpBrowser, type HttpBrowser } from '../../support/http-browser.ts';
import {
  clientConfig,
  clientSecret,
  freePort,
  startHubWorld,
  type HubWorld,
  type Person,
} from '../../support/hub/hub-world.ts';
import { logInByPassword, signingIn } from '../../support/hub/signing-in.ts';
import { startPassportServer } from '../../support/relying-parties/passport-server.ts';

const password = 'Correct-horse-7-battery';

let world: HubWorld;
let party: Awaited<ReturnType<typeof startPassportServer>>;
let person: Person;

beforeAll(async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  world = await startHubWorld({
    clients: [
      clientConfig('passport', ['csm'], {
        redirect_uris: [`${origin}/callback`],
        post_logout_redirect_uris: [`${origin}/`],
      }),
    ],
  });
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
  party = await startPassportServer(port, { issuer: world.origin, clientId: 'passport', clientSecret });
});
afterAll(async () => {
  await party.close();
  await world.close();
});

const location = (response: Response) => new URL(response.headers.get('Location') ?? '', party.origin);
const said = async (at: HttpBrowser) => (await at.fetch(`${party.origin}/`)).text();

test('a server on passport logs in, reads userinfo, logs out, and must log in anew', async () => {
  const [at, hub] = [createHttpBrowser(party.origin), signingIn(world)];
  expect(await said(at)).toBe('nobody');
  const form = await hub.open(location(await at.fetch(`${party.origin}/log-in`)));
  const entered = await logInByPassword(world, hub, form, person, password);
  expect((await at.fetch(entered.leads ?? '')).status).toBe(303);
  expect(await said(at)).toBe('hello 測試員1');

  const asking = await hub.open(location(await at.fetch(`${party.origin}/log-out`)));
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(asking.html)?.[1] ?? '';
  const done = await hub.post('/oidc/session/end/confirm', { xsrf, logout: 'yes' });
  expect(done.leads?.href).toBe(`${party.origin}/`);
  expect(await said(at)).toBe('nobody');
  const again = await hub.open(location(await at.fetch(`${party.origin}/log-in`)));
  expect(again.url.pathname).toMatch(/^\/interaction\//);
});

test('an answer that another browser asked for is refused by passport', async () => {
  world.clock.advance(61_000);
  const [mine, theirs, hub] = [
    createHttpBrowser(party.origin),
    createHttpBrowser(party.origin),
    signingIn(world),
  ];
  const form = await hub.open(location(await mine.fetch(`${party.origin}/log-in`)));
  const entered = await logInByPassword(world, hub, form, person, password);
  expect((await theirs.fetch(entered.leads ?? '')).status).toBe(403);
  expect(await said(theirs)).toBe('nobody');
});
