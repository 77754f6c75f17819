import type { Middleware } from 'koa';
import { expect, test } from 'vitest';
import type { Office } from '#domain/account.ts';
import { createRegistryRouter } from '#registry/registry-routes.ts';
import { managing, programme, type RegistryState, type RouteRule } from '#registry/registry-session.ts';
import { listeningApp } from '../http/listening-app.ts';
import { createMemoryAccounts, sampleAccount } from '#test/support/memory/accounts.ts';

const loggedInAt = new Date('2026-05-04T01:00:00Z');

/** What somebody meets at the one route of a table. */
async function visit(
  rule: RouteRule,
  who: { office: Office; level: 1 | 2 | 3; status?: 'disabled' },
  hasCardLogin = false,
) {
  const account = sampleAccount({ office: who.office, status: who.status ?? 'enabled' });
  const refused: unknown[] = [];
  let state: RegistryState | undefined;
  const router = createRegistryRouter(
    {
      sessions: {
        findSession: async () => ({ uid: 'u', accountId: account.id, level: who.level, loggedInAt }),
      },
      accounts: createMemoryAccounts(account),
      requirement: 'second-factor',
      hasCardLogin,
      noteRefusal: async (context, _account, route) => refused.push([context.actor, route]),
    },
    [
      {
        method: 'get',
        path: '/page/:id',
        rule,
        handler: async (ctx) => {
          ({ state } = ctx);
          ctx.status = 204;
        },
      },
    ],
  );
  const { send } = await listeningApp(router.routes() as Middleware);
  const { status } = await send('GET /registry/page/7');
  return { status, refused, state, account };
}

test('a manager comes in with an actor of their own subtree and categories', async () => {
  const { status, refused, state, account } = await visit(managing, { office: 'manager', level: 2 });
  expect(status).toBe(204);
  expect(refused).toEqual([]);
  expect(state?.actor).toEqual({
    kind: 'person',
    id: account.id,
    office: 'manager',
    scopeOid: account.jurisdictionOid,
    categories: account.categories,
    meets: 'certificate',
  });
});

test('a programme officer comes in everywhere', async () => {
  for (const rule of [managing, programme]) {
    expect((await visit(rule, { office: 'programme-officer', level: 2 })).status).toBe(204);
  }
});

const byCertificate: RouteRule = { ...managing, requirement: 'certificate' };

test.each<[string, RouteRule, Parameters<typeof visit>[1]]>([
  ['a manager at a programme officers’ page', programme, { office: 'manager', level: 3 }],
  ['a general user', managing, { office: 'general', level: 3 }],
  ['a disabled manager', managing, { office: 'manager', level: 3, status: 'disabled' }],
  ['a login that meets nothing', managing, { office: 'manager', level: 1 }],
  ['a login weaker than the route’s own rule', byCertificate, { office: 'programme-officer', level: 2 }],
])('%s finds no page, and the trail says so', async (_, rule, who) => {
  const { status, refused, state, account } = await visit(rule, who);
  expect(status).toBe(404);
  expect(refused).toEqual([[`person:${account.id}`, '/registry/page/:id']]);
  expect(state).toBeUndefined();
});

test('where people log in with cards, only a holder of the office is told that it takes one', async () => {
  const statusOf = async (rule: RouteRule, who: Parameters<typeof visit>[1]) => {
    const { status, refused, state } = await visit(rule, who, true);
    expect([refused.length, state]).toEqual([1, undefined]);
    return status;
  };
  expect(await statusOf(byCertificate, { office: 'manager', level: 2 })).toBe(403);
  expect(await statusOf({ ...programme, requirement: 'certificate' }, { office: 'manager', level: 2 })).toBe(
    404,
  );
  expect(await statusOf(byCertificate, { office: 'general', level: 2 })).toBe(404);
  expect(await statusOf(byCertificate, { office: 'manager', level: 2, status: 'disabled' })).toBe(404);
});
