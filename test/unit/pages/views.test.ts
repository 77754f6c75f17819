import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createViews, type ViewContext } from '#pages/views.ts';
import { sampleBrand } from '#test/support/gallery/sample-brand.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hufu-views-'));
afterAll(() => rmSync(folder, { recursive: true }));

const views = createViews({ brand: sampleBrand, assets: { url: (name) => `/assets/0/${name}` } });
const chinese: ViewContext = { language: 'zh-TW', requestId: 'r-1', path: '/interaction/abc?step=2' };

let count = 0;
function template(source: string): URL {
  const file = path.join(folder, `${(count += 1)}.hbs`);
  writeFileSync(file, source);
  return pathToFileURL(file);
}

const render = (source: string, model: object, view = chinese) =>
  views.page<object>(template(source))(view, model);

describe('createViews', () => {
  it('leaves lines in a value as they are', () => {
    const source = `{{#> layout title='x' shell='login'}}<pre>{{text}}</pre>{{/layout}}`;
    expect(render(source, { text: 'one\ntwo' })).toContain('<pre>one\ntwo</pre>');
  });

  it('renders a whole document in the language asked for', () => {
    const source = `{{#> layout title=(t 'login.submit') shell='login'}}<p>{{name}}</p>{{/layout}}`;
    const html = render(source, { name: '王小明' });
    expect(html).toMatch(/^<!doctype html>\n<html lang="zh-TW">/);
    expect(html).toContain('<title>登入｜商工行政服務e網通</title>');
    expect(html).toContain('<p>王小明</p>');
    expect(render(source, { name: 'x' }, { ...chinese, language: 'en' })).toContain('<html lang="en">');
  });

  it('keeps the place when the language is switched', () => {
    const html = render(`{{#> layout title='x' shell='login'}}{{/layout}}`, {});
    expect(html).toContain('href="/interaction/abc?step&#x3D;2&amp;lang&#x3D;en"');
  });

  it('escapes what the model holds', () => {
    expect(render('<p title="{{a}}">{{a}}</p>', { a: `"><script>'` })).toBe(
      '<p title="&quot;&gt;&lt;script&gt;&#x27;">&quot;&gt;&lt;script&gt;&#x27;</p>',
    );
  });

  it('throws when the model lacks what the template prints', () => {
    expect(() => render('{{missing}}', {})).toThrow(/missing/);
    expect(render('{{constructor}}', {})).toBe('');
  });

  it('fills parameters in and throws when one is missing', () => {
    expect(render(`{{t 'login.sendCode.again' seconds=30}}`, {})).toBe('30 秒後可再寄送');
    expect(render(`{{t key params}}`, { key: 'password.error.length', params: { minimum: 12 } })).toContain(
      '12',
    );
    expect(() => render(`{{t 'login.sendCode.again'}}`, {})).toThrow(/seconds/);
  });

  it('refuses a template that names a text that does not exist', () => {
    expect(() => views.page(template(`<a title="{{t 'no.such.text'}}">`))).toThrow(/no\.such\.text/);
    expect(() => views.page(template(`{{#> layout title=(t 'no.such') shell='x'}}{{/layout}}`))).toThrow(
      /no\.such/,
    );
    expect(() => render(`{{t key}}`, { key: 'no.such.text' })).toThrow(/no\.such\.text/);
  });

  it('refuses a template that prints unescaped or holds an inline style or script', () => {
    for (const source of [
      '{{{raw}}}',
      '{{&raw}}',
      '<p style="x">',
      '<p onclick="x">',
      '<script>x</script>',
    ]) {
      expect(() => views.page(template(source)), source).toThrow();
    }
  });

  it('shows times as in Asia/Taipei', () => {
    expect(render('{{dateTime at}}', { at: new Date('2026-11-21T07:04:59Z') })).toBe('2026-11-21 15:04');
  });
});
