/**
 * The files that programme officers keep. The address names the content, so that a browser that has it asks no more;
 * an address of a content before leads to the present one.
 */
import type { Readable } from 'node:stream';
import type { RouterContext } from '@koa/router';
import type { DownloadKind, KeptDownload } from '#domain/download-register.ts';
import { HufuError } from '#domain/errors.ts';
import type { RequestState } from '#http/request-state.ts';
import { keptDownloadHref } from '#pages/kept-downloads.ts';

export interface KeptFiles {
  /** Those that there are at the moment. */
  readonly all: () => readonly KeptDownload[];
  /** The bytes of that hash. */
  readonly open: (hash: string) => Promise<Readable>;
}

const contentTypes: Readonly<Record<DownloadKind, string>> = {
  pdf: 'application/pdf',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  png: 'image/png',
  jpg: 'image/jpeg',
};

const daySeconds = 24 * 3600;

export function toPresentFile(ctx: RouterContext<RequestState>, kept: KeptFiles): void {
  ctx.set('Cache-Control', 'no-cache');
  ctx.redirect(keptDownloadHref(find(ctx, kept)));
}

export async function sendKeptFile(ctx: RouterContext<RequestState>, kept: KeptFiles): Promise<void> {
  const download = find(ctx, kept);
  const { name, kind, size, hash } = download.content;
  if (ctx.path !== keptDownloadHref(download)) return toPresentFile(ctx, kept);
  ctx.set('Cache-Control', `private, max-age=${daySeconds}, immutable`);
  ctx.set('ETag', `"${hash.slice(0, 32)}"`);
  // The name by RFC 6266 and RFC 8187.
  ctx.attachment(name);
  ctx.type = contentTypes[kind];
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.length = size;
  if (ctx.method !== 'HEAD') ctx.body = await kept.open(hash);
  ctx.type = contentTypes[kind];
  ctx.length = size;
}

function find(ctx: RouterContext<RequestState>, { all }: KeptFiles): KeptDownload {
  const { id } = ctx.params;
  const found = all().find((download) => download.id === id);
  if (!found) throw new HufuError('not-found');
  return found;
}
