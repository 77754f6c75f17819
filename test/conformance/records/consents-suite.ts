import { expect, test } from 'vitest';
import { accountId, minute, type RecordsWorld } from './records-world.ts';

export function describeConsents(world: () => RecordsWorld): void {
  const [a, b] = [accountId('a'), accountId('b')];

  test('what was agreed to adds up, and is kept apart by person and relying party', async () => {
    const first = world().clock.now();
    const { consents } = world().records;
    await consents.rememberConsent(a, { clientId: 'two', scopes: ['profile', 'openid'], at: first });
    await world().clock.advance(minute);
    await consents.rememberConsent(a, { clientId: 'one', scopes: ['openid'], at: world().clock.now() });
    await consents.rememberConsent(a, {
      clientId: 'two',
      scopes: ['openid', 'email'],
      at: world().clock.now(),
    });
    await consents.rememberConsent(a, { clientId: 'three', scopes: [], at: world().clock.now() });
    const two = {
      clientId: 'two',
      scopes: ['email', 'openid', 'profile'],
      since: first,
      agreedAt: world().clock.now(),
    };
    const one = {
      clientId: 'one',
      scopes: ['openid'],
      since: world().clock.now(),
      agreedAt: world().clock.now(),
    };
    expect(await consents.findConsent(a, 'two')).toEqual(two);
    expect(await consents.findConsent(b, 'two')).toBeUndefined();
    expect(await consents.listConsents(a)).toEqual([two, one]);
    await world().reopen();
    expect(await world().records.consents.listConsents(a)).toEqual([two, one]);
  });

  test('what is withdrawn is gone, once, and for this relying party alone', async () => {
    const { consents } = world().records;
    for (const clientId of ['one', 'two'])
      await consents.rememberConsent(a, { clientId, scopes: ['openid'], at: world().clock.now() });
    const removals = await Promise.all([1, 2, 3].map(() => consents.removeConsent(a, 'one')));
    expect(removals.filter(Boolean)).toHaveLength(1);
    expect(await consents.removeConsent(b, 'two')).toBe(false);
    expect((await consents.listConsents(a)).map(({ clientId }) => clientId)).toEqual(['two']);
    await world().clock.advance(minute);
    await consents.rememberConsent(a, { clientId: 'one', scopes: ['profile'], at: world().clock.now() });
    expect(await consents.findConsent(a, 'one')).toMatchObject({
      scopes: ['profile'],
      since: world().clock.now(),
    });
  });
}
