/**
 * Serves style sheets, client scripts, the mark and the captcha widget under `/assets/<hash>/<name>`. One hash
 * over everything, so that modules can import one another by relative path and all of it may be cached for ever.
 * The map of files is built once; nothing of a request ever becomes a path.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Middleware } from 'koa';

export interface Assets {
  /** Address of the file called `name`, e.g. `hufu.css`, `js/login-form.js`; throws when there is none. */
  url(name: string): string;
  readonly middleware: Middleware;
}

interface Asset {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const styleSheets = [
  'tokens',
  'base',
  'frame',
  'button',
  'form',
  'notice',
  'doors',
  'steps',
  'password-rules',
  'captcha',
  'card-form',
  'login',
  'rules-of-use',
  'home',
  'profile',
  'table',
  'operators',
  'registry',
  'accounts',
  'batch',
  'certificates',
  'consents',
  'activity',
  'information',
  'message-page',
  'print',
];

const address = /^\/assets\/([0-9a-f]{16})\/([a-z0-9/.-]+)$/;

export function createAssets(): Assets {
  const files = new Map([...ownFiles(), ...captchaFiles()]);
  const hash = createHash('sha256');
  for (const name of [...files.keys()].sort()) hash.update(`${name}\0`).update(files.get(name) ?? '');
  const version = hash.digest('hex').slice(0, 16);
  const assets = new Map([...files].map(([name, body]) => [name, assetOf(name, body)]));

  return {
    url(name) {
      if (!assets.has(name)) throw new Error(`there is no asset called ${name}`);
      return `/assets/${version}/${name}`;
    },
    middleware: async (ctx, next) => {
      const [, requested, name = ''] = address.exec(ctx.path) ?? [];
      const asset = assets.get(name);
      if (!asset || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
      // A page of another release may still ask with its hash: it gets what there is, but does not keep it.
      ctx.set('Cache-Control', requested === version ? 'public, max-age=31536000, immutable' : 'no-cache');
      ctx.set('X-Content-Type-Options', 'nosniff');
      ctx.set('ETag', asset.etag);
      ctx.status = 200;
      if (ctx.fresh) {
        ctx.status = 304;
        return;
      }
      ctx.set('Content-Type', asset.type);
      ctx.body = asset.body;
    },
  };
}

function assetOf(name: string, body: Buffer): Asset {
  const type = contentTypes[path.extname(name)];
  if (!type) throw new Error(`no content type is known for ${name}`);
  return { body, type, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

function ownFiles(): [string, Buffer][] {
  const read = (name: string): Buffer => readFileSync(new URL(`./assets/${name}`, import.meta.url));
  const scripts = readdirSync(new URL('./assets/js/', import.meta.url)).filter((name) =>
    name.endsWith('.js'),
  );
  const styles = styleSheets.map((name) => read(`css/${name}.css`));
  return [
    ['hufu.css', Buffer.concat(styles)],
    ['mark.svg', read('mark.svg')],
    ...scripts.map((name): [string, Buffer] => [`js/${name}`, read(`js/${name}`)]),
  ];
}

/**
 * The build of the altcha widget that needs no inline style and no blob: worker, with the one worker that our
 * challenges use. Its own style sheet stays out: captcha.css dresses it with our tokens.
 */
function captchaFiles(): [string, Buffer][] {
  const build = path.dirname(createRequire(import.meta.url).resolve('altcha/external'));
  return [
    ['captcha/widget.js', readFileSync(path.join(build, 'altcha.min.js'))],
    ['captcha/pbkdf2-worker.js', readFileSync(path.join(build, '../workers/pbkdf2.js'))],
  ];
}
