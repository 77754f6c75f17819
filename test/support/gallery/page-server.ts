/**
 * A loopback server that shows every page state under the policy the product sends, with a working captcha:
 * for pictures and for tests that need a browser.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyParser } from '@koa/bodyparser';
import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Payload } from 'altcha-lib/types';
import Koa from 'koa';
import { drawCaptcha } from '#authentication/captcha-picture.ts';
import { createCaptchaSpeech } from '#authentication/captcha-speech.ts';
import { createAssets } from '#pages/assets.ts';
import { formAnswer } from '#pages/form-answer.ts';
import { createViews } from '#pages/views.ts';
import { pageStates } from './page-states.ts';
import { sampleBrand } from './sample-brand.ts';

export const strictPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; worker-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const secrets = {
  hmacSignatureSecret: 'sample challenge secret',
  hmacKeySignatureSecret: 'sample key secret',
};

export interface ReceivedForm {
  readonly accept: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly captcha: boolean;
}

export interface PageServer {
  readonly origin: string;
  readonly names: readonly string[];
  /** Forms posted so far, oldest first; a test may empty it. */
  readonly received: ReceivedForm[];
  close(): Promise<void>;
}

export async function startPageServer(): Promise<PageServer> {
  const assets = createAssets();
  const states = new Map(pageStates(createViews({ brand: sampleBrand, assets })).map((s) => [s.name, s]));
  const received: ReceivedForm[] = [];
  let challenges = 0;
  const clips = new URL('../../../src/pages/assets/captcha-audio/zh/', import.meta.url);
  const speak = createCaptchaSpeech(clips);
  const app = new Koa();
  app.silent = true;
  app.use(async (ctx, next) => {
    ctx.set('Content-Security-Policy', strictPolicy);
    // As the product answers pages with the card form.
    ctx.set('Cross-Origin-Opener-Policy', 'same-origin-allow-popups');
    await next();
  });
  app.use(assets.middleware);
  app.use(bodyParser());
  app.use(async (ctx) => {
    if (ctx.path === '/captcha/challenge') {
      ctx.set('Cache-Control', 'no-store');
      ctx.body = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: 1000,
        counter: randomInt(20, 60),
        deriveKey,
        expiresAt: new Date(Date.now() + 600_000),
        ...secrets,
      });
      return;
    }
    if (ctx.path === '/card/challenge') {
      challenges += 1;
      ctx.body = { challenge: `hufu.login.v1.sso.example.gov.tw.fresh-${challenges}` };
      return;
    }
    if (ctx.path === '/captcha/picture.png') {
      ctx.type = 'image/png';
      ctx.body = drawCaptcha({ characters: '4K7HM2', seed: 4711 });
      return;
    }
    if (ctx.path === '/captcha/sound.wav') {
      ctx.type = 'audio/wav';
      ctx.body = speak({ characters: '4K7HM2', seed: 4711 });
      return;
    }
    if (ctx.method === 'POST') {
      const fields = (ctx.request.body ?? {}) as Record<string, string>;
      received.push({ accept: ctx.get('accept'), fields, captcha: await checkCaptcha(fields['altcha']) });
      if (ctx.get('accept') === 'application/json') {
        ctx.body = formAnswer('zh-TW', {
          notice: 'login.notice.code-on-its-way',
          errors: [],
          resendSeconds: 60,
        });
        return;
      }
      ctx.body = 'received';
      return;
    }
    if (ctx.path === '/favicon.ico') {
      ctx.status = 204;
      return;
    }
    const state = states.get(ctx.path.slice(1));
    if (!state) return;
    ctx.type = 'html';
    ctx.body = state.render({
      language: ctx.query['lang'] === 'en' ? 'en' : 'zh-TW',
      requestId: '7f3a91c2',
      path: ctx.url,
    });
  });
  const server = createServer(app.callback());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    names: [...states.keys()],
    received,
    close: () => closeServer(server),
  };
}

/** What a server does with the form's `altcha` field: base64 of JSON `{ challenge, solution }`. */
async function checkCaptcha(field: string | undefined): Promise<boolean> {
  if (!field) return false;
  const { challenge, solution } = JSON.parse(Buffer.from(field, 'base64').toString('utf8')) as Payload;
  return (await verifySolution({ challenge, solution, deriveKey, ...secrets })).verified;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
