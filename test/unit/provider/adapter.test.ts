import { describe, expect, test } from 'vitest';
import { createAdapterFactory } from '#provider/adapter.ts';
import { createMemoryProtocolStore } from '#test/support/memory/protocol-store.ts';
import { createSetClock } from '#test/support/set-clock.ts';

function open() {
  const clock = createSetClock();
  const store = createMemoryProtocolStore(clock);
  return { clock, store, adapters: createAdapterFactory({ store, clock, sessionSeconds: 1000 }) };
}

describe('adapter', () => {
  test('keeps payloads until they expire', async () => {
    const { clock, adapters } = open();
    const codes = adapters('AuthorizationCode');
    await codes.upsert('a', { accountId: 'x' }, 60);
    expect(await codes.find('a')).toEqual({ accountId: 'x' });
    expect(await adapters('AccessToken').find('a')).toBeUndefined();
    await clock.advance(60_000);
    expect(await codes.find('a')).toBeUndefined();
  });

  test('consume marks a record, and stops whoever comes second', async () => {
    const { clock, adapters } = open();
    const codes = adapters('AuthorizationCode');
    await codes.upsert('a', {}, 60);
    await codes.consume('a');
    expect(await codes.find('a')).toEqual({ consumed: Math.floor(clock.now().getTime() / 1000) });
    await expect(codes.consume('a')).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(codes.consume('unknown')).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('whoever comes second at the very same moment ends the grant, as a later second use does', async () => {
    const { adapters } = open();
    const tokens = adapters('RefreshToken');
    await adapters('Grant').upsert('g', {}, 60);
    await tokens.upsert('a', { grantId: 'g' }, 60);
    const uses = await Promise.allSettled([tokens.consume('a'), tokens.consume('a')]);
    expect(uses.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await adapters('Grant').find('g')).toBeUndefined();
  });

  test('writes an index before the record that it leads to', async () => {
    const { store, adapters } = open();
    await adapters('DeviceCode').upsert('b', { userCode: 'c' }, 60);
    expect(store.operations).toEqual(['put UserCode:c', 'put DeviceCode:b']);
    expect(await adapters('DeviceCode').findByUserCode('c')).toEqual({ userCode: 'c' });
    expect(await adapters('Session').findByUid('unknown')).toBeUndefined();
  });

  test('saves no session outside a protocol request that is not there any more', async () => {
    const { adapters } = open();
    await adapters('Session').upsert('a', { uid: 'u' }, 60);
    expect(await adapters('Session').find('a')).toBeUndefined();
  });

  test('revoking a grant removes its record, without which no token is good', async () => {
    const { adapters } = open();
    await adapters('Grant').upsert('g', {}, 60);
    await adapters('AccessToken').revokeByGrantId('g');
    expect(await adapters('Grant').find('g')).toBeUndefined();
  });

  test('looks for no client in the store', async () => {
    const { store, adapters } = open();
    expect(await adapters('Client').find('csm')).toBeUndefined();
    expect(store.operations).toEqual([]);
  });
});
