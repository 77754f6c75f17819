/**
 * Takes pictures of every page state into screenshots/: `node test/support/gallery/take-pictures.ts [name…]`.
 * Desk and phone width in the light scheme; some again in the dark one and in English.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startBrowser } from './browser.ts';
import { startPageServer } from './page-server.ts';

const folder = path.resolve(import.meta.dirname, '../../../screenshots');
const widths = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const alsoDark = new Set([
  'activity',
  'certificates',
  'login',
  'login-fields-missing',
  'change-password-errors',
  'home',
  'login-announcements',
  'managers',
  'refused-certificate-required',
]);
const alsoEnglish = new Set([
  'activity',
  'activity-report',
  'sessions',
  'register-certificate',
  'login',
  'home',
  'change-password-first-login',
]);

const wanted = process.argv.slice(2);
const server = await startPageServer();
const browser = await startBrowser();
mkdirSync(folder, { recursive: true });
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, viewport] of Object.entries(widths)) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        locale: 'zh-TW',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      for (const name of server.names) {
        if (wanted.length > 0 && !wanted.includes(name)) continue;
        if (colorScheme === 'dark' && !alsoDark.has(name)) continue;
        for (const language of alsoEnglish.has(name) && colorScheme === 'light'
          ? ['zh-TW', 'en']
          : ['zh-TW']) {
          const answer = await page.goto(`${server.origin}/${name}${language === 'en' ? '?lang=en' : ''}`);
          if (answer?.status() !== 200) throw new Error(`${name} answers ${answer?.status()}`);
          const file = [name, width, colorScheme === 'dark' ? 'dark' : '', language === 'en' ? 'en' : ''];
          await page.screenshot({
            path: path.join(folder, `${file.filter(Boolean).join('.')}.png`),
            fullPage: true,
          });
        }
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
