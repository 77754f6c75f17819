/** 憑證登入 with the certificate shown in TLS: who gets in, what everybody else is told, and what cannot be slipped into another's login. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issued } from '#demo/pki/authority.ts';
import { openCardDesk, type CardDesk } from '../support/hub/card-desk.ts';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { authorizationRequest, logInByPassword, redeemCode, signingIn } from '../support/hub/signing-in.ts';
import { openTlsDoor, takeProof, takeTicket, tlsDoor, type TlsDoor } from '../support/hub/tls-door.ts';
import { readTrailFromNow } from '../support/hub/trail-reader.ts';
import { claimsOf } from '../support/provider/sample-client.ts';

let folder: string;
let world: HubWorld;
let desk: CardDesk;
let tls: TlsDoor;
let next = 400;
const password = 'Correct-horse-7-battery';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-tls-door-'));
  [desk, tls] = await Promise.all([openCardDesk(), tlsDoor(folder)]);
  world = await startHubWorld((of) => ({
    ...desk.config(of),
    login: { answerMilliseconds: 0, captcha: { cost: 1 }, certificate: { mutualTls: tls.setting } },
  }));
});
afterAll(async () => {
  await world.close();
  await desk.close();
  rmSync(folder, { recursive: true });
});

async function cardHolder() {
  const person = await world.activePerson({ n: next++, roles: ['csm_user', 'psm_bob_6k'] }, password);
  const card = desk.issue(person);
  await desk.bind(world, person, card);
  return { person, card };
}

async function atTlsDoor(clientId = 'csm') {
  const at = signingIn(world);
  const request = authorizationRequest(world, clientId);
  const form = await at.open(request.url);
  return { at, request, form, door: await openTlsDoor(at, form) };
}

const accountOf = ({ account }: Person) =>
  world.hub.services.directory.accounts.findAccount({ kind: 'system', purpose: 'command' }, account.id);

async function setStatus(person: Person, status: 'disabled' | 'not-opened'): Promise<void> {
  const account = await accountOf(person);
  if (!account) throw new Error('the account is gone');
  const { accounts } = world.hub.services.directory;
  await accounts.modifyAccount({ kind: 'system', purpose: 'command' }, account.id, account.revision, {
    status,
  });
}

const codeOn = (html: string) => /error-code">([^<]*)</.exec(html)?.[1];

describe('a registered certificate', () => {
  test('logs in at level 3, as possession of its key; the trail keeps what it rested on', async () => {
    const { person, card } = await cardHolder();
    const trail = await readTrailFromNow(world);
    const { at, request, door } = await atTlsDoor('pre');
    const back = await takeProof(tls, await takeTicket(at, door), card);
    expect(`${back.origin}${back.pathname}`).toBe(`${world.origin}${door.url.pathname}/return`);
    const tokens = await redeemCode(world, request, await at.open(back));
    expect(claimsOf(tokens.id_token)).toMatchObject({
      sub: person.account.id,
      acr: 'urn:hufu:loa:3',
      amr: ['pop'],
      roles: ['psm_bob_6k'],
    });
    const attempts = (await trail.entries()).filter(({ action }) => action === 'login.attempt');
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({
      outcome: 'done',
      onAccount: person.account.id,
      evidence: {
        method: 'certificate-tls',
        amr: 'pop',
        shownTo: 'listener',
        handover: expect.stringMatching(/^[\w-]{43}$/),
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        revocation: expect.stringMatching(/^crl [0-9a-f]+ \S+, crl [0-9a-f]+ \S+$/),
      },
    });
    const account = await accountOf(person);
    expect(account?.lastCertificateLogin).toBeInstanceOf(Date);
    expect(account?.certificates[0]?.lastUsedAt).toBeInstanceOf(Date);
    expect(at.browser.cookies.get('hufu_door')).toBe('certificate-tls');
  });

  test('is asked for at the door by a form that may lead there, and is kept out of caches and referrers', async () => {
    const { card } = await cardHolder();
    const { at, door } = await atTlsDoor();
    const page = await at.browser.fetch(door.url);
    expect(page.headers.get('Content-Security-Policy')).toContain(tls.origin);
    expect(page.headers.get('Cache-Control')).toBe('no-store');
    const { headers } = await tls.show(await takeTicket(at, door), card);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
    expect(headers['set-cookie']).toBeUndefined();
  });
});

describe('what is told when it does not', () => {
  async function refusedWith(card: Issued | undefined) {
    const trail = await readTrailFromNow(world);
    const { at, door } = await atTlsDoor();
    const answer = await at.open(await takeProof(tls, await takeTicket(at, door), card));
    expect(answer.status).toBe(422);
    expect(answer.csrf).toBe(door.csrf);
    const events = (await trail.entries()).filter(({ action }) => action === 'login.attempt');
    expect(events).toHaveLength(1);
    return { html: answer.html, code: codeOn(answer.html), event: events[0] };
  }

  test('no certificate, one of nobody, and those that the verdict refuses', async () => {
    const { person } = await cardHolder();
    const revoked = desk.issue(person, { label: 'tls-revoked', issuer: desk.pki.g2 });
    desk.ledger.revoke(desk.pki.g2, { serial: revoked.serial, at: new Date(Date.now() - 60_000), reason: 1 });
    const long = new Date(Date.now() - 86_400_000);
    const cases = [
      ['C42', 'no-certificate', undefined],
      ['C22', 'not-bound', desk.issue(person, { label: 'tls-unbound' })],
      ['C18', 'revoked', revoked],
      ['C14', 'expired', desk.issue(person, { label: 'tls-expired', notAfter: long })],
      ['C15', 'wrong-usage', desk.issue(person, { label: 'tls-encryption' }, 'encrypt')],
      ['C12', 'untrusted', desk.issue(person, { label: 'tls-impostor', issuer: desk.pki.impostor })],
    ] as const;
    for (const [code, reason, card] of cases) {
      const refused = await refusedWith(card);
      expect(refused.code).toContain(code);
      expect(refused.html).toContain('關閉瀏覽器的所有視窗');
      expect(refused.event).toMatchObject({ outcome: 'refused', reason });
    }
  });

  test.each([
    ['disabled', '目前停用'],
    ['not-opened', '尚未開通'],
  ] as const)('account %s: said, after proof alone', async (status, words) => {
    const { person, card } = await cardHolder();
    await setStatus(person, status);
    const { html, event } = await refusedWith(card);
    expect(html).toContain(words);
    expect(event).toMatchObject({ reason: status, onAccount: person.account.id });
  });

  test('an account that is disabled between showing the certificate and coming back', async () => {
    const { person, card } = await cardHolder();
    const { at, door } = await atTlsDoor();
    const back = await takeProof(tls, await takeTicket(at, door), card);
    await setStatus(person, 'disabled');
    const answer = await at.open(back);
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('目前停用');
  });
});

describe('a ticket', () => {
  test('is good once; of twenty at once one gets a proof', async () => {
    const { card } = await cardHolder();
    const { at, door } = await atTlsDoor();
    const ticket = await takeTicket(at, door);
    const answers = await Promise.all(Array.from({ length: 20 }, () => tls.show(ticket, card)));
    const proofs = answers.filter(({ location }) => location?.searchParams.has('proof'));
    expect(proofs).toHaveLength(1);
    const { location, status } = await tls.show(ticket, card);
    expect([status, location?.href]).toEqual([303, `${world.origin}/certificate-login`]);
    const page = await at.open(location ?? '');
    expect([page.status, page.html.includes('stylesheet')]).toEqual([400, true]);
  });

  test('ends after two minutes, and so does a proof', async () => {
    const { card } = await cardHolder();
    const { at, door } = await atTlsDoor();
    const [late, ticket] = [await takeTicket(at, door), await takeTicket(at, door)];
    const back = await takeProof(tls, ticket, card);
    world.clock.advance(120_000);
    expect((await tls.show(late, card)).location?.search).toBe('');
    expect(codeOn((await at.open(back)).html)).toContain('C40');
  });

  test('of somebody else’s login, opened in a victim’s browser, logs neither of the two in', async () => {
    const { card: victimsCard } = await cardHolder();
    const attacker = await atTlsDoor();
    const victim = await atTlsDoor();
    const back = await takeProof(tls, await takeTicket(attacker.at, attacker.door), victimsCard);
    // The victim's browser, which has no cookie of that login.
    const refused = await victim.at.open(back);
    expect([refused.status, refused.leads]).toEqual([400, undefined]);
    // Moved into the victim's own login, the proof is not found there.
    const moved = new URL(back.search, new URL(`${victim.door.url.pathname}/return`, world.origin));
    expect(codeOn((await victim.at.open(moved)).html)).toContain('C40');
  });

  test('is asked for with the form’s token alone', async () => {
    const { at, door } = await atTlsDoor();
    expect((await at.post(door.url, { csrf: 'wrong' })).status).toBe(400);
    expect((await at.post(door.url, { csrf: door.csrf, more: 'x' })).status).toBe(400);
  });
});

describe('a proof', () => {
  test('is good once; of twenty at once one logs in', async () => {
    const { card } = await cardHolder();
    const { at, door } = await atTlsDoor();
    const back = await takeProof(tls, await takeTicket(at, door), card);
    const answers = await Promise.all(Array.from({ length: 20 }, () => at.open(back)));
    expect(answers.filter(({ leads }) => leads?.searchParams.has('code'))).toHaveLength(1);
    expect((await at.open(back)).leads?.searchParams.has('code')).not.toBe(true);
  });

  test.each(['', '?proof=', '?proof=x', `?proof=${'A'.repeat(43)}`, `?proof=${'A'.repeat(43)}&proof=b`])(
    'that nobody issued (%s) is refused',
    async (search) => {
      const { at, door } = await atTlsDoor();
      const answer = await at.open(new URL(`${door.url.pathname}/return${search}`, world.origin));
      expect(answer.status).toBe(422);
      expect(codeOn(answer.html)).toContain('C40');
    },
  );
});

describe('the listener', () => {
  test('serves its path and no other, under its own host alone', async () => {
    const { card } = await cardHolder();
    const { at, door } = await atTlsDoor();
    const ticket = await takeTicket(at, door);
    for (const target of ['/', '/health/live', '/oidc/token', '/certificate-login/x', door.url.pathname]) {
      expect((await tls.show(target, card)).status).toBe(404);
    }
    const host = { headers: { Host: new URL(world.origin).host } };
    expect((await tls.show(ticket, card, host)).status).toBe(400);
    expect((await tls.show('/certificate-login', card)).status).toBe(400);
    // The main listener knows no certificate, whatever host is named.
    const main = await at.browser.fetch(`/certificate-login${ticket.search}`);
    expect(main.status).toBe(400);
    await takeProof(tls, ticket, card);
  });

  test('heeds no header', async () => {
    const { card } = await cardHolder();
    const { at, door } = await atTlsDoor();
    const pem = encodeURIComponent(card.pem);
    const headers = { 'Client-Cert': pem, 'X-SSL-Cert': pem, Client_Cert: pem };
    const { location } = await tls.show(await takeTicket(at, door), undefined, { headers });
    expect(codeOn((await at.open(location ?? '')).html)).toContain('C42');
  });

  test('resumes no session: each login is proved by its own handshake', async () => {
    const { card } = await cardHolder();
    const first = await tls.show('/certificate-login', card);
    expect(first.protocol).toBe('TLSv1.3');
    for (const session of first.sessions) {
      expect((await tls.show('/certificate-login', undefined, { session })).resumed).toBe(false);
    }
    const { at, door } = await atTlsDoor();
    const session = first.sessions.at(-1);
    const { location } = await tls.show(await takeTicket(at, door), undefined, { session });
    expect(codeOn((await at.open(location ?? '')).html)).toContain('C42');
  });
});

test('a weaker session entering 預查 may show the certificate too, and goes on there', async () => {
  const person = await world.activePerson({ n: next++, roles: ['csm_user_nocert', 'psm_bob_6k'] }, password);
  const at = signingIn(world);
  const form = await at.open(authorizationRequest(world, 'csm').url);
  await logInByPassword(world, at, form, person, password);
  const card = desk.issue(person);
  await desk.bind(world, person, card);
  const request = authorizationRequest(world, 'pre');
  const door = await openTlsDoor(at, await at.open(request.url));
  expect(door.html).toContain('您已登入，但這個系統必須以自然人憑證登入');
  const back = await takeProof(tls, await takeTicket(at, door), card);
  const tokens = await redeemCode(world, request, await at.open(back));
  expect(claimsOf(tokens.id_token)).toMatchObject({
    sub: person.account.id,
    acr: 'urn:hufu:loa:3',
    roles: ['psm_bob_6k'],
  });
});
