/** Registering a card after the first password login, logging in with it, renewing it, taking one away: a whole hub over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issued } from '#demo/pki/authority.ts';
import {
  challengeOn,
  openCardDesk,
  openCardDoor,
  signedBy,
  submitCard,
  type CardDesk,
} from '../support/hub/card-desk.ts';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { atPortal, outcomesOf } from '../support/hub/portal-visits.ts';
import { signingIn, type Shown, type SigningIn } from '../support/hub/signing-in.ts';

let world: HubWorld;
let desk: CardDesk;
let next = 900;
const password = 'Correct-horse-7-battery';

beforeAll(async () => {
  desk = await openCardDesk();
  world = await startHubWorld((folder) => desk.config(folder));
});
afterAll(async () => {
  await world.close();
  await desk.close();
});

async function newcomer(): Promise<{ person: Person; at: SigningIn; card: Issued }> {
  const person = await world.activePerson({ n: next++, roles: ['csm_user'] }, password);
  const at = await atPortal(world, person, password);
  return { person, at, card: desk.issue(person) };
}

const certificatesOf = async ({ account }: Person) => {
  const actor = { kind: 'system', purpose: 'command' } as const;
  return (await world.hub.services.directory.accounts.findAccount(actor, account.id))?.certificates ?? [];
};

/** Signs what the registration page shows, and posts it. */
async function register(at: SigningIn, card: Issued, page?: Shown): Promise<Shown> {
  const shown = page ?? (await at.open('/certificates/register'));
  const signature = signedBy(card, challengeOn(shown));
  return at.post('/certificates/register', { csrf: shown.csrf, signature });
}

/** From the portal's link through the provider's certificate door. */
async function logInAgain(at: SigningIn, card: Issued, to = 'certificates'): Promise<Shown> {
  const login = await at.open(`/certificates/log-in?to=${to}`);
  return submitCard(at, await openCardDoor(at, login), card);
}

async function logInWithCard(card: Issued): Promise<{ at: SigningIn; home: Shown }> {
  const at = signingIn(world);
  const login = await at.open('/');
  return { at, home: await submitCard(at, await openCardDoor(at, login), card) };
}

test('the card is registered with a password session, and is the way in from then on', async () => {
  const { person, at, card } = await newcomer();
  const home = await at.open('/');
  expect(home.html).toContain('href="/certificates/register"');
  const mails = (await world.mailbox.mailsTo(person.email)).length;
  const done = await register(at, card);
  expect(done.html).toContain('憑證已註冊');
  expect(await world.mailbox.nextMailTo(person.email, mails)).toContain('註冊一張憑證');
  expect(await certificatesOf(person)).toMatchObject([{ subjectName: person.account.name, medium: 'card' }]);
  expect(await outcomesOf(world, person, 'certificate.register')).toEqual(['intended', 'done']);

  // The time given to register a card ends with it.
  await expect(atPortal(world, person, password)).rejects.toThrow();
  const { at: byCard, home: entered } = await logInWithCard(card);
  expect(entered.url.pathname).toBe('/');
  expect(entered.html).not.toContain('註冊自然人憑證');
  const list = await byCard.open('/certificates');
  expect(list.html).toContain('這是您唯一的登入方式');
  expect(list.html).not.toMatch(/上次登入<\/dt><dd class="figures">尚無紀錄/);
});

test('the signature of a registration is good once, for its session and its purpose', async () => {
  const { person, at, card } = await newcomer();
  const other = await newcomer();
  const page = await at.open('/certificates/register');
  const signature = signedBy(card, challengeOn(page));

  // Another's session, with its own challenge pending.
  const theirs = await other.at.open('/certificates/register');
  const stolen = await other.at.post('/certificates/register', { csrf: theirs.csrf, signature });
  expect(stolen.status).toBe(422);
  expect(await certificatesOf(other.person)).toEqual([]);

  // Signed for registration, given as a login.
  const guest = signingIn(world);
  const door = await openCardDoor(guest, await guest.open('/'));
  expect((await guest.post(door.url, { csrf: door.csrf, signature })).status).toBe(422);

  expect((await at.post('/certificates/register', { csrf: page.csrf, signature })).status).toBe(200);
  expect((await at.post('/certificates/register', { csrf: page.csrf, signature })).status).not.toBe(200);
  expect(await certificatesOf(person)).toHaveLength(1);
});

describe('a card is not registered', () => {
  test.each<
    [string, (who: { person: Person; at: SigningIn; card: Issued }) => Issued | Promise<Issued>, string]
  >([
    ['of somebody else', async () => (await newcomer()).card, '末四碼'],
    [
      'with another name',
      ({ person }) =>
        desk.issue({ ...person, account: { ...person.account, name: '別名人' } }, { label: `name-${next}` }),
      'R05',
    ],
    [
      'that is for encryption',
      ({ person }) => desk.issue(person, { label: `encrypt-${next}` }, 'encrypt'),
      'C15',
    ],
    [
      'whose CA has the right name and another key',
      ({ person }) => desk.issue(person, { issuer: desk.pki.impostor, label: `impostor-${next}` }),
      'C12',
    ],
    [
      'that was revoked',
      ({ person }) => {
        const { g2 } = desk.pki;
        const card = desk.issue(person, { issuer: g2, label: `revoked-${next}` });
        desk.ledger.revoke(g2, { serial: card.serial, at: new Date() });
        return card;
      },
      'C18',
    ],
  ])('%s', async (_, choose, words) => {
    const who = await newcomer();
    const answer = await register(who.at, await choose(who));
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(words);
    expect(await certificatesOf(who.person)).toEqual([]);
    expect(await outcomesOf(world, who.person, 'certificate.register')).toHaveLength(1);
  });
});

test('of twenty simultaneous posts one registers the card', async () => {
  const { person, at, card } = await newcomer();
  const page = await at.open('/certificates/register');
  const fields = { csrf: page.csrf, signature: signedBy(card, challengeOn(page)) };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => at.post('/certificates/register', fields)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(await certificatesOf(person)).toHaveLength(1);
});

test('a renewed card and a telephone: replaced, listed, and taken away after a login with the card', async () => {
  const { person, at, card } = await newcomer();
  await register(at, card);
  expect((await at.open('/certificates/register')).html).toContain('這個動作須先以憑證登入');

  const asked = await logInAgain(at, card, 'register');
  expect(asked.url.pathname).toBe('/certificates/register');
  const renewed = desk.issue(person, { label: `renewed-${next}` });
  expect((await register(at, renewed, asked)).html).toContain('原來註冊的卡片已不能登入');
  const mobile = desk.issue(person, { label: `mobile-${next}` }, 'mobile');
  expect((await register(at, mobile)).html).toContain('憑證已註冊');
  expect((await certificatesOf(person)).map(({ medium }) => medium)).toEqual(['card', 'mobile']);

  // The card before is nobody's now.
  const { home } = await logInWithCard(card);
  expect(home.html).toContain('C22');

  world.clock.advance(5 * 60_000);
  const list = await at.open('/certificates');
  const [question = ''] = /\/certificates\/remove\?certificate[^"]+/.exec(list.html) ?? [];
  const late = await at.open(question.replace('&#x3D;', '='));
  expect(late.html).toContain('請以憑證再登入一次');
  await logInAgain(at, renewed);
  const { at: elsewhere } = await logInWithCard(mobile);
  expect((await elsewhere.open('/certificates')).url.pathname).toBe('/certificates');
  const fresh = await at.open(question.replace('&#x3D;', '='));
  const [, certificate = ''] = /name="certificate" value="([0-9a-f]{64})"/.exec(fresh.html) ?? [];
  const removed = await at.post('/certificates/remove', { csrf: fresh.csrf, certificate });
  expect(removed.html).toContain('已移除憑證');
  expect((await elsewhere.open('/certificates')).url.pathname).toMatch(/^\/interaction\//);
  expect(await certificatesOf(person)).toMatchObject([{ medium: 'mobile' }]);
  expect(await outcomesOf(world, person, 'certificate.remove')).toEqual(['intended', 'done']);
  expect(removed.html).toContain('由新憑證取代');
});

test('without certificate logins there is no such page', async () => {
  const without = await startHubWorld();
  try {
    const person = await without.activePerson({ n: next++ }, password);
    const at = await atPortal(without, person, password);
    expect((await at.open('/')).html).not.toContain('/certificates');
    for (const path of ['/certificates', '/certificates/register', '/certificates/log-in'])
      expect((await at.open(path)).status, path).toBe(404);
  } finally {
    await without.close();
  }
});
