/** Every page state under the policy the product sends, judged by axe-core in a real browser. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AxeResults } from 'axe-core';
import { startBrowser } from '#test/support/gallery/browser.ts';
import { startPageServer, type PageServer } from '#test/support/gallery/page-server.ts';

// Chromium shares the machine with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const axe = readFileSync(
  path.resolve(import.meta.dirname, '../../../node_modules/axe-core/axe.min.js'),
  'utf8',
);
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startPageServer(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly language: 'zh-TW' | 'en';
}

/** What axe finds serious or critical on every page state, one line each. */
async function faultsOf({ colorScheme, width, language }: Look): Promise<string[]> {
  // The policy stays in force for the page: what the browser's driver brings in is not subject to it.
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  });
  await context.addInitScript({ content: axe });
  const page = await context.newPage();
  const faults: string[] = [];
  for (const name of server.names) {
    await page.goto(`${server.origin}/${name}?lang=${language}`);
    const { violations } = (await page.evaluate(
      `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(rules)} } })`,
    )) as AxeResults;
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      faults.push(...nodes.map((node) => `${name}: ${id}: ${node.html.slice(0, 160)}`));
    }
  }
  await context.close();
  return faults;
}

describe('axe finds no serious or critical fault on any page', () => {
  test.each<Look>([
    { colorScheme: 'light', width: 1280, language: 'zh-TW' },
    { colorScheme: 'light', width: 390, language: 'en' },
    { colorScheme: 'dark', width: 390, language: 'zh-TW' },
  ])('$colorScheme, $width wide, in $language', async (look) => {
    expect(await faultsOf(look)).toEqual([]);
  });
});
