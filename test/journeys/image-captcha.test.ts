import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createImageCaptcha } from '#authentication/captcha-image.ts';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { codeIn, hasCode } from '../support/hub/mailbox.ts';
import { authorizationRequest, redeemCode, signingIn, type Shown } from '../support/hub/signing-in.ts';

const password = 'Correct-horse-7-battery';
let world: HubWorld;
let person: Person;

beforeAll(async () => {
  world = await startHubWorld({
    login: {
      answerMilliseconds: 0,
      captcha: { kind: 'image' },
      mailedCode: { resendSeconds: 10 },
      perAddress: { attempts: 100_000 },
    },
  });
  person = await world.activePerson({ n: 1, roles: ['csm_user', 'csm_user_nocert'] }, password);
});
afterAll(() => world.close());

/** Reads the picture as a person would: by the rules of the hub, with its own secret. */
async function readPicture(page: Pick<Shown, 'url'>): Promise<string> {
  const { keys, stores, machine } = world.hub.services;
  const [, , uid = ''] = page.url.pathname.split('/');
  const captcha = createImageCaptcha({
    ...machine,
    secret: keys.secretFor('captcha'),
    store: stores.protocol.oneTime,
    policy: { lifetimeMinutes: 20 },
  });
  return (await captcha.current(uid)).characters;
}

async function begin() {
  const at = signingIn(world);
  const request = authorizationRequest(world, 'csm');
  const page = await at.open(request.url);
  const look = async () => at.browser.fetch(new URL('captcha.png', page.url));
  await (await look()).arrayBuffer();
  const fields = { csrf: page.csrf, account: person.nationalId, password };
  return { at, request, page, look, fields };
}

test('an official reads the picture twice, for the code and for the login, without any script', async () => {
  const { at, request, page, look, fields } = await begin();
  expect(page.html).toContain('captcha.png');
  expect(page.html).not.toContain('noscript');
  const before = (await world.mailbox.mailsTo(person.email)).length;
  const sent = await at.post(page.url, {
    ...fields,
    action: 'send-code',
    captcha: (await readPicture(page)).toLowerCase(),
  });
  expect(sent.status).toBe(200);
  const code = codeIn(await world.mailbox.nextMailTo(person.email, before, hasCode));
  await (await look()).arrayBuffer();
  const entered = await at.post(page.url, {
    ...fields,
    action: 'login',
    code,
    captcha: await readPicture(page),
  });
  expect((await redeemCode(world, request, entered)).claims).toMatchObject({ sub: person.account.id });
});

test('picture and sound are of one challenge, not stored, and of another login for whoever lacks the cookie', async () => {
  const { at, page, look } = await begin();
  const picture = await look();
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(picture.headers.get('cache-control')).toBe('no-store');
  const characters = await readPicture(page);
  const sound = await at.browser.fetch(new URL('captcha.wav', page.url));
  expect(sound.headers.get('content-type')).toBe('audio/wav');
  const bytes = Buffer.from(await sound.arrayBuffer());
  const part = await at.browser.fetch(new URL('captcha.wav', page.url), { headers: { Range: 'bytes=0-99' } });
  expect(part.status).toBe(206);
  const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex');
  expect(digest(Buffer.from(await part.arrayBuffer()))).toBe(digest(bytes.subarray(0, 100)));
  expect(await readPicture(page)).toBe(characters);
  const stranger = await fetch(new URL('captcha.png', page.url));
  expect(stranger.status).toBe(400);
  expect(await readPicture(page)).toBe(characters);
});

test('a wrong answer is told, keeps the account, and uses the picture up', async () => {
  const { at, page, fields } = await begin();
  const characters = await readPicture(page);
  const login = { ...fields, action: 'login', code: '12345678' };
  const refused = await at.post(page.url, { ...login, captcha: 'AAAAAA' });
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('L01');
  expect(refused.html).toContain(person.nationalId);
  expect(refused.html).not.toContain('AAAAAA');
  const again = await at.post(page.url, { ...login, captcha: characters });
  expect(again.html).toContain('L01');
});

test('an empty answer is told at once, and a proof of work counts for nothing here', async () => {
  const { at, page, fields } = await begin();
  const missing = await at.post(page.url, { ...fields, action: 'login', code: '12345678', altcha: 'x' });
  expect(missing.status).toBe(422);
  expect(missing.html).toContain('請輸入圖中或語音中的');
  expect((await at.browser.fetch(new URL('captcha', page.url))).status).toBe(404);
});

test('of twenty logins with one picture at most one is judged by its password', async () => {
  const { at, page, fields } = await begin();
  const captcha = await readPicture(page);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      at.post(page.url, { ...fields, action: 'login', code: '12345678', captcha }),
    ),
  );
  expect(answers.filter(({ html }) => html.includes('L02'))).toHaveLength(1);
  expect(answers.filter(({ html }) => html.includes('L01'))).toHaveLength(19);
});

test('a picture read in one login counts in no other', async () => {
  const one = await begin();
  const other = await begin();
  const captcha = await readPicture(one.page);
  const login = { ...other.fields, action: 'login', code: '12345678', captcha };
  expect((await other.at.post(other.page.url, login)).html).toContain('L01');
});
