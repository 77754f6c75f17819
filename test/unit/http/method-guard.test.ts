import { expect, test } from 'vitest';
import { guardMethod } from '#http/method-guard.ts';
import { listeningApp } from './listening-app.ts';

const app = () =>
  listeningApp(guardMethod, (ctx) => {
    ctx.body = 'served';
  });

test.each(['GET', 'HEAD', 'POST', 'OPTIONS'])('%s is served', async (method) => {
  expect((await (await app()).send(`${method} /`)).status).toBe(200);
});

test.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])('%s is refused', async (method) => {
  const answer = await (await app()).send(`${method} /`, ['X-Secret: echo']);
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
  expect(answer.body).not.toContain('echo');
});
