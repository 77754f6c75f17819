import type { ParameterizedContext } from 'koa';
import type { RequestState } from '#http/request-state.ts';
import type { ViewContext } from './view-context.ts';

/** What a page needs of the request. `path` is a GET that shows the page again; this request's own by default. */
export function viewOf(ctx: ParameterizedContext<RequestState>, path: string = ctx.path): ViewContext {
  const { language, requestId } = ctx.state;
  return { language, requestId, path };
}
