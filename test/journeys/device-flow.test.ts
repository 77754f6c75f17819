import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientConfig, startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { basic, logInByPassword, signingIn, tokenRequest } from '../support/hub/signing-in.ts';

let world: HubWorld;
let person: Person;

const password = 'Correct-horse-7-battery';
const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

beforeAll(async () => {
  world = await startHubWorld({
    deviceFlow: { enabled: true },
    clients: [
      // It lists no address to return to: nothing comes back to it by a redirect.
      clientConfig('csm', ['csm'], { grant_types: ['refresh_token', grantType], redirect_uris: undefined }),
    ],
  });
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
});
afterAll(() => world.close());

test('a person lets a screen without a keyboard sign in, by the code it shows', async () => {
  const asked = await fetch(new URL('/oidc/device/auth', world.origin), {
    method: 'POST',
    headers: { Authorization: `Basic ${basic('csm')}` },
    body: new URLSearchParams({ scope: 'openid roles' }),
  });
  const codes = (await asked.json()) as { device_code: string; user_code: string };

  const at = signingIn(world);
  const xsrfIn = (html: string) => /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const enter = await at.open('/oidc/device');
  expect(enter.html).toContain('讓另一台裝置登入');
  const wrong = await at.post('/oidc/device', { xsrf: xsrfIn(enter.html), user_code: 'BBBB-BBBB' });
  expect([wrong.status, wrong.html]).toEqual([422, expect.stringContaining('查無這組代碼')]);
  const typed = { xsrf: xsrfIn(wrong.html), user_code: codes.user_code.toLowerCase() };
  const confirmation = await at.post('/oidc/device', typed);
  expect(confirmation.html).toContain('要讓「系統 csm」在另一台裝置上登入嗎？');
  const login = await at.post('/oidc/device', {
    xsrf: xsrfIn(confirmation.html),
    user_code: codes.user_code,
    confirm: 'yes',
  });
  expect(login.url.pathname).toMatch(/^\/interaction\//);
  const done = await logInByPassword(world, at, login, person, password);
  expect(done.html).toContain('裝置已獲准登入');

  const answer = await tokenRequest(world, 'csm', {
    grant_type: grantType,
    device_code: codes.device_code,
  });
  expect([answer.status, await answer.json()]).toEqual([
    200,
    expect.objectContaining({ id_token: expect.any(String), access_token: expect.any(String) }),
  ]);
});
