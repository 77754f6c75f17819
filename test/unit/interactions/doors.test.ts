import { describe, expect, test } from 'vitest';
import { createDoors } from '#interactions/doors.ts';
import type { Door } from '#interactions/dispatch.ts';
import type { InteractionContext } from '#interactions/interaction-state.ts';

interface Asked {
  readonly least?: 2 | 3;
  readonly wished?: 2 | 3;
  readonly cookie?: string;
}

function visit({ least = 2, wished = 2, cookie }: Asked = {}) {
  const set: unknown[] = [];
  const ctx = {
    state: { interaction: { uid: 'u1', least, wished } },
    cookies: { get: () => cookie, set: (...cookie: unknown[]) => set.push(cookie) },
  } as unknown as InteractionContext;
  return { ctx, set };
}

const both: readonly Door[] = ['one-day-password', 'certificate'];
const order = (doors: ReturnType<typeof createDoors>, asked?: Asked) =>
  doors.links(visit(asked).ctx, 'certificate').map(({ id }) => id);

describe('the doors of a login', () => {
  const doors = createDoors(both, false);

  test('a new device is shown the password door first; whoever is new opens the account with it', () => {
    expect(order(doors)).toEqual(['one-day-password', 'certificate']);
    expect(doors.first(visit().ctx)).toBe('one-day-password');
  });

  test('the one that was used last comes first', () => {
    expect(order(doors, { cookie: 'certificate' })).toEqual(['certificate', 'one-day-password']);
    expect(doors.first(visit({ cookie: 'certificate' }).ctx)).toBe('certificate');
  });

  test('a cookie that says nothing of use changes nothing', () => {
    for (const cookie of ['', 'admission', '../', 'certificate; x']) {
      expect(order(doors, { cookie })).toEqual(['one-day-password', 'certificate']);
    }
  });

  test('only those are open that are strong enough, whatever was used last', () => {
    expect(order(doors, { least: 3, cookie: 'one-day-password' })).toEqual(['certificate']);
    expect(doors.openTo({ least: 3 })).toEqual(['certificate']);
    expect(doors.openTo({ least: 2 })).toEqual(both);
  });

  test('what was wished for comes before habit', () => {
    expect(order(doors, { wished: 3, cookie: 'one-day-password' })).toEqual([
      'certificate',
      'one-day-password',
    ]);
  });

  test('links name the path and the door that is open', () => {
    expect(doors.links(visit().ctx, 'certificate')).toEqual([
      { id: 'one-day-password', href: '/interaction/u1/one-day-password', current: false },
      { id: 'certificate', href: '/interaction/u1/certificate', current: true },
    ]);
  });
});

test('a door that is not configured is not there', () => {
  const doors = createDoors(['one-day-password'], false);
  expect(order(doors, { cookie: 'certificate' })).toEqual(['one-day-password']);
  expect(() => doors.first(visit({ least: 3 }).ctx)).toThrow('no way to log in is strong enough');
});

test.each([true, false])('the cookie says only which door; secure with an https issuer: %s', (secure) => {
  const { ctx, set } = visit();
  createDoors(both, secure).remember(ctx, 'certificate');
  expect(set).toEqual([
    [
      'hufu_door',
      'certificate',
      {
        path: '/interaction',
        maxAge: 31_536_000_000,
        sameSite: 'lax',
        httpOnly: true,
        secure,
        signed: false,
      },
    ],
  ]);
});
