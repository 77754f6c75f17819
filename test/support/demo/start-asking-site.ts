/** A site with one page that asks the card component something when its button is clicked, and lists what comes back. */
import { readFileSync } from 'node:fs';
import Koa from 'koa';
import { serveLocally, type LocalServer } from '#demo/serve-locally.ts';
import { freePort } from '../hub/hub-world.ts';

const page = `<!doctype html><title>Asks the card</title><button>ask</button><ol></ol>
<script type="module" src="/asking-page.js"></script>`;

export async function startAskingSite(): Promise<LocalServer> {
  const script = readFileSync(new URL('./asking-page.js', import.meta.url), 'utf8');
  const app = new Koa();
  app.use((ctx) => {
    // As the hub's own pages.
    ctx.set('Cross-Origin-Opener-Policy', 'same-origin-allow-popups');
    ctx.type = ctx.path === '/asking-page.js' ? 'js' : 'html';
    ctx.body = ctx.path === '/asking-page.js' ? script : page;
  });
  return serveLocally(app.callback(), { hostname: '127.0.0.1', port: String(await freePort()) });
}
