import { expect, test } from 'vitest';
import { signedIn } from '#portal/session/signed-in-handler.ts';
import type { PortalSession } from '#portal/session/portal-session.ts';
import { sampleId } from '#test/support/memory/accounts.ts';

const session: PortalSession = { uid: 'u', accountId: sampleId('a'), level: 3, loggedInAt: new Date(0) };

/** Where the return from the provider leads to. */
async function leads(query: Readonly<Record<string, string>>, found: PortalSession | undefined = session) {
  let target: string | undefined;
  const sessions = { findSession: async () => found, endSession: async () => undefined };
  const ctx = { query, redirect: (to: string) => (target = to) };
  await signedIn(sessions)(ctx as never, async () => undefined);
  return target;
}

test('a login leads home, or to the page that asked for it', async () => {
  expect(await leads({})).toBe('/');
  expect(await leads({ state: 'home' })).toBe('/');
  expect(await leads({ state: 'certificates' })).toBe('/certificates');
  expect(await leads({ state: 'register' })).toBe('/certificates/register');
});

test.each(['https://evil.example', '//evil.example', '/operators', '__proto__', 'toString', ''])(
  'no other place can be named: %j',
  async (state) => {
    expect(await leads({ state })).toBe('/');
  },
);

test('who cancels is back at the page, still logged in; or logged out', async () => {
  const error = 'access_denied';
  expect(await leads({ error, state: 'certificates' })).toBe('/certificates');
  expect(await leads({ error })).toBe('/logged-out');
});

test('without a session nothing is shown as if there were one', async () => {
  const none = async (query: Readonly<Record<string, string>>) => {
    const sessions = { findSession: async () => undefined, endSession: async () => undefined };
    let target: string | undefined;
    const ctx = { query, redirect: (to: string) => (target = to) };
    await signedIn(sessions)(ctx as never, async () => undefined);
    return target;
  };
  expect(await none({ error: 'access_denied', state: 'certificates' })).toBe('/logged-out');
  await expect(none({ state: 'certificates' })).rejects.toMatchObject({ code: 'interaction-gone' });
});
