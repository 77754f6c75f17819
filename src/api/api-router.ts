/** The routes of the API, made from the table of operations and from nothing else. */
import { Router } from '@koa/router';
import type { Middleware } from 'koa';
import type { RequestState } from '#http/request-state.ts';
import { accountHandlers } from './accounts/handlers.ts';
import { accountOperations } from './accounts/operations.ts';
import { apiDocument } from './document.ts';
import { answerProblems } from './http/answer-problems.ts';
import { mountInterface } from './http/mount-interface.ts';
import { registerOperations } from './http/register-operations.ts';
import type { Entry } from './http/run-operation.ts';
import type { ApiServices } from './services.ts';

export const apiPrefix = '/api/v1';

export function createApiRouter(services: ApiServices): Middleware<RequestState> {
  const router = new Router<RequestState>({ prefix: apiPrefix });
  registerOperations(router, apiPrefix, services, entriesOf(services));
  const document = JSON.stringify(apiDocument());
  router.get('/openapi.json', (ctx) => {
    ctx.state.route = `${apiPrefix}/openapi.json`;
    ctx.body = document;
    ctx.type = 'application/json';
  });
  return mountInterface(apiPrefix, answerProblems(services.log), router);
}

function entriesOf(services: ApiServices): readonly Entry[] {
  const handlers = accountHandlers(services);
  return (Object.keys(accountOperations) as (keyof typeof accountOperations)[]).map((name) => ({
    operation: accountOperations[name],
    // Each handler's call is made by the schemas of its own operation.
    handle: handlers[name] as Entry['handle'],
    types: ['application/json'],
  }));
}
