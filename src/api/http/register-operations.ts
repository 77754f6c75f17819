import type { Router } from '@koa/router';
import type { RequestState } from '#http/request-state.ts';
import { runOperation, type Entry, type RunDeps } from './run-operation.ts';

/** Makes the routes of a table: each entry's operation states its rule, and there is no other way to a handler. */
export function registerOperations(
  router: Router<RequestState>,
  prefix: string,
  deps: RunDeps,
  entries: readonly Entry[],
): void {
  for (const entry of entries) {
    const { operation } = entry;
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router.register(path, [operation.method], async (ctx) => {
      ctx.state.route = `${prefix}${path}`;
      const answer = await runOperation(ctx, deps, entry);
      ctx.status = answer.body === undefined ? 204 : operation.status;
      if (answer.headers) ctx.set(answer.headers);
      if (answer.body === undefined) return;
      ctx.body = isStream(answer.body) ? answer.body : JSON.stringify(answer.body);
      ctx.type = operation.type ?? 'application/json';
    });
  }
}

function isStream(body: unknown): body is NodeJS.ReadableStream {
  return typeof body === 'object' && body !== null && 'pipe' in body;
}
