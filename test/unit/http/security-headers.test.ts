import { bodyParser } from '@koa/bodyparser';
import type { Middleware } from 'koa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { refuseCrossSite } from '#http/csrf.ts';
import { allowFormRedirectTo, setSecurityHeaders } from '#http/security-headers.ts';
import { startBrowser } from '#test/support/gallery/browser.ts';
import { listeningApp } from './listening-app.ts';

const page: Middleware = (ctx) => {
  ctx.body = 'page';
};

const headersOf = async (secure: boolean) =>
  (await (await listeningApp(setSecurityHeaders(secure), page)).send('GET /')).headers;

test('every answer forbids framing, sniffing, foreign and inline content', async () => {
  const headers = await headersOf(false);
  const policy = headers.get('content-security-policy') ?? '';
  const directives = policy.split(';').map((directive) => directive.trim());
  expect(directives).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]),
  );
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(headers.get('referrer-policy')).toBe('same-origin');
});

test('an error has them too', async () => {
  const app = await listeningApp(setSecurityHeaders(true), () => {
    throw new Error('late');
  });
  expect((await app.send('GET /')).headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('HSTS is sent behind TLS alone', async () => {
  expect((await headersOf(true)).get('strict-transport-security')).toMatch(/^max-age=63072000/);
  expect((await headersOf(false)).get('strict-transport-security')).toBeNull();
});

describe('form-action', () => {
  const policyWith = async (...uris: string[]) => {
    const app = await listeningApp(setSecurityHeaders(true), (ctx) => {
      for (const uri of uris) allowFormRedirectTo(ctx, uri);
      ctx.body = 'page';
    });
    return (await app.send('GET /')).headers.get('content-security-policy') ?? '';
  };
  const formAction = async (...uris: string[]) =>
    (await policyWith(...uris)).split(';').find((directive) => directive.startsWith('form-action'));

  test.each([
    ['https://rp.example.tw/callback?x=1', 'https://rp.example.tw'],
    ['http://127.0.0.1:4001/cb', 'http://127.0.0.1:4001'],
    ['http://[::1]:4001/cb', 'http://[::1]:4001'],
    ['tw.gov.example.app:/callback', 'tw.gov.example.app:'],
    ['https://user:secret@rp.example.tw/', 'https://rp.example.tw'],
    ['https://範例.tw/cb', 'https://xn--fsqy19h.tw'],
  ])('takes the origin of %s alone', async (uri, target) => {
    expect(await formAction(uri)).toBe(`form-action 'self' ${target}`);
  });

  test.each([
    'https://rp.example.tw;script-src/cb',
    'https://rp.example.tw,evil/cb',
    "https://'unsafe-inline'/cb",
    'https://*.example.tw/cb',
    'https://a$&b/cb',
  ])('takes nothing of %s', async (uri) => {
    expect(await policyWith(uri)).toBe(await policyWith());
  });
});

test('a browser can post a form of ours without script: it says where the form came from', async () => {
  const origins: (string | undefined)[] = [];
  let guard: Middleware | undefined;
  const app = await listeningApp(
    setSecurityHeaders(false),
    async (ctx, next) => {
      if (ctx.method === 'POST') origins.push(ctx.get('Origin'));
      guard ??= refuseCrossSite(`http://${ctx.host}`);
      await guard(ctx, next);
    },
    bodyParser({ enableTypes: ['form'] }),
    (ctx) => {
      ctx.type = 'html';
      ctx.body = ctx.method === 'POST' ? '<p>taken</p>' : '<form method="post"><button>go</button></form>';
    },
  );
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const tab = await browser.newPage();
  await tab.goto(app.origin);
  await tab.click('button');
  expect(await tab.textContent('p')).toBe('taken');
  expect(origins).toEqual([app.origin]);
});
