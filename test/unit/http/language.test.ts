import { describe, expect, test } from 'vitest';
import { chooseLanguage, parseLanguage } from '#http/language.ts';
import { listeningApp } from './listening-app.ts';

const app = (secure = false) =>
  listeningApp(chooseLanguage('zh-TW', secure), (ctx) => {
    ctx.body = ctx.state.language;
  });

test('a language chosen is kept in a cookie, and the place is kept', async () => {
  const { send } = await app();
  const answer = await send('GET /a/b?x=1&lang=en&y=%E5%AD%97');
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe('/a/b?x=1&y=%E5%AD%97');
  expect(answer.headers.get('set-cookie')).toMatch(
    /^hufu_language=en; path=\/; expires=[^;]+; samesite=lax; httponly$/i,
  );
  expect((await send('GET /', ['Cookie: hufu_language=en'])).body).toBe('en');
});

test('under an https issuer the cookie is Secure, although TLS ends before us', async () => {
  const answer = await (await app(true)).send('GET /?lang=en');
  expect(answer.status).toBe(302);
  expect(answer.headers.get('set-cookie')).toMatch(/; secure/i);
});

describe('the way back', () => {
  test.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '/\\/evil.example',
    '//evil.example/..//evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2F%2Fevil.example',
    '/%5Cevil.example',
    '//evil.example@hub.test',
    'http://evil.example/x',
    '//[',
    '//',
    '/\\',
    '//:0',
  ])('from %s stays on this site', async (target) => {
    const { send, escaped } = await app();
    const answer = await send(`GET ${target}?lang=en`);
    expect(answer.status).toBe(302);
    const location = answer.headers.get('location') ?? '';
    expect(location).toMatch(/^\/(?![/\\])/);
    expect(new URL(location, 'http://hub.test/here').origin).toBe('http://hub.test');
    expect(escaped).toEqual([]);
  });

  test('cannot be made to write a header', async () => {
    const answer = await (await app()).send('GET /a%0d%0aSet-Cookie:%20x=y?lang=en&b=%0d%0aX-Evil:%201');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('x-evil')).toBeNull();
    expect(answer.headers.get('set-cookie')).toMatch(/^hufu_language=en/);
  });
});

test.each(['fr', 'EN', 'en-GB', '', '__proto__', 'en%00'])('%j is no choice', async (chosen) => {
  const answer = await (await app()).send(`GET /?lang=${chosen}`);
  expect([answer.status, answer.body]).toEqual([200, 'zh-TW']);
});

test('neither two at once, nor one in a POST or a HEAD, nor a made-up cookie, nor Accept-Language', async () => {
  const { send } = await app();
  expect((await send('GET /?lang=en&lang=en')).body).toBe('zh-TW');
  expect((await send('POST /?lang=en')).status).toBe(200);
  expect((await send('HEAD /?lang=en')).status).toBe(200);
  expect((await send('GET /', ['Cookie: hufu_language=fr'])).body).toBe('zh-TW');
  expect((await send('GET /', ['Accept-Language: en'])).body).toBe('zh-TW');
});

test('a language is read from text alone', () => {
  expect([parseLanguage('en'), parseLanguage('zh-TW'), parseLanguage(['en'])]).toEqual([
    'en',
    'zh-TW',
    undefined,
  ]);
});
