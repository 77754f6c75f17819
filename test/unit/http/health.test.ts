import { expect, test } from 'vitest';
import { serveHealth } from '#http/health.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { listeningApp } from './listening-app.ts';

const good = async () => {};
const bad = () => Promise.reject(new Error('connect to 10.0.0.9 refused'));

async function healthWith(checks: Record<string, () => Promise<void>>) {
  const log = createKeptLog();
  const clock = createSetClock();
  const routes: (string | undefined)[] = [];
  const app = await listeningApp(
    async (ctx, next) => {
      await next().finally(() => routes.push(ctx.state.route));
    },
    serveHealth(checks, log, clock),
    (ctx) => {
      ctx.body = 'page';
    },
  );
  return { ...app, routes, checkLog: log, clock };
}

test('ready while everything answers', async () => {
  const { send } = await healthWith({ directory: good, records: good });
  const answer = await send('GET /health/ready');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(JSON.parse(answer.body)).toEqual({ status: 'ok', checks: { directory: 'ok', records: 'ok' } });
});

test('not ready while one does not, and which; why is for the log', async () => {
  const { send, checkLog } = await healthWith({ directory: bad, records: good });
  const answer = await send('GET /health/ready');
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.body)).toEqual({
    status: 'unavailable',
    checks: { directory: 'unavailable', records: 'ok' },
  });
  expect(checkLog.lines).toMatchObject([{ level: 'warn', fields: { check: 'directory' } }]);
});

test('asks at most once in a second, however many ask', async () => {
  let asked = 0;
  const { send, clock } = await healthWith({
    directory: async () => {
      asked += 1;
    },
  });
  await Promise.all(Array.from({ length: 20 }, () => send('GET /health/ready')));
  expect(asked).toBe(1);
  await clock.advance(1000);
  await send('GET /health/ready');
  expect(asked).toBe(2);
});

test('live without asking anybody', async () => {
  let asked = 0;
  const { send } = await healthWith({
    directory: async () => {
      asked += 1;
      throw new Error('down');
    },
  });
  expect((await send('GET /health/live')).status).toBe(200);
  expect(asked).toBe(0);
});

test('the rest: unknown paths under it are not found, others go on, HEAD has no body', async () => {
  const { send, routes } = await healthWith({});
  expect((await send('GET /health/secret')).status).toBe(404);
  expect((await send('GET /health')).body).toBe('page');
  const head = await send('HEAD /health/live');
  expect([head.status, head.body]).toEqual([200, '']);
  expect(routes).toEqual(['/health/*', undefined, '/health/live']);
});
