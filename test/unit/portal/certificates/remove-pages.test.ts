/** The list of certificates and taking one away over HTTP. */
import { describe, expect, test } from 'vitest';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import { certificatePages, person } from './certificate-pages.ts';

const card = sampleBinding({ lastUsedAt: new Date('2026-03-01T00:00:00Z') });
const mobile = sampleBinding({ medium: 'mobile', notAfter: new Date('2026-04-01T00:00:00Z') });
const both = () => person('a', { certificates: [card, mobile] });
const question = (fingerprint = card.fingerprint) => `/certificates/remove?certificate=${fingerprint}`;

describe('the list', () => {
  test('shows holder, issuer, validity, last use and how many days are left', async () => {
    const world = await certificatePages(both());
    const { status, body } = await world.get('a', '/certificates');
    expect(status).toBe(200);
    for (const text of [card.serial, '內政部憑證管理中心', '2026-01-01 to 2031-01-01', '2026-03-01 08:00'])
      expect(body).toContain(text);
    expect(body).toContain('Ending, 29 days left');
    expect(body).toContain(`certificate=${mobile.fingerprint}`);
  });

  test('offers no removal of the last way in', async () => {
    const world = await certificatePages(person('a', { certificates: [card] }));
    const { body } = await world.get('a', '/certificates');
    expect(body).toContain('It is your only way to sign in');
    expect(body).not.toContain('/certificates/remove');
    const asked = await world.get('a', question());
    expect(asked.status).toBe(422);
    expect(asked.body).toContain('R14');
  });

  test('without a certificate it leads to registration', async () => {
    const world = await certificatePages(person('a'));
    const { body } = await world.get('a', '/certificates');
    expect(body).toContain('href="/certificates/register"');
  });
});

describe('taking one away', () => {
  test('asks first, naming what follows and what remains', async () => {
    const world = await certificatePages(both());
    world.logIn('a', 3);
    const { status, body } = await world.get('a', question());
    expect(status).toBe(200);
    expect(body).toContain('From then on you cannot sign in with it here');
    expect(body).toContain(mobile.serial);
    expect(world.account('a')?.certificates).toHaveLength(2);
  });

  test('is done, listed as history, and told', async () => {
    const world = await certificatePages(both());
    world.logIn('a', 3);
    const answer = await world.post('a', '/certificates/remove', { certificate: card.fingerprint });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe('/certificates?removed=yes');
    expect(world.account('a')).toMatchObject({
      certificates: [mobile],
      formerCertificates: [{ certificate: card, reason: 'removed' }],
    });
    expect(world.mails).toEqual(['removed']);
    expect(world.ended).toEqual([`all of ${person('a').id} but session-a`]);
    const list = await world.get('a', '/certificates?removed=yes');
    expect(list.body).toContain('The certificate is removed');
  });

  test('posted twice, the second finds nothing', async () => {
    const world = await certificatePages(both());
    world.logIn('a', 3);
    const posts = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.post('a', '/certificates/remove', { certificate: card.fingerprint }),
      ),
    );
    expect(posts.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(world.mails).toEqual(['removed']);
    expect(world.account('a')?.certificates).toEqual([mobile]);
  });

  test.each([
    ['by password', 2, 0, 'certificate-needed'],
    ['longer than five minutes ago', 3, 300_001, 'too-long-ago'],
  ] as const)(
    'is refused to a session logged in %s, which is led to the card',
    async (_, level, ago, reason) => {
      const world = await certificatePages(both());
      world.logIn('a', level);
      await world.clock.advance(ago);
      const { body } = await world.get('a', question());
      expect(body).toContain('href="/certificates/log-in?to=certificates"');
      expect(body).not.toContain('method="post" action="/certificates/remove"');
      const answer = await world.post('a', '/certificates/remove', { certificate: card.fingerprint });
      expect(answer.status).toBe(422);
      expect(world.account('a')?.certificates).toHaveLength(2);
      expect(world.ended).toEqual([]);
      expect(world.events()).toMatchObject([{ action: 'certificate.remove', outcome: 'refused', reason }]);
    },
  );

  test('is for the own account alone', async () => {
    const world = await certificatePages(both(), person('b', { certificates: [sampleBinding()] }));
    world.logIn('b', 3);
    expect(await world.get('b', question())).toMatchObject({ status: 404 });
    const answer = await world.post('b', '/certificates/remove', { certificate: card.fingerprint });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('R13');
    expect(world.account('a')?.certificates).toHaveLength(2);
    expect(world.mails).toEqual([]);
  });

  test('takes no token of another session, and no name that is none', async () => {
    const world = await certificatePages(both(), person('b'));
    world.logIn('a', 3);
    const form = { certificate: card.fingerprint, csrf: world.csrfOf('b') };
    expect(await world.post('a', '/certificates/remove', form)).toMatchObject({ status: 400 });
    expect(await world.post('a', '/certificates/remove', { certificate: 'x' })).toMatchObject({
      status: 400,
    });
    expect(await world.get('a', '/certificates/remove')).toMatchObject({ status: 404 });
    expect(world.account('a')?.certificates).toHaveLength(2);
  });
});

test('logging in with the card goes through the provider, even for somebody who is logged in', async () => {
  const world = await certificatePages(both());
  for (const [query, state] of [
    ['?to=register', 'register'],
    ['?to=https://evil.example', 'certificates'],
    ['', 'certificates'],
  ] as const) {
    const { headers } = await world.get('a', `/certificates/log-in${query}`);
    const target = new URL(headers.get('Location') ?? '');
    expect(target.origin + target.pathname).toBe('https://hub.test/oidc/auth');
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      prompt: 'login',
      acr_values: 'urn:hufu:loa:3',
      state,
    });
  }
});
