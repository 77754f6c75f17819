import Koa from 'koa';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createAssets } from '#pages/assets.ts';

const assets = createAssets();
const app = new Koa().use(assets.middleware);
const get = (url: string) => request(app.callback()).get(url);

describe('createAssets', () => {
  it('serves what it names, to be kept for ever', async () => {
    for (const [name, type] of [
      ['hufu.css', 'text/css; charset=utf-8'],
      ['js/page.js', 'text/javascript; charset=utf-8'],
      ['captcha/widget.js', 'text/javascript; charset=utf-8'],
      ['mark.svg', 'image/svg+xml'],
    ] as const) {
      const answer = await get(assets.url(name));
      expect(answer.status, name).toBe(200);
      expect(answer.headers['content-type']).toBe(type);
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('answers 304 to who has it', async () => {
    const first = await get(assets.url('hufu.css'));
    const again = await get(assets.url('hufu.css')).set('If-None-Match', first.headers['etag'] ?? '');
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
  });

  it('serves a page of another release without letting it keep the file', async () => {
    const answer = await get('/assets/0123456789abcdef/hufu.css');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  it('knows no other file, whatever the path', async () => {
    const version = assets.url('hufu.css').split('/')[2];
    for (const name of [
      'tokens.css',
      'css/tokens.css',
      '../views.ts',
      '..%2fviews.ts',
      'js/../hufu.css',
      '',
      'constructor',
    ]) {
      expect((await get(`/assets/${version}/${name}`)).status, name).toBe(404);
    }
    expect((await request(app.callback()).post(assets.url('hufu.css'))).status).toBe(404);
    expect(() => assets.url('no-such.css')).toThrow(/no-such/);
  });
});
