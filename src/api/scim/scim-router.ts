/** SCIM 2.0, made from its table of operations; what tells of nobody is open. */
import { Router } from '@koa/router';
import type { Middleware } from 'koa';
import type { RequestState } from '#http/request-state.ts';
import { answerProblems } from '../http/answer-problems.ts';
import { mountInterface } from '../http/mount-interface.ts';
import { registerOperations } from '../http/register-operations.ts';
import type { Entry } from '../http/run-operation.ts';
import { ApiProblem } from '../problem.ts';
import type { ApiServices } from '../services.ts';
import { createDiscovery, listDocument } from './discovery.ts';
import { createGroups } from './group-handlers.ts';
import { scimOperations, scimType } from './operations.ts';
import { ScimError, scimProblems } from './scim-error.ts';
import { searchAllHandler } from './search-all.ts';
import { createUsers } from './user-handlers.ts';
import { scimPrefix } from './user-resource.ts';

export function createScimRouter(services: ApiServices): Middleware<RequestState> {
  const router = new Router<RequestState>({ prefix: scimPrefix });
  registerOperations(router, scimPrefix, services, entriesOf(services));
  registerDiscovery(router, services);
  return mountInterface(scimPrefix, answerProblems(services.log, scimProblems), router);
}

function entriesOf(services: ApiServices): readonly Entry[] {
  const [users, groups] = [createUsers(services), createGroups(services)];
  const searchAll = searchAllHandler({ users, groups });
  const handlers = { ...users.handlers, ...groups.handlers, searchAll };
  return (Object.keys(scimOperations) as (keyof typeof scimOperations)[]).map((name) => ({
    operation: scimOperations[name],
    // Each handler's call is made by the schemas of its own operation.
    handle: handlers[name] as Entry['handle'],
    types: [scimType, 'application/json'],
  }));
}

function registerDiscovery(router: Router<RequestState>, { issuer }: ApiServices): void {
  const { serviceProviderConfig, resourceTypes, schemas } = createDiscovery(issuer);
  const serve = (path: string, documentFor: (id: string) => object | undefined) =>
    router.get(path, (ctx) => {
      // Nobody is to take for filtered what is not (RFC 7644, section 4).
      if (ctx.query['filter'] !== undefined)
        throw new ScimError('invalidFilter', 'what is published here is not filtered', 'not-permitted');
      const document = documentFor(ctx.params['id'] ?? '');
      if (!document) throw new ApiProblem('not-found');
      ctx.state.route = `${scimPrefix}${path}`;
      ctx.body = JSON.stringify(document);
      ctx.type = scimType;
    });
  serve('/ServiceProviderConfig', () => serviceProviderConfig);
  for (const [path, all] of [
    ['/ResourceTypes', resourceTypes],
    ['/Schemas', schemas],
  ] as const) {
    serve(path, () => listDocument(all));
    serve(`${path}/:id`, (id) => all.find((document) => document['id'] === id));
  }
}
