/**
 * Pages for everybody, logged in or not: the rules of use, the privacy page, the files to take. A file is found by
 * its id among those read at start and those kept; nothing of a request ever becomes a path.
 */
import { Router } from '@koa/router';
import type { Language, RequestState } from '#http/request-state.ts';
import { sendBytes } from '#http/send-bytes.ts';
import type { TextBlock } from '#pages/text-blocks.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { sendKeptFile, toPresentFile, type KeptFiles } from './kept-files.ts';
import type { TextPageModel } from './text-page-model.ts';

export interface VersionedText {
  readonly version: string;
  readonly blocks: Readonly<Record<Language, readonly TextBlock[]>>;
}

export interface DownloadFile {
  readonly id: string;
  /** As the browser keeps it. */
  readonly fileName: string;
  readonly type: string;
  readonly bytes: Buffer;
}

interface Dependencies {
  readonly views: Views;
  readonly texts: Readonly<Record<TextPageModel['kind'], VersionedText>>;
  readonly downloads: readonly DownloadFile[];
  readonly kept: KeptFiles;
}

export function createInformationRoutes({
  views,
  texts,
  downloads,
  kept,
}: Dependencies): Router<RequestState> {
  const page = views.page<TextPageModel>(new URL('./text-page.hbs', import.meta.url));
  const files = new Map(downloads.map((file) => [file.id, file]));
  const router = new Router<RequestState>();

  for (const [path, kind] of [
    ['/rules-of-use', 'rules'],
    ['/privacy', 'privacy'],
  ] as const) {
    router.get(path, (ctx) => {
      const { version, blocks } = texts[kind];
      ctx.set('Cache-Control', 'no-cache');
      ctx.type = 'html';
      ctx.body = page(viewOf(ctx), { kind, version, blocks: blocks[ctx.state.language] });
    });
  }

  router.get('/downloads/:id', (ctx) => {
    const file = files.get(ctx.params.id ?? '');
    if (!file) return toPresentFile(ctx, kept);
    ctx.set('Cache-Control', 'no-cache');
    ctx.attachment(file.fileName);
    sendBytes(ctx, file.bytes, file.type);
  });
  router.get('/downloads/:id/:content', (ctx) => sendKeptFile(ctx, kept));
  return router;
}
