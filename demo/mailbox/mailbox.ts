/**
 * The demo's mailbox: everybody's mails on one page and as JSON, and who can log in how. For this machine alone: it
 * shows check codes and passwords of invented people.
 */
import { readFileSync } from 'node:fs';
import Koa, { type Context } from 'koa';
import type { WayIn } from '../people/way-in.ts';
import { mailboxPage, peoplePage } from './pages.ts';
import { readFolder } from './read-folder.ts';

interface Dependencies {
  readonly folder: string;
  readonly hub: string;
  readonly waysIn: () => Promise<readonly WayIn[]>;
}

export function createMailbox({ folder, hub, waysIn }: Dependencies): Koa {
  const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
  const answers: Readonly<Record<string, (ctx: Context) => Promise<void>>> = {
    async '/'(ctx) {
      const to = oneOf(ctx.query['to']);
      ctx.type = 'html';
      ctx.body = mailboxPage(await readFolder(folder, to), to);
    },
    async '/messages.json'(ctx) {
      ctx.body = await readFolder(folder, oneOf(ctx.query['to']));
    },
    async '/people'(ctx) {
      ctx.type = 'html';
      ctx.body = peoplePage(await waysIn(), hub);
    },
    async '/people.json'(ctx) {
      ctx.body = await waysIn();
    },
    async '/style.css'(ctx) {
      ctx.type = 'css';
      ctx.body = style;
    },
  };
  const app = new Koa();
  app.use(async (ctx) => {
    ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'self'; form-action 'self'");
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Cache-Control', 'no-store');
    if (ctx.method === 'GET' && Object.hasOwn(answers, ctx.path)) await answers[ctx.path]?.(ctx);
  });
  return app;
}

function oneOf(value: string | readonly string[] | undefined): string | undefined {
  const one = typeof value === 'string' ? value : value?.[0];
  return one === '' ? undefined : one;
}
