/**
 * The demo's card component: what a page reaches at http://localhost:61161 when a card reader is at hand, here with
 * simulated cards that really sign. Its own page takes the place of the desk: cards, readers, what goes wrong.
 * Routes: / · /control · of the protocol: /popupForm · /popup-form.js · /sign · /pkcs11info · /p11Image.bmp.
 */
import { readFileSync } from 'node:fs';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Router } from '@koa/router';
import Koa, { type Context, type Middleware } from 'koa';
import { failureAnswer } from './codes.ts';
import { control, controlSchema, deskState } from './control.ts';
import { readControlForm } from './control-form.ts';
import type { Desk } from './desk.ts';
import { controlPage, popupPage } from './pages.ts';
import { p11Image } from './p11-image.ts';
import { answerPkcs11Info } from './pkcs11-info.ts';
import { answerSign, type Answer } from './sign.ts';

interface Dependencies {
  readonly desk: Desk;
  /** The component's own address, `http://localhost:61161`. */
  readonly origin: string;
  readonly hub: string;
  readonly now: () => Date;
}

const protocolPaths = new Set(['/popupForm', '/popup-form.js', '/sign', '/pkcs11info', '/p11Image.bmp']);
const limitBytes = 1_000_000;

export function createCardComponent({ desk, origin, hub, now }: Dependencies): Koa {
  const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
  const script = readFileSync(new URL('./popup-form.js', import.meta.url), 'utf8');
  const router = new Router();

  router.get('/', (ctx) => {
    ctx.type = 'html';
    ctx.body = controlPage(deskState(desk), { origin, hub });
  });
  router.get('/style.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = style;
  });
  router.get('/control', (ctx) => {
    ctx.body = deskState(desk);
  });
  router.post('/control', (ctx) => takeControl(ctx, desk));

  router.get('/popupForm', (ctx) => {
    ctx.type = 'html';
    ctx.body = popupPage();
  });
  router.get('/popup-form.js', (ctx) => {
    ctx.type = 'js';
    ctx.body = script;
  });
  router.post('/sign', async (ctx) => {
    const asked = await readPackage(ctx);
    ctx.body = asked.ok ? answerSign(desk, asked.value, now()) : badJson('sign');
  });
  router.post('/pkcs11info', async (ctx) => {
    const asked = await readPackage(ctx);
    const withCertificates = ctx.query['withcert'] === 'true';
    ctx.body = asked.ok
      ? answerPkcs11Info(desk, { withCertificates, slotDescription: slotIn(asked.value) })
      : badJson('pkcs11info');
  });
  router.get('/p11Image.bmp', (ctx) => {
    // The only thing that other pages may read: it probes whether the component is there.
    ctx.set('Access-Control-Allow-Origin', '*');
    ctx.type = 'image/bmp';
    ctx.body = p11Image(answerPkcs11Info(desk, { withCertificates: false, slotDescription: '' }));
  });

  const app = new Koa();
  app.use(guard(origin));
  app.use(asInstalled(desk));
  app.use(router.routes());
  return app;
}

/** Headers for every answer; what changes something comes from our own pages or from no page at all. */
function guard(origin: string): Middleware {
  return async function guard(ctx, next) {
    ctx.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'",
    );
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Cache-Control', 'no-store');
    const from = ctx.get('Origin');
    if (ctx.method === 'POST' && from !== '' && from !== origin) ctx.throw(403);
    await next();
  };
}

/** Behaves as if it were not there when it is switched off, and slowly when that is set. */
function asInstalled(desk: Desk): Middleware {
  return async function asInstalled(ctx, next) {
    const isProtocol = protocolPaths.has(ctx.path);
    if (isProtocol && !desk.switches.installed) {
      ctx.respond = false;
      ctx.req.socket.destroy();
      return;
    }
    await next();
    if (isProtocol && ctx.method === 'POST') await wait(desk.switches.delaySeconds * 1000);
  };
}

async function takeControl(ctx: Context, desk: Desk): Promise<void> {
  if (ctx.is('application/x-www-form-urlencoded')) {
    const wanted = readControlForm(new URLSearchParams(await readBody(ctx)));
    if (!wanted || !control(desk, wanted)) return ctx.throw(400);
    ctx.redirect('/');
    ctx.status = 303;
    return undefined;
  }
  if (!ctx.is('application/json')) return ctx.throw(415);
  const parsed = controlSchema.safeParse(parseJson(await readBody(ctx)));
  if (!parsed.success || !control(desk, parsed.data)) {
    ctx.status = 400;
    ctx.body = { error: parsed.success ? 'no such card or reader' : parsed.error.issues };
    return undefined;
  }
  ctx.body = deskState(desk);
  return undefined;
}

async function readBody(ctx: Context): Promise<string> {
  if (Number(ctx.get('Content-Length')) > limitBytes) ctx.throw(413);
  return readText(ctx.req);
}

/** The JSON text in the form field `tbsPackage`. */
async function readPackage(
  ctx: Context,
): Promise<{ readonly ok: true; readonly value: unknown } | { readonly ok: false }> {
  const value = parseJson(new URLSearchParams(await readBody(ctx)).get('tbsPackage') ?? '');
  return typeof value === 'object' && value !== null ? { ok: true, value } : { ok: false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function slotIn(asked: unknown): string {
  const named = asked instanceof Object && 'slotDescription' in asked ? asked.slotDescription : '';
  return typeof named === 'string' ? named : '';
}

function badJson(func: string): Answer {
  return failureAnswer(func, { retCode: 'badJson', lastError: 'none' });
}
