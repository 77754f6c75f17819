/** Registering a card over HTTP: whose challenge, once, for whom; and what the page says. */
import { describe, expect, test } from 'vitest';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import { cardOf, certificatePages, person, sealedId } from './certificate-pages.ts';

const reasons = (world: Awaited<ReturnType<typeof certificatePages>>) =>
  world.events().map(({ action, outcome, reason }) => [action, outcome, reason].filter(Boolean).join(' '));

test('the page says in words what is signed, and its text names purpose and host', async () => {
  const world = await certificatePages(person('a'));
  const { status, headers, body } = await world.get('a', '/certificates/register');
  expect(status).toBe(200);
  expect(body).toContain('be registered to your account at hub.test');
  expect(body).toMatch(/>hufu\.register\.v1\.hub\.test\.[\w-]{43}</);
  expect(body).toContain('<noscript>');
  // The card component's window is of another origin, and must stay within reach.
  expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin-allow-popups');
});

test('a signature over the challenge registers the card; from then on the card is the way in', async () => {
  const world = await certificatePages(person('a'));
  const { status, body } = await world.register('a', await world.challenge('a'));
  expect(status).toBe(200);
  expect(body).toContain('Your certificate is registered');
  expect(body).toContain('href="/certificates/log-in?to=home"');
  expect(world.account('a')?.certificates).toHaveLength(1);
  expect(world.mails).toEqual(['registered']);
  expect(reasons(world)).toEqual(['certificate.register intended', 'certificate.register done']);
});

test('a script gets a new challenge, which ends the one before', async () => {
  const world = await certificatePages(person('a'));
  const first = await world.challenge('a');
  const { body } = await world.get('a', '/certificates/register/challenge');
  const { challenge } = JSON.parse(body) as { challenge: string };
  expect(challenge).not.toBe(first);
  expect(await world.register('a', first)).toMatchObject({ status: 422 });
  expect(world.account('a')?.certificates).toEqual([]);
});

describe('a challenge', () => {
  test('is good once: replayed, it registers nothing', async () => {
    const world = await certificatePages(person('a'));
    const challenge = await world.challenge('a');
    await world.register('a', challenge);
    world.logIn('a', 3);
    world.insert(cardOf('a'));
    const again = await world.register('a', challenge);
    expect(again.status).toBe(422);
    expect(again.body).toContain('C01');
    expect(world.account('a')?.certificates).toHaveLength(1);
    expect(reasons(world).at(-1)).toBe('certificate.register refused no-challenge');
  });

  test('of twenty posts at the same moment, one registers', async () => {
    const world = await certificatePages(person('a'));
    const challenge = await world.challenge('a');
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.register('a', challenge)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(world.mails).toEqual(['registered']);
    expect(world.account('a')).toMatchObject({ revision: 2 });
  });

  test('is good for two minutes', async () => {
    const world = await certificatePages(person('a'));
    const challenge = await world.challenge('a');
    await world.clock.advance(120_000);
    expect(await world.register('a', challenge)).toMatchObject({ status: 422 });
    expect(world.account('a')?.certificates).toEqual([]);
  });

  test('is its owner’s: signed in another’s session it registers on neither account', async () => {
    const world = await certificatePages(person('a'), person('b'));
    const ofA = await world.challenge('a');
    expect(await world.register('b', ofA)).toMatchObject({ status: 422 });
    await world.challenge('b');
    const foreign = await world.register('b', ofA);
    expect(foreign.body).toContain('C02');
    expect([world.account('a')?.certificates, world.account('b')?.certificates]).toEqual([[], []]);
    expect(world.mails).toEqual([]);
  });
});

describe('the page tells why a card was not registered', () => {
  const answerTo = async (card: ReturnType<typeof cardOf>) => {
    const world = await certificatePages(person('a'), person('b'));
    world.insert(card);
    const answer = await world.register('a', await world.challenge('a'));
    expect(answer.status).toBe(422);
    expect(world.account('a')?.certificates).toEqual([]);
    expect(world.mails).toEqual([]);
    return { answer, world };
  };

  test('somebody else’s card', async () => {
    const { answer, world } = await answerTo(cardOf('b'));
    expect(answer.body).toContain('last four digits of the national ID differ');
    expect(reasons(world)).toEqual(['certificate.register refused other-holder']);
  });

  test('another name: it is the manager’s matter, and the page says so', async () => {
    const { answer, world } = await answerTo(cardOf('a', { name: '王小民' }));
    expect(answer.body).toMatch(/The attempt is on record: ask the manager/);
    expect(reasons(world)).toEqual(['certificate.register refused name-mismatch']);
  });

  test('no signature at all: nothing is asked, nothing used up', async () => {
    const world = await certificatePages(person('a'));
    const challenge = await world.challenge('a');
    const { status, body } = await world.register('a', '');
    expect(status).toBe(422);
    expect(body).toContain('R01');
    expect(world.events()).toEqual([]);
    expect(challenge).not.toBe('');
  });

  test('a card that is bound to another account, though it would fit', async () => {
    const twin = person('b', { name: '王小明', nationalId: sealedId('b', 'C100006789') });
    const world = await certificatePages(person('a'), twin);
    await world.register('a', await world.challenge('a'));
    const answer = await world.register('b', await world.challenge('b'));
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('This certificate is registered to another account');
    expect(reasons(world).at(-1)).toBe('certificate.register refused bound-elsewhere');
    expect(world.events().at(-1)).toMatchObject({
      onAccount: twin.id,
      evidence: { boundTo: person('a').id },
    });
    expect(world.account('b')?.certificates).toEqual([]);
  });
});

test('markup in a certificate’s name is text', async () => {
  const name = '<img src=x onerror=alert(1)>"&\'';
  const world = await certificatePages(person('a', { name }));
  world.insert(cardOf('a', { name }));
  const done = await world.register('a', await world.challenge('a'));
  expect(done.status).toBe(200);
  for (const { body } of [done, await world.get('a', '/certificates')]) {
    expect(body).not.toContain('<img');
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;');
  }
});

describe('from which session', () => {
  test('a second card needs a certificate login of the last five minutes', async () => {
    const world = await certificatePages(person('a', { certificates: [sampleBinding()] }));
    const byPassword = await world.get('a', '/certificates/register');
    expect(byPassword.status).toBe(403);
    expect(byPassword.body).toContain('This needs a sign-in with your card');
    expect(byPassword.body).not.toContain('data-card-form');
    world.logIn('a', 3);
    expect(await world.challenge('a')).not.toBe('');
    await world.clock.advance(300_001);
    const late = await world.get('a', '/certificates/register');
    expect(late.body).toContain('within 5 minutes of a card sign-in');
  });

  test('one that may not gets no challenge and registers nothing', async () => {
    const world = await certificatePages(person('a'));
    const challenge = await world.challenge('a');
    world.logIn('a', 1);
    expect(await world.get('a', '/certificates/register/challenge')).toMatchObject({ status: 403 });
    expect(await world.register('a', challenge)).toMatchObject({ status: 403 });
    expect(reasons(world)).toEqual(['certificate.register refused certificate-needed']);
    world.logIn('a', 2);
    // It was not used up by the refusal.
    expect(await world.register('a', challenge)).toMatchObject({ status: 200 });
  });

  test('without the session’s form token nothing is done', async () => {
    const world = await certificatePages(person('a'), person('b'));
    const signature = await world.challenge('a');
    const stolen = { csrf: world.csrfOf('b'), signature };
    expect(await world.post('a', '/certificates/register', stolen)).toMatchObject({ status: 400 });
    expect(await world.register('a', signature)).toMatchObject({ status: 200 });
  });
});

test('a renewed card replaces the one before, which the list then shows as history', async () => {
  const world = await certificatePages(person('a'));
  await world.register('a', await world.challenge('a'));
  const [old] = world.account('a')?.certificates ?? [];
  await world.clock.advance(60_000);
  world.logIn('a', 3);
  world.insert(cardOf('a'));
  const { body } = await world.register('a', await world.challenge('a'));
  expect(body).toContain('The card registered before can no longer sign in');
  expect(world.account('a')).toMatchObject({
    certificates: [{ subjectSerial: old?.subjectSerial }],
    formerCertificates: [{ certificate: old, reason: 'replaced' }],
  });
  const list = await world.get('a', '/certificates');
  expect(list.body).toContain('Certificates registered before');
  expect(list.body).toContain(old?.serial);
});
