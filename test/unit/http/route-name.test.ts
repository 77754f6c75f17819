import { Router } from '@koa/router';
import type { Middleware } from 'koa';
import { expect, test } from 'vitest';
import { HufuError } from '#domain/errors.ts';
import { nameRoute } from '#http/route-name.ts';
import type { RequestState } from '#http/request-state.ts';
import { listeningApp } from './listening-app.ts';

async function namesOf(target: string): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  const router = new Router<RequestState>({ prefix: '/interaction/:uid' });
  router.get('/fails', () => {
    throw new HufuError('interaction-gone');
  });
  router.get('/', (ctx) => {
    ctx.body = 'page';
  });
  const app = await listeningApp(
    async (ctx, next) => {
      await next().finally(() => names.push(ctx.state.route));
    },
    nameRoute,
    router.routes() as Middleware<RequestState>,
  );
  await app.send(`GET ${target}`);
  return names;
}

test('a route is named by its pattern, never by its path', async () => {
  expect(await namesOf('/interaction/s3cret')).toEqual(['/interaction/:uid']);
  expect(await namesOf('/interaction/s3cret/fails')).toEqual(['/interaction/:uid/fails']);
  expect(await namesOf('/nowhere/s3cret')).toEqual([undefined]);
});
