import { expect, test } from 'vitest';
import { guardHost } from '#http/host-guard.ts';
import { listeningApp } from './listening-app.ts';

const app = () =>
  listeningApp(guardHost(['SSO.example.tw', 'localhost:3000']), (ctx) => {
    ctx.body = 'ours';
  });

test.each(['sso.example.tw', 'SSO.EXAMPLE.TW', 'localhost:3000'])('the host %s is ours', async (host) => {
  expect((await (await app()).send('GET /', [`Host: ${host}`])).status).toBe(200);
});

test.each([
  'evil.example',
  'sso.example.tw.evil.example',
  'evil-sso.example.tw',
  'sso.example.tw:8443',
  'localhost',
  'sso.example.tw@evil.example',
  'sso.example.tw, evil.example',
  '',
])('the host "%s" is not', async (host) => {
  const answer = await (await app()).send('GET /', [`Host: ${host}`, 'X-Forwarded-Host: sso.example.tw']);
  expect(answer.status).toBe(421);
  expect(answer.headers.get('location')).toBeNull();
});

test('probes may come by address', async () => {
  expect((await (await app()).send('GET /health/live', ['Host: 10.0.0.7'])).status).toBe(200);
  expect((await (await app()).send('GET /healthy', ['Host: 10.0.0.7'])).status).toBe(421);
});

test('a host with one path serves that path alone', async () => {
  const single = await listeningApp(
    guardHost(['sso.example.tw'], new Map([['card.sso.example.tw', '/certificate-login']])),
    (ctx) => {
      ctx.body = 'ours';
    },
  );
  const statusOf = async (target: string, host = 'Card.sso.example.tw') =>
    (await single.send(`GET ${target}`, [`Host: ${host}`])).status;
  expect(await statusOf('/certificate-login?ticket=a')).toBe(200);
  for (const target of ['/', '/certificate-login/', '/certificate-login/x', '/oidc/auth']) {
    expect(await statusOf(target)).toBe(421);
  }
  expect(await statusOf('/certificate-login', 'evil.example')).toBe(421);
});
