/** Every page state under the policy the product sends, judged by axe-core in a real browser. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import { startBrowser } from './browser.ts';
import { startPageServer } from './page-server.ts';

const axe = readFileSync(
  path.resolve(import.meta.dirname, '../../../node_modules/axe-core/axe.min.js'),
  'utf8',
);
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// What passes is not described in full: only faults are read.
const options = JSON.stringify({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });

export interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly language: 'zh-TW' | 'en';
}

/** What axe finds serious or critical on every page state, one line each; minutes on a machine that others share. */
export async function findAxeFaults({ colorScheme, width, language }: Look): Promise<string[]> {
  const [server, browser] = await Promise.all([startPageServer(), startBrowser()]);
  try {
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
      const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as AxeResults;
      for (const { id, impact, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue;
        faults.push(...nodes.map((node) => `${name}: ${id}: ${node.html.slice(0, 160)}`));
      }
    }
    return faults;
  } finally {
    await browser.close();
    await server.close();
  }
}
