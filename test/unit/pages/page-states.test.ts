import { describe, expect, it } from 'vitest';
import { catalogue } from '#pages/messages/catalogue.ts';
import { createAssets } from '#pages/assets.ts';
import { createViews } from '#pages/views.ts';
import { sampleFactTexts } from '#test/support/gallery/activity-states.ts';
import { pageStates } from '#test/support/gallery/page-states.ts';
import { catalogueSampleTexts } from '#test/support/gallery/catalogue-states.ts';
import { organizationSampleTexts } from '#test/support/gallery/organization-states.ts';
import { managedAccountTexts } from '#test/support/gallery/managed-account-states.ts';
import { batchSampleTexts } from '#test/support/gallery/batch-states.ts';
import { relyingPartySampleTexts } from '#test/support/gallery/relying-party-states.ts';
import { registrySampleTexts } from '#test/support/gallery/registry-states.ts';
import { sampleBrand } from '#test/support/gallery/sample-brand.ts';

const states = pageStates(createViews({ brand: sampleBrand, assets: createAssets() }));
/** Longest first: a shorter one may be part of it. */
const sampleTexts = [
  ...organizationSampleTexts,
  ...catalogueSampleTexts,
  ...managedAccountTexts,
  ...batchSampleTexts,
  ...relyingPartySampleTexts,
  ...registrySampleTexts,
  ...sampleFactTexts,
].toSorted((a, b) => b.length - a.length);
const han = /\p{Script=Han}/u;

const attributes = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].flatMap(([, value = '']) => value.split(/\s+/));

describe.each(states)('the page $name', ({ render }) => {
  const html = render({ language: 'zh-TW', requestId: 'r-1', path: '/x' });

  it('has each id once and refers only to ids that exist', () => {
    const ids = attributes(html, 'id');
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const name of ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls', 'form']) {
      expect(
        attributes(html, name).filter((id) => !ids.includes(id)),
        name,
      ).toEqual([]);
    }
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has one main heading, landmarks, jump marks and no inline style or script', () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    for (const part of [
      '<header',
      '<main',
      '<footer',
      'accesskey="U"',
      'accesskey="C"',
      'accesskey="Z"',
      'skip-link',
    ]) {
      expect(html).toContain(part);
    }
    expect(html).not.toMatch(/\sstyle=|\son\w+=|<style|<script(?! type="module" src=)/);
  });

  it('names every field and never gives a password or a code back', () => {
    for (const [input = ''] of html.matchAll(/<input(?![^>]*type="hidden")[^>]*>/g)) {
      const id = /id="([^"]+)"/.exec(input)?.[1];
      expect(html, input).toContain(`for="${id}"`);
      if (/name="(?:password|code|new_password)/.test(input)) expect(input).not.toContain(' value=');
    }
  });
});

describe('the message catalogues', () => {
  it('hold no Chinese in English and the same parameters in both', () => {
    for (const [key, { zh, en }] of Object.entries(catalogue)) {
      expect(zh.trim() && en.trim(), key).not.toBe('');
      expect(en, key).not.toMatch(han);
      const parameters = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
      expect(parameters(en), key).toEqual(parameters(zh));
    }
  });

  it('are all that an English page says', () => {
    const samples =
      /<(?:p|h1|h2|h3|dd|li|strong|span)[^>]*>[^<]*(?:公司|工廠|經濟部|桃園|林怡君|工商|系統|規範|業務)[^<]*</g;
    for (const { name, render } of states.filter(
      (state) => !/^(home|rules|refused|text-|managers|login-announcements)/.test(state.name),
    )) {
      const english = sampleTexts.reduce(
        (html, text) => html.replaceAll(text, ''),
        render({ language: 'en', requestId: 'r-1', path: '/x' }),
      );
      expect(
        english
          .replace(samples, '')
          .replace(/aria-label="[^"]*"|<title>.*<\/title>/g, '')
          .replace('中文', ''),
        name,
      ).not.toMatch(han);
    }
  });
});
