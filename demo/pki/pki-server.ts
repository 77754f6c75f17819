/**
 * The test PKI's own server: CRLs, OCSP and the issuers' certificates, at the addresses that its certificates name.
 * Routes: / · /crl/ID.crl (complete) · /crl/ID-N.crl (partition N) · /ocsp/ID · /certs/ID.p7b.
 */
import { buffer as readBuffer } from 'node:stream/consumers';
import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';
import { html } from '../html.ts';
import type { Authority } from './authority.ts';
import { mintCrl } from './mint-crl.ts';
import { partitionCount, partitionOf, type Pki } from './mint-pki.ts';
import { answerOcsp } from './answer-ocsp.ts';
import { bundleCertificates } from './sign-cms.ts';
import type { RevocationLedger } from './revocation-ledger.ts';

interface Dependencies {
  readonly pki: Pki;
  readonly ledger: RevocationLedger;
  /** Where it answers, without a slash at the end. */
  readonly baseUrl: string;
  readonly now: () => Date;
}

/** Lists are good for ten minutes and made anew after five. */
const listMs = 600_000;
const renewMs = listMs / 2;
const largestRequest = 10_000;

export function createPkiServer({ pki, ledger, baseUrl, now }: Dependencies): Koa {
  const find = (id: string | undefined) => pki.authorities.find((authority) => authority.id === id);
  const made = new Map<string, { readonly at: Date; readonly about: string; readonly list: Buffer }>();
  const router = new Router();

  function crl(issuer: Authority, partition: number | undefined): Buffer {
    const name = partition === undefined ? issuer.id : `${issuer.id}-${partition}`;
    const revoked = ledger
      .revokedBy(issuer)
      .filter(({ serial }) => partition === undefined || partitionOf(serial) === partition);
    const about = revoked.map(({ serial }) => Buffer.from(serial).toString('hex')).join(' ');
    const at = now();
    const last = made.get(name);
    if (last && last.about === about && at.getTime() - last.at.getTime() < renewMs) {
      return last.list;
    }
    const list = mintCrl(issuer, {
      revoked,
      thisUpdate: at,
      nextUpdate: new Date(at.getTime() + listMs),
      // Grows with every list, across restarts too.
      number: at.getTime(),
      ...(partition !== undefined && { partition: { url: `${baseUrl}/crl/${name}.crl` } }),
    });
    made.set(name, { at, about, list });
    return list;
  }

  router.get('/', (ctx) => {
    ctx.type = 'html';
    ctx.body = overview(pki, ledger);
  });
  router.get('/crl/:file.crl', (ctx) => {
    const [, id, partition] = /^([a-z0-9]+)(?:-(\d))?$/.exec(ctx.params['file'] ?? '') ?? [];
    const issuer = find(id);
    const number = partition === undefined ? undefined : Number(partition);
    if (!issuer || (number !== undefined && number >= partitionCount)) return;
    ctx.type = 'application/pkix-crl';
    ctx.body = crl(issuer, number);
  });
  router.get('/certs/:id.p7b', (ctx) => {
    const issuer = find(ctx.params['id']);
    if (!issuer) return;
    ctx.type = 'application/pkcs7-mime';
    // Real ones bundle all CAs of the name, so that whoever builds a path must choose by key.
    ctx.body = bundleCertificates(pki.authorities.filter(({ subject }) => subject.equals(issuer.subject)));
  });
  const answer = (ctx: Context, issuer: Authority, request: Uint8Array) => {
    ctx.type = 'application/ocsp-response';
    ctx.body = answerOcsp({ pki, ledger, issuer, request, now: now() });
  };
  router.post('/ocsp/:id', async (ctx) => {
    const issuer = find(ctx.params['id']);
    if (!issuer) return;
    if (Number(ctx.get('Content-Length')) > largestRequest) ctx.throw(413);
    answer(ctx, issuer, await readBuffer(ctx.req));
  });
  router.get('/ocsp/:id/:request', (ctx) => {
    const issuer = find(ctx.params['id']);
    if (issuer) answer(ctx, issuer, Buffer.from(ctx.params['request'] ?? '', 'base64'));
  });

  const app = new Koa();
  app.use(async (ctx, next) => {
    ctx.set('Content-Security-Policy', "default-src 'none'");
    ctx.set('X-Content-Type-Options', 'nosniff');
    await next();
  });
  app.use(router.routes());
  return app;
}

function overview(pki: Pki, ledger: RevocationLedger): string {
  return html`<!doctype html>
    <html lang="zh-Hant-TW">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>示範憑證機構 Demo PKI</title>
      </head>
      <body>
        <h1>示範憑證機構 <small lang="en">Demo PKI</small></h1>
        <p>金鑰在第一次啟動時產生。 <span lang="en">The keys were made at the first start.</span></p>
        <ul>
          ${pki.authorities.map(
            (authority) =>
              html`<li>
                ${authority.id}: <a href="/crl/${authority.id}.crl">CRL</a> ·
                <a href="/certs/${authority.id}.p7b">p7b</a> · 廢止 revoked
                ${ledger.revokedBy(authority).length}
              </li>`,
          )}
        </ul>
      </body>
    </html> `.markup;
}
