/**
 * A business system as an agency might run it: logs people in at the hub and shows what arrived. Run several times
 * by the demo, with another name, colour and registration each time.
 * Routes: / · /login · /login/silent · /callback · /refresh · /ask · /log-out · /local-log-out · /logged-out.
 */
import { readFileSync } from 'node:fs';
import { Router } from '@koa/router';
import Koa, { type Context, type Middleware } from 'koa';
import type { PlacedSystem } from '../business-systems.ts';
import { insidePage, outsidePage } from './pages.ts';
import { createRelyingParty } from './relying-party.ts';
import { createVisits, type Visit } from './visits.ts';
import { wordFor, words } from './words.ts';

export function createBusinessSystem({ system, client, redirectUri }: PlacedSystem, issuer: string): Koa {
  const party = createRelyingParty({
    issuer,
    client,
    redirectUri: redirectUri.href,
    introspects: system.introspects,
  });
  const visits = createVisits(`${client.client_id}_visit`);
  const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
  const look = { name: client.name, nameEn: client.nameEn ?? client.name, theme: system.theme, hub: issuer };
  const router = new Router();

  async function logIn(ctx: Context, silent: boolean): Promise<void> {
    const { url, pending } = await party.begin(silent);
    visits.of(ctx).pending = pending;
    ctx.redirect(url.href);
  }

  /** Does `deed` with the login of this browser; when the hub says no, the login here is over and the page says why. */
  const whileLoggedIn = (
    deed: (visit: Visit, login: NonNullable<Visit['login']>) => Promise<void>,
  ): Middleware =>
    async function whileLoggedIn(ctx) {
      const visit = visits.of(ctx);
      try {
        if (visit.login) await deed(visit, visit.login);
      } catch (error) {
        visit.word = wordFor(error);
        visit.login = undefined;
      }
      seeOther(ctx, '/');
    };

  router.get('/', (ctx) => {
    const visit = visits.of(ctx);
    const { word, login } = visit;
    visit.word = undefined;
    ctx.type = 'html';
    ctx.body = login ? insidePage(look, login, word) : outsidePage(look, word);
  });
  router.get('/style.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = style;
  });
  router.get('/login', (ctx) => logIn(ctx, false));
  router.get('/login/silent', (ctx) => logIn(ctx, true));
  router.get('/callback', async (ctx) => {
    const visit = visits.renew(ctx);
    const { pending } = visit;
    visit.pending = undefined;
    try {
      if (!pending) visit.word = words.noLogin;
      else {
        const tokens = await party.finish(new URL(ctx.url, redirectUri), pending);
        visit.login = { tokens, answers: await party.ask(tokens) };
      }
    } catch (error) {
      visit.word = wordFor(error);
      visit.login = undefined;
    }
    seeOther(ctx, '/');
  });
  router.post(
    '/ask',
    whileLoggedIn(async (visit, { tokens }) => {
      visit.login = { tokens, answers: await party.ask(tokens) };
      visit.word = words.asked;
    }),
  );
  router.post(
    '/refresh',
    whileLoggedIn(async (visit, { tokens }) => {
      const fresh = await party.refresh(tokens);
      visit.login = { tokens: fresh, answers: await party.ask(fresh) };
      visit.word = words.refreshed;
    }),
  );
  router.post('/local-log-out', (ctx) => {
    const visit = visits.of(ctx);
    visit.login = undefined;
    visit.word = words.loggedOutHere;
    seeOther(ctx, '/');
  });
  router.post('/log-out', async (ctx) => {
    const visit = visits.of(ctx);
    const { login } = visit;
    visit.login = undefined;
    seeOther(ctx, login ? (await party.logOutUrl(login.tokens)).href : '/');
  });
  router.get('/logged-out', (ctx) => {
    visits.of(ctx).word = words.loggedOut;
    seeOther(ctx, '/');
  });

  const app = new Koa();
  app.use(guard(redirectUri.origin, new URL(issuer).origin));
  app.use(router.routes());
  return app;
}

function seeOther(ctx: Context, to: string): void {
  ctx.redirect(to);
  ctx.status = 303;
}

/** Headers for every page; changes only from our own pages. */
function guard(origin: string, hub: string): Middleware {
  return async function guard(ctx, next) {
    ctx.set('Content-Security-Policy', `default-src 'none'; style-src 'self'; form-action 'self' ${hub}`);
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Referrer-Policy', 'same-origin');
    ctx.set('Cache-Control', 'no-store');
    if (ctx.method === 'POST' && ctx.get('Origin') !== origin) ctx.throw(403);
    await next();
  };
}
