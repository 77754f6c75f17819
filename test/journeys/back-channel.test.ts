import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLogOutReceiver, type LogOutReceiver } from '../support/provider/log-out-receiver.ts';
import { verifyJwt } from '../support/provider/verify-jwt.ts';
import { clientConfig, startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import {
  authorizationRequest,
  logInByPassword,
  redeemCode,
  signingIn,
  type SigningIn,
} from '../support/hub/signing-in.ts';

let world: HubWorld;
let person: Person;
let receiver: LogOutReceiver;

const password = 'Correct-horse-7-battery';

beforeAll(async () => {
  receiver = await startLogOutReceiver();
  world = await startHubWorld({
    outgoing: { allow: ['127.0.0.1'] },
    clients: [
      clientConfig('csm', ['csm'], { backchannel_logout_uri: `${receiver.origin}/csm` }),
      clientConfig('fms', ['fms']),
    ],
  });
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert', 'fms_nocert'] }, password);
});
afterAll(async () => {
  await world.close();
  await receiver.close();
});

/** Logs in at csm in a browser of its own; gives what csm knows of the session. */
async function logInAtCsm(): Promise<{ at: SigningIn; sid: unknown }> {
  const at = signingIn(world);
  world.clock.advance(11_000);
  const request = authorizationRequest(world, 'csm');
  const back = await logInByPassword(world, at, await at.open(request.url), person, password);
  const { claims } = await redeemCode(world, request, back);
  return { at, sid: claims['sid'] };
}

/** The next token that csm receives, verified. */
async function nextToken(before: number) {
  await expect.poll(() => receiver.received.length, { interval: 20, timeout: 8000 }).toBe(before + 1);
  const { keys } = (await (await fetch(new URL('/oidc/jwks', world.origin))).json()) as {
    keys: { kid: string }[];
  };
  return verifyJwt(receiver.received[before]?.token ?? '', keys);
}

const isLoggedIn = async (at: SigningIn) =>
  (await at.open(authorizationRequest(world, 'fms', { prompt: 'none' }).url)).leads?.searchParams.has('code');

test('log-out at the hub reaches the business system', async () => {
  const before = receiver.received.length;
  const { at, sid } = await logInAtCsm();
  const home = await at.open('/');
  await at.post('/log-out', { csrf: home.csrf });
  const { header, claims } = await nextToken(before);
  expect(header).toMatchObject({ typ: 'logout+jwt' });
  expect(claims).toMatchObject({ iss: world.origin, aud: 'csm', sub: person.account.id, sid });
});

test('bringing back the opening password logs the person out everywhere', async () => {
  const before = receiver.received.length;
  const { at, sid } = await logInAtCsm();
  expect(await isLoggedIn(at)).toBe(true);
  const { services } = world.hub;
  const command = { kind: 'system', purpose: 'command' } as const;
  const account = await services.directory.accounts.findAccount(command, person.account.id);
  if (!account) throw new Error('the account is gone');
  await services.resetPassword(
    command,
    account,
    { form: 'T-9', reason: 'lost' },
    { actor: 'system:command' },
  );
  expect((await nextToken(before)).claims).toMatchObject({ sub: person.account.id, sid });
  expect(await isLoggedIn(at)).toBe(false);
});

test('a session that ran out is told of without anybody asking', async () => {
  const before = receiver.received.length;
  person = await world.activePerson({ n: 2, roles: ['csm_user_nocert', 'fms_nocert'] }, password);
  const { sid } = await logInAtCsm();
  const { sweep } = world.hub.services.sessionEnds;
  expect(await sweep()).toBe(0);
  world.clock.advance(5 * 3600_000);
  await sweep();
  expect((await nextToken(before)).claims).toMatchObject({ sub: person.account.id, sid });
  expect(await sweep()).toBe(0);
});
