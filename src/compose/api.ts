/** The interfaces for programs, wired: the same deeds as the pages of the registration service. */
import type { Middleware } from 'koa';
import { createAdmission } from '#accounts/management/admission.ts';
import { createApiRouter } from '#api/api-router.ts';
import { createFindCaller } from '#api/http/caller.ts';
import { createScimRouter } from '#api/scim/scim-router.ts';
import type { ApiServices } from '#api/services.ts';
import { apiRequestRefused } from '#audit/api-events.ts';
import type { RequestState } from '#http/request-state.ts';
import type { HubProvider } from '#provider/contract.ts';
import type { Services } from './services.ts';

/** What programs name the API by when they ask for a token (RFC 8707); SCIM is part of it. */
export function apiResourceOf(issuer: string): string {
  return new URL('/api', issuer).href;
}

interface Dependencies {
  readonly services: Services;
  readonly provider: Pick<HubProvider, 'judgeApiRequest'>;
}

export function composeApi({ services, provider }: Dependencies): readonly Middleware<RequestState>[] {
  const { config, machine, directory, stores, sealing, registry } = services;
  const api: ApiServices = {
    ...machine,
    sealing,
    accounts: registry,
    catalogue: directory.catalogue,
    organizations: directory.organizations,
    admission: createAdmission({ accounts: directory.accounts, audit: stores.audit }),
    oneTime: stores.protocol.oneTime,
    issuer: config.issuer,
    noteRefusal: (context, facts) => stores.audit.record(apiRequestRefused(context, facts)),
    findCaller: createFindCaller({
      async judgeToken(request) {
        const verdict = await provider.judgeApiRequest(request);
        if (!verdict.ok) return verdict;
        const stillHolds = async () => {
          // Another process may have changed the registration since.
          await services.keptRelyingParties.refresh();
          return verdict.stillHolds();
        };
        return { ...verdict, stillHolds };
      },
      counters: stores.protocol.counters,
      clock: machine.clock,
      requestsPerMinute: config.api.requestsPerMinute,
    }),
  };
  return [createApiRouter(api), createScimRouter(api)];
}
