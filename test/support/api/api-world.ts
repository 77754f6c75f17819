/**
 * The interfaces for programs on a real HTTP server, before a directory in memory and a real trail. A program is whoever the
 * world knows under its token; what a token must be is the provider's matter and tested there.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createAdmission } from '#accounts/management/admission.ts';
import { createApiRouter } from '#api/api-router.ts';
import { createFindCaller, type JudgeToken } from '#api/http/caller.ts';
import { createScimRouter } from '#api/scim/scim-router.ts';
import type { ApiServices } from '#api/services.ts';
import { apiRequestRefused } from '#audit/api-events.ts';
import { createAuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import { scopeOf } from '#domain/actor.ts';
import type { Organization } from '#domain/directory.ts';
import { isUnder } from '#domain/oid.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';
import { assignRequestId } from '#http/request-id.ts';
import type { RequestState } from '#http/request-state.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createMemoryDirectory, type MemoryDirectory } from '#test/support/memory/account-directory.ts';
import { createMemoryCounters } from '#test/support/memory/counters.ts';
import { realRandom } from '#test/support/real.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { agency, oid } from '#test/unit/accounts/management/people-world.ts';
import {
  createRegistryWorld,
  catalogue,
  type RegistryWorld,
} from '#test/unit/accounts/management/registry-world.ts';

export type Program = Extract<Awaited<ReturnType<JudgeToken>>, { ok: true }>['program'];

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ApiWorld extends RegistryWorld {
  readonly directory: MemoryDirectory;
  readonly origin: string;
  readonly log: ReturnType<typeof createKeptLog>;
  /** What the directory knows as organisations, by OID; an agency and its first unit at the beginning. */
  readonly organizations: Map<string, Organization>;
  /** Token → program. */
  readonly programs: Map<string, Program>;
  send(
    method: string,
    path: string,
    options?: {
      readonly token?: string;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<ApiAnswer>;
  close(): Promise<void>;
}

export const allScopes = [
  'accounts.read',
  'accounts.write',
  'accounts.export',
  'accounts.remove',
  'roles.write',
] as const;

/** One that may do everything at 1.2.3.4 and below, and give roles of csm. Its token is `hr`. */
export const hr: Program = {
  clientId: 'hr',
  scopes: [...allScopes],
  scopeOid: '1.2.3.4',
  categories: ['csm'],
};

export async function openApiWorld(requestsPerMinute = 1_000_000): Promise<ApiWorld> {
  const directory = createMemoryDirectory(testSealing);
  const registry = createRegistryWorld(directory, testSealing);
  const { clock, store } = registry;
  const log = createKeptLog();
  const audit = createAuditTrail({ store, clock, random: realRandom, log });
  const programs = new Map([['hr', hr]]);
  const organizations = new Map<string, Organization>([
    [agency.oid, agency],
    ['1.2.3.4.1', { oid: oid('1.2.3.4.1'), name: '一科' }],
  ]);
  const services: ApiServices = {
    organizations: {
      async findOrganization(actor, asked) {
        const scope = scopeOf(actor);
        const isSeen = scope.kind === 'all' || (scope.kind === 'subtree' && isUnder(asked, scope.root));
        return isSeen ? organizations.get(asked) : undefined;
      },
    },
    accounts: registry.registry,
    catalogue: { readCatalogue: async () => catalogue },
    admission: createAdmission({ accounts: directory.accounts, audit }),
    noteRefusal: (context, facts) => audit.record(apiRequestRefused(context, facts)),
    oneTime: createOneTimeThings(),
    sealing: testSealing,
    clock,
    log,
    issuer: 'https://hub.example',
    findCaller: createFindCaller({
      judgeToken: async ({ req }) => {
        const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
        if (token === undefined) return { ok: false, reason: 'no-token' };
        const program = programs.get(token);
        const stillHolds = async () => programs.get(token) === program;
        return program ? { ok: true, program, stillHolds } : { ok: false, reason: 'invalid-token' };
      },
      counters: createMemoryCounters(clock),
      clock,
      requestsPerMinute,
    }),
  };
  const app = new Koa<RequestState>();
  app.use(assignRequestId(realRandom));
  app.use(async (ctx, next) => {
    ctx.state.address = '192.0.2.7';
    await next();
  });
  app.use(createApiRouter(services));
  app.use(createScimRouter(services));
  const server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...registry,
    directory,
    organizations,
    origin,
    log,
    programs,
    async send(method, path, { token = 'hr', body, headers = {} } = {}) {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: {
          ...(token !== '' && { Authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('Content-Type')?.includes('json') === true;
      const parsed =
        isJson && !text.includes('\n') && text !== '' ? (JSON.parse(text) as ApiAnswer['body']) : {};
      return { status: response.status, headers: response.headers, text, body: parsed };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function createOneTimeThings(): OneTimeStore {
  const things = new Map<string, string>();
  return {
    place: async (key, value) => void things.set(key, value),
    async placeFirst(key, value) {
      if (things.has(key)) return false;
      things.set(key, value);
      return true;
    },
    async take(key) {
      const value = things.get(key);
      things.delete(key);
      return value;
    },
    async takeIfEqual(key, expected) {
      return things.get(key) === expected && things.delete(key);
    },
    peek: async (key) => things.get(key),
  };
}

export const tagOf = ({ revision }: Pick<Account, 'revision'>) => ({ 'If-Match': `"${revision}"` });
