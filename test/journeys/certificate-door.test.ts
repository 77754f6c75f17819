/** 憑證登入 over HTTP: who gets in with a card, what everybody else is told, and the step-up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import {
  challengeOn,
  openCardDesk,
  openCardDoor,
  signedBy,
  submitCard,
  type CardDesk,
} from '../support/hub/card-desk.ts';
import {
  authorizationRequest,
  logInByPassword,
  redeemCode,
  signingIn,
  submitPassword,
} from '../support/hub/signing-in.ts';
import { claimsOf } from '../support/provider/sample-client.ts';
import { readTrailFromNow } from '../support/hub/trail-reader.ts';

let world: HubWorld;
let desk: CardDesk;
let next = 100;
const password = 'Correct-horse-7-battery';

beforeAll(async () => {
  desk = await openCardDesk();
  world = await startHubWorld((folder) => desk.config(folder));
});
afterAll(async () => {
  await world.close();
  await desk.close();
});

/** Somebody with a registered card. */
async function cardHolder(roles = ['csm_user', 'csm_user_nocert', 'psm_bob_6k']) {
  const person = await world.activePerson({ n: next++, roles }, password);
  const card = desk.issue(person);
  await desk.bind(world, person, card);
  return { person, card };
}

async function atCardDoor(clientId = 'csm') {
  const at = signingIn(world);
  const request = authorizationRequest(world, clientId);
  const form = await at.open(request.url);
  return { at, request, form, door: await openCardDoor(at, form) };
}

const accountOf = ({ account }: Person) =>
  world.hub.services.directory.accounts.findAccount({ kind: 'system', purpose: 'command' }, account.id);

describe('a registered card', () => {
  test('logs in at level 3; the trail keeps what it rested on, the account its time', async () => {
    const { person, card } = await cardHolder();
    const trail = await readTrailFromNow(world);
    const { at, request, door } = await atCardDoor();
    expect(door.status).toBe(200);
    const entered = await submitCard(at, door, card);
    const tokens = await redeemCode(world, request, entered);
    expect(claimsOf(tokens.id_token)).toMatchObject({
      sub: person.account.id,
      acr: 'urn:hufu:loa:3',
      amr: ['sc', 'pin', 'mfa'],
      roles: ['csm_user', 'csm_user_nocert'],
    });
    const attempt = (await trail.entries()).find(({ action }) => action === 'login.attempt');
    expect(attempt).toMatchObject({
      outcome: 'done',
      onAccount: person.account.id,
      evidence: {
        method: 'certificate',
        amr: 'sc pin mfa',
        challenge: expect.stringMatching(/^[\w-]{43}$/),
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        path: expect.stringMatching(/^[0-9a-f]{64} [0-9a-f]{64}$/),
        revocation: expect.stringMatching(/^crl [0-9a-f]+ \S+, crl [0-9a-f]+ \S+$/),
      },
    });
    const account = await accountOf(person);
    expect(account?.lastCertificateLogin).toBeInstanceOf(Date);
    expect(account?.certificates[0]?.lastUsedAt).toBeInstanceOf(Date);
    expect(account?.lastPasswordLogin).toBeUndefined();
  });

  test('logs in while the password is locked', async () => {
    const { person, card } = await cardHolder();
    const { at, request, form } = await atCardDoor();
    for (let tries = 0; tries < 6; tries += 1) {
      await submitPassword(at, form, {
        account: person.nationalId,
        password: 'Wrong-horse-7-battery',
        code: '1',
      });
    }
    const entered = await submitCard(at, await openCardDoor(at, form), card);
    await redeemCode(world, request, entered);
  });

  test('its page keeps hold of the pop-up, sends the PIN nowhere, and is remembered as the door of this device', async () => {
    const { card } = await cardHolder();
    const { at, door } = await atCardDoor();
    const head = await at.browser.fetch(door.url);
    expect(head.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin-allow-popups');
    // No other page may be reached by what it opens, or by what opened it.
    const other = await at.browser.fetch(new URL('one-day-password', door.url));
    expect(other.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    const html = await head.text();
    expect(/<input[^>]*id="pin"[^>]*>/.exec(html)?.[0]).not.toContain('name=');
    await submitCard(at, { ...door, html }, card);
    expect(at.browser.cookies.get('hufu_door')).toBe('certificate');
    const again = await at.open(authorizationRequest(world, 'csm', { prompt: 'login' }).url);
    expect(again.url.pathname).toMatch(/\/certificate$/);
  });

  test('asks for the rules of use where a new version is due', async () => {
    const { person, card } = await cardHolder();
    const account = await accountOf(person);
    if (!account) throw new Error('the account is gone');
    const { accounts } = world.hub.services.directory;
    await accounts.modifyAccount({ kind: 'system', purpose: 'command' }, account.id, account.revision, {
      agreement: { version: 'older', at: new Date() },
    });
    const { at, request, door } = await atCardDoor();
    const rules = await submitCard(at, door, card);
    expect(rules.url.pathname).toMatch(/\/rules-of-use$/);
    const version = /name="version" value="([^"]+)"/.exec(rules.html)?.[1] ?? '';
    const entered = await at.post(rules.url, { csrf: rules.csrf, version, agree: 'yes' });
    await redeemCode(world, request, entered);
  });
});

describe('what is told when it does not', () => {
  const codes = (html: string) => /error-code">([^<]*)</.exec(html)?.[1];

  async function refusedWith(signing: (door: Awaited<ReturnType<typeof atCardDoor>>['door']) => string) {
    const trail = await readTrailFromNow(world);
    const { at, door } = await atCardDoor();
    const answer = await at.post(door.url, { csrf: door.csrf, signature: signing(door) });
    expect(answer.status).toBe(422);
    expect(challengeOn(answer)).not.toBe(challengeOn(door));
    const events = (await trail.entries()).filter(({ action }) => action === 'login.attempt');
    return { html: answer.html, code: codes(answer.html), events };
  }

  test('registered nowhere: how to register', async () => {
    const person = await world.activePerson({ n: next++, roles: [] }, password);
    const card = desk.issue(person);
    const { html, code, events } = await refusedWith((door) => signedBy(card, challengeOn(door)));
    expect(code).toContain('C22');
    expect(html).toContain('還沒有註冊到任何帳號');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ outcome: 'refused', reason: 'not-bound' });
  });

  test.each([
    ['disabled', '目前停用'],
    ['not-opened', '尚未開通'],
  ] as const)('account %s: said, after proof alone', async (status, words) => {
    const { person, card } = await cardHolder();
    const account = await accountOf(person);
    if (!account) throw new Error('the account is gone');
    const { accounts } = world.hub.services.directory;
    await accounts.modifyAccount({ kind: 'system', purpose: 'command' }, account.id, account.revision, {
      status,
    });
    const { html, events } = await refusedWith((door) => signedBy(card, challengeOn(door)));
    expect(html).toContain(words);
    expect(events[0]).toMatchObject({ reason: status, onAccount: account.id });
  });

  test('revoked, expired, for encryption, of an impostor, signed for something else', async () => {
    const { person } = await cardHolder();
    const revoked = desk.issue(person, { label: 'revoked', issuer: desk.pki.g2 });
    desk.ledger.revoke(desk.pki.g2, { serial: revoked.serial, at: new Date(Date.now() - 60_000), reason: 1 });
    const long = new Date(Date.now() - 86_400_000);
    const cases = [
      ['C18', revoked],
      ['C14', desk.issue(person, { label: 'expired', notAfter: long })],
      ['C15', desk.issue(person, { label: 'encryption' }, 'encrypt')],
      ['C12', desk.issue(person, { label: 'impostor', issuer: desk.pki.impostor })],
    ] as const;
    for (const [code, card] of cases) {
      expect((await refusedWith((door) => signedBy(card, challengeOn(door)))).code).toContain(code);
    }
    const { card } = await cardHolder();
    const register = (text: string) => text.replace('hufu.login.', 'hufu.register.');
    expect((await refusedWith((door) => signedBy(card, register(challengeOn(door))))).code).toContain('C02');
    expect((await refusedWith((door) => signedBy(card, challengeOn(door), { hash: 'SHA1' }))).code).toContain(
      'C17',
    );
    expect((await refusedWith(() => 'no base64 at all!')).code).toContain('C03');
  });

  test('a signature is good once, in its own login', async () => {
    const { card } = await cardHolder();
    const first = await atCardDoor();
    const signature = signedBy(card, challengeOn(first.door));
    const second = await atCardDoor();
    const foreign = await second.at.post(second.door.url, { csrf: second.door.csrf, signature });
    expect(codes(foreign.html)).toContain('C02');
    const post = () => first.at.post(first.door.url, { csrf: first.door.csrf, signature });
    const answers = await Promise.all(Array.from({ length: 20 }, post));
    expect(answers.filter(({ leads }) => leads?.searchParams.has('code'))).toHaveLength(1);
  });

  test('nothing signed at all', async () => {
    expect((await refusedWith(() => '')).code).toContain('C00');
  });

  test('too much, or a field that the form does not have, is no form of ours', async () => {
    const { at, door } = await atCardDoor();
    const huge = await at.post(door.url, { csrf: door.csrf, signature: 'A'.repeat(40_000) });
    expect(huge.status).toBe(400);
    const more = await at.post(door.url, { csrf: door.csrf, signature: 'AAAA', pin: '123456' });
    expect(more.status).toBe(400);
  });
});

describe('a new challenge', () => {
  test('is given to a script of the same login, and ends the one before', async () => {
    const { card } = await cardHolder();
    const { at, door } = await atCardDoor();
    const response = await at.browser.fetch(door.url, { headers: { Accept: 'application/json' } });
    const { challenge } = (await response.json()) as { challenge: string };
    expect(challenge).toMatch(/^hufu\.login\.v1\.localhost\./);
    const late = await at.post(door.url, { csrf: door.csrf, signature: signedBy(card, challengeOn(door)) });
    expect(late.status).toBe(422);
    const fresh = await at.browser.fetch(door.url, { headers: { Accept: 'application/json' } });
    const { challenge: text } = (await fresh.json()) as { challenge: string };
    const entered = await at.post(door.url, { csrf: door.csrf, signature: signedBy(card, text) });
    expect(entered.leads?.searchParams.has('code')).toBe(true);
  });
});

describe('step-up', () => {
  async function weakSession() {
    // A password logs in by itself only while no card is registered.
    const roles = ['csm_user', 'csm_user_nocert', 'psm_bob_6k'];
    const person = await world.activePerson({ n: next++, roles }, password);
    const at = signingIn(world);
    const form = await at.open(authorizationRequest(world, 'csm').url);
    const entered = await logInByPassword(world, at, form, person, password);
    expect(entered.leads?.searchParams.has('code')).toBe(true);
    const card = desk.issue(person);
    await desk.bind(world, person, card);
    return { person, card, at };
  }

  test('a weaker session entering 預查 is asked for the card, and goes on', async () => {
    const { person, card, at } = await weakSession();
    const request = authorizationRequest(world, 'pre');
    const door = await at.open(request.url);
    expect(door.url.pathname).toMatch(/\/certificate$/);
    expect(door.html).toContain('您已登入，但這個系統必須以自然人憑證登入');
    expect(door.html).not.toContain('door__name');
    // The weaker door is closed here.
    expect((await at.open(new URL('one-day-password', door.url))).url.pathname).toMatch(/\/certificate$/);
    const fresh = await at.open(door.url);
    const tokens = await redeemCode(world, request, await submitCard(at, fresh, card));
    expect(claimsOf(tokens.id_token)).toMatchObject({
      sub: person.account.id,
      acr: 'urn:hufu:loa:3',
      roles: ['psm_bob_6k'],
    });
    const csm = authorizationRequest(world, 'csm');
    const after = await redeemCode(world, csm, await at.open(csm.url));
    expect(claimsOf(after.id_token)['acr']).toBe('urn:hufu:loa:3');
  });

  test('with prompt=none the system is told that a login is required', async () => {
    const { at } = await weakSession();
    const { leads } = await at.open(authorizationRequest(world, 'pre', { prompt: 'none' }).url);
    expect(leads?.searchParams.get('error')).toBe('login_required');
  });

  test('somebody without a card is told to register one first, and may cancel', async () => {
    const person = await world.activePerson({ n: next++, roles: ['psm_bob_6k'] }, password);
    const at = signingIn(world);
    const form = await at.open(authorizationRequest(world, 'pre').url);
    const door = await logInByPassword(world, at, form, person, password);
    expect(door.url.pathname).toMatch(/\/certificate$/);
    expect(door.html).toContain('還沒有註冊自然人憑證');
    const cancelled = await at.post(new URL('cancel', door.url), { csrf: door.csrf });
    expect(cancelled.leads?.searchParams.get('error')).toBe('access_denied');
  });

  test('another person’s card ends the session that was open: nothing of the two is mixed', async () => {
    const { person, at } = await weakSession();
    const other = await cardHolder(['psm_bob_6k']);
    const trail = await readTrailFromNow(world);
    const request = authorizationRequest(world, 'pre');
    const door = await at.open(request.url);
    const tokens = await redeemCode(world, request, await submitCard(at, door, other.card));
    expect(claimsOf(tokens.id_token)['sub']).toBe(other.person.account.id);
    expect(await trail.entries()).toContainEqual(
      expect.objectContaining({
        action: 'session.end',
        onAccount: person.account.id,
        evidence: { ending: 'replaced' },
      }),
    );
    const refused = await at.open(authorizationRequest(world, 'csm').url);
    expect(refused.status).toBe(403);
    expect(refused.html).toContain(other.person.account.name);
  });
});

describe('pages for an office', () => {
  async function officer(office: 'general' | 'programme-officer') {
    const person = await world.activePerson({ n: next++, roles: [] }, password);
    const at = signingIn(world);
    await logInByPassword(world, at, await at.open('/'), person, password);
    const { accounts } = world.hub.services.directory;
    const account = await accountOf(person);
    if (!account) throw new Error('the account is gone');
    await accounts.modifyAccount({ kind: 'system', purpose: 'command' }, account.id, account.revision, {
      office,
    });
    const card = desk.issue(person);
    await desk.bind(world, person, card);
    return { at, card };
  }

  test.each(['/operators', '/registry'])(
    '%s: its holder is offered the card, and comes back there',
    async (path) => {
      const { at, card } = await officer('programme-officer');
      expect((await at.open('/')).html).toContain(`href="${path}"`);
      const offer = await at.open(path);
      expect(offer.status).toBe(403);
      expect(offer.html).toContain('這項功能需要以憑證登入');
      const [, to = ''] = /href="\/certificates\/log-in\?to(?:=|&#x3D;)(\w+)"/.exec(offer.html) ?? [];
      const door = await at.open(`/certificates/log-in?to=${to}`);
      expect(door.url.pathname).toMatch(/\/certificate$/);
      // A weaker login would change nothing.
      expect((await at.open(new URL('one-day-password', door.url))).url.pathname).toMatch(/\/certificate$/);
      const entered = await submitCard(at, await at.open(door.url), card);
      expect([entered.status, entered.url.pathname]).toEqual([200, path]);
    },
  );

  test('nobody else learns that there is such a page', async () => {
    const { at } = await officer('general');
    const stranger = signingIn(world);
    for (const path of ['/operators', '/registry']) {
      expect((await at.open(path)).status).toBe(404);
      expect((await stranger.open(path)).status).toBe(404);
    }
  });
});
