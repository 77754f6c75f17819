import { Provider, type AdapterPayload } from 'oidc-provider';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAdapterFactory } from '#provider/adapter.ts';
import { createMemoryProtocolStore } from '#test/support/memory/protocol-store.ts';
import { createSetClock } from '#test/support/set-clock.ts';

type Request = Parameters<typeof open>[0];

/** One process's adapter of sessions; `at` runs its acts as within one request of the library. */
function open(request: { oidc: { session?: { uid: string; jti: string } } }, store: Store) {
  const clock = createSetClock();
  const sessions = createAdapterFactory({ store, clock, sessionSeconds: 1000 })('Session');
  const at = <T>(act: () => Promise<T>): Promise<T> => {
    current = request;
    return act();
  };
  return { sessions, at };
}

type Store = ReturnType<typeof createMemoryProtocolStore>;

const somebody: AdapterPayload = { uid: 'u', jti: 'old', accountId: 'a', loginTs: 1, exp: 60 };

let current: Request | undefined;
let store: Store;
beforeEach(async () => {
  vi.spyOn(Provider, 'ctx', 'get').mockImplementation(() => current as never);
  store = createMemoryProtocolStore(createSetClock());
  const login = open({ oidc: {} }, store);
  await login.at(() => login.sessions.upsert('old', somebody, 60));
  current = undefined;
});
afterEach(() => vi.restoreAllMocks());

/** What a resumed authorization does: the same session under a new cookie value. */
function resume(to: string, payload = somebody) {
  const { sessions, at } = open({ oidc: { session: { uid: 'u', jti: to } } }, store);
  return {
    read: () => at(() => sessions.find('old')),
    removeOld: () => at(() => sessions.destroy('old')),
    save: () => at(() => sessions.upsert(to, { ...payload, jti: to }, 60)),
  };
}

const found = async (id: string) => {
  current = undefined;
  return open({ oidc: {} }, store).sessions.find(id);
};

describe('a new cookie value', () => {
  test('carries the session on, however often it is saved', async () => {
    const one = resume('one');
    await one.read();
    await one.removeOld();
    await one.save();
    await one.removeOld();
    await one.save();
    expect(await found('old')).toBeUndefined();
    expect(await found('one')).toMatchObject({ accountId: 'a' });
  });

  test('is given to one of two requests at once', async () => {
    const [one, two] = [resume('one'), resume('two')];
    await one.read();
    await two.read();
    await one.removeOld();
    await two.removeOld();
    await two.save();
    await one.save();
    expect(await found('one')).toMatchObject({ accountId: 'a' });
    expect(await found('two')).toBeUndefined();
  });

  test('does not bring back a session that is logged out, before or amid it', async () => {
    for (const order of ['before', 'amid']) {
      const one = resume('one');
      await one.read();
      const logOut = open({ oidc: { session: { uid: 'u', jti: 'old' } } }, store);
      await logOut.at(() => logOut.sessions.find('old'));
      if (order === 'amid') await one.removeOld();
      await logOut.at(() => logOut.sessions.destroy('old'));
      if (order === 'before') await one.removeOld();
      await one.save();
      expect(await found('one')).toBeUndefined();
      expect(await open({ oidc: {} }, store).sessions.findByUid('u')).toBeUndefined();
    }
  });

  test('does not save a session from a log-out on the portal that has read the old one', async () => {
    const one = resume('one');
    await one.read();
    await one.removeOld();
    await one.save();
    current = undefined;
    await open({ oidc: {} }, store).sessions.destroy('old');
    expect(await found('one')).toBeUndefined();
  });

  test('of a session that was nobody’s counts for the last login alone', async () => {
    const anonymous = { uid: 'v', jti: 'old', exp: 60 };
    const before = open({ oidc: {} }, store);
    await before.at(() => before.sessions.upsert('old', anonymous, 60));
    const [one, two] = ['one', 'two'].map((to) => ({
      ...open({ oidc: { session: { uid: 'v', jti: to } } }, store),
      to,
    }));
    for (const login of [one, two]) await login?.at(() => login.sessions.find('old'));
    for (const login of [one, two]) {
      await login?.at(() => login.sessions.destroy('old'));
      await login?.at(() => login.sessions.upsert(login.to, { ...somebody, uid: 'v', jti: login.to }, 60));
    }
    expect(await found('one')).toBeUndefined();
    expect(await found('two')).toMatchObject({ accountId: 'a' });
  });
});

test('a session removed between reading and writing it again stays gone', async () => {
  const { sessions, at } = open({ oidc: { session: { uid: 'u', jti: 'old' } } }, store);
  await at(() => sessions.find('old'));
  const get = store.get.bind(store);
  vi.spyOn(store, 'get').mockImplementation(async (key) => {
    const record = await get(key);
    // Another process, right after.
    await store.remove(key);
    return record;
  });
  await at(() => sessions.upsert('old', { ...somebody, acr: 'changed' }, 60));
  expect(store.keys()).not.toContain('Session:old');
});
