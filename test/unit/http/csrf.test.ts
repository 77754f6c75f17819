import { describe, expect, test } from 'vitest';
import { createCsrf, refuseCrossSite } from '#http/csrf.ts';
import { isHufuError } from '#domain/errors.ts';
import { listeningApp } from './listening-app.ts';

describe('a form token', () => {
  const csrf = createCsrf(Buffer.alloc(32, 1));
  const token = csrf.issue('session-1');
  const refusal = (binding: string, given: string): unknown => {
    try {
      csrf.check(binding, given);
      return undefined;
    } catch (error) {
      return isHufuError(error) ? error.code : error;
    }
  };

  test('is good for what it is bound to', () => {
    expect(refusal('session-1', token)).toBeUndefined();
  });

  test('is good for nothing else', () => {
    expect(refusal('session-2', token)).toBe('form-expired');
    expect(createCsrf(Buffer.alloc(32, 2)).issue('session-1')).not.toBe(token);
    expect(refusal('', token)).toBe('form-expired');
  });

  test.each([
    ['nothing', ''],
    ['another one', 'A'.repeat(43)],
    ['cut', token.slice(0, -1)],
    ['longer', `${token}A`],
    ['of the same length in characters, not in bytes', `${token.slice(0, -1)}字`],
    ['in other letters', token.toLowerCase() === token ? token.toUpperCase() : token.toLowerCase()],
  ])('is refused: %s', (_, given) => {
    expect(refusal('session-1', given)).toBe('form-expired');
  });
});

describe('a change', () => {
  const origin = 'https://sso.example.tw';
  const app = () =>
    listeningApp(refuseCrossSite(origin), (ctx) => {
      ctx.body = 'done';
    });

  test.each([
    ['its own page, as browsers say it', [`Origin: ${origin}`, 'Sec-Fetch-Site: same-origin']],
    ['its own page, in a browser without Fetch Metadata', [`Origin: ${origin}`]],
    ['a program without cookies', []],
  ])('is let through from %s', async (_, headers) => {
    expect((await (await app()).send('POST /', headers)).status).toBe(200);
  });

  test.each([
    ['another site', ['Origin: https://evil.example', 'Sec-Fetch-Site: cross-site']],
    ['another site, in a browser without Fetch Metadata', ['Origin: https://evil.example']],
    ['a sandboxed page', ['Origin: null']],
    ['a neighbouring host', ['Origin: https://www.example.tw', 'Sec-Fetch-Site: same-site']],
    ['a site with ours in front', [`Origin: ${origin}.evil.example`]],
    ['the same host by plain http', ['Origin: http://sso.example.tw']],
    ['another port', [`Origin: ${origin}:8443`]],
    ['ours by its own word alone', [`Origin: ${origin}`, 'Sec-Fetch-Site: cross-site']],
    ['an address typed or a bookmark', ['Sec-Fetch-Site: none']],
  ])('is refused from %s', async (_, headers) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      expect((await (await app()).send(`${method} /`, headers)).status, method).toBe(403);
    }
  });

  test('is what is guarded: reading is not', async () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const answer = await (await app()).send(`${method} /`, ['Origin: https://evil.example']);
      expect(answer.status, method).toBe(200);
    }
  });
});
