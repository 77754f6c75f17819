import { createHash } from 'node:crypto';
import type { Context } from 'koa';

/**
 * Answers with `bytes` of `type`: whole, the one range asked for (RFC 9110 §14), or 304 where the browser has them.
 * Players of sound ask for ranges; several at once get the whole.
 */
export function sendBytes(ctx: Context, bytes: Buffer, type: string): void {
  ctx.set('Accept-Ranges', 'bytes');
  ctx.set('ETag', `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`);
  ctx.type = type;
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const range = ctx.get('if-range') === '' ? rangeOf(ctx.get('range'), bytes.length) : undefined;
  if (range === 'unsatisfiable') {
    ctx.status = 416;
    ctx.set('Content-Range', `bytes */${bytes.length}`);
    ctx.body = '';
  } else if (range) {
    ctx.status = 206;
    ctx.set('Content-Range', `bytes ${range.first}-${range.last}/${bytes.length}`);
    ctx.body = bytes.subarray(range.first, range.last + 1);
  } else {
    ctx.body = bytes;
  }
  ctx.type = type;
}

type Range = { readonly first: number; readonly last: number };

function rangeOf(header: string, length: number): Range | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header) ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const last = length - 1;
    return Number(to) === 0 ? 'unsatisfiable' : { first: Math.max(0, length - Number(to)), last };
  }
  const first = Number(from);
  if (first >= length) return 'unsatisfiable';
  const last = to === '' ? length - 1 : Math.min(Number(to), length - 1);
  return last < first ? undefined : { first, last };
}
