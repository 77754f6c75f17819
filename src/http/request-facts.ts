import type { IncomingMessage } from 'node:http';
import type { Middleware } from 'koa';
import type { RequestState } from './request-state.ts';

export interface RequestFacts {
  readonly requestId?: string;
  readonly address?: string;
}

/** Carries what the outer middlewares found out to code that is handed Node's request alone, as the provider is. */
export interface RequestFactsKeeper {
  readonly remember: Middleware<RequestState>;
  of(request: IncomingMessage): RequestFacts;
}

export function createRequestFacts(): RequestFactsKeeper {
  const known = new WeakMap<IncomingMessage, RequestFacts>();
  return {
    async remember(ctx, next) {
      const { requestId, address } = ctx.state;
      known.set(ctx.req, { requestId, address });
      await next();
    },
    of: (request) => known.get(request) ?? {},
  };
}
