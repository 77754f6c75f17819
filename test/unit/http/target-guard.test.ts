import { expect, test } from 'vitest';
import { guardTarget } from '#http/target-guard.ts';
import { listeningApp } from './listening-app.ts';

const app = () =>
  listeningApp(guardTarget, (ctx) => {
    ctx.body = `${ctx.req.headers.host} ${ctx.path}${ctx.search}`;
  });

test.each([
  ['/a/b?c=d', 'hub.test /a/b?c=d'],
  ['/.//evil', 'hub.test /.//evil'],
  ['http://other.test/a?b', 'other.test /a?b'],
  ['HTTPS://Other.test:8443', 'other.test:8443 /'],
])('%s is read as %s', async (target, read) => {
  expect((await (await app()).send(`GET ${target}`)).body).toBe(read);
});

test.each([
  '//evil.example/x',
  '/\\evil.example',
  '//[',
  'http://[/',
  'http://a//evil.example',
  'ftp://a/b',
  '*',
])('%s is refused without trouble', async (target) => {
  const { send, escaped, log } = await app();
  const answer = await send(`${target === '*' ? 'OPTIONS' : 'GET'} ${target}`);
  expect(answer.status).toBe(400);
  // The error page links to itself in the other language: by a path that stays here.
  expect(answer.body).toContain('bad-request /</p>');
  expect(escaped).toEqual([]);
  expect(log.lines.map(({ level }) => level)).toEqual(['debug']);
});
