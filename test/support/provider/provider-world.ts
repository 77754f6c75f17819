/**
 * The provider on a real HTTP server with ports in memory, a login handler that finishes at once with what the
 * world says, and what a relying party does: authorize, redeem, refresh, introspect.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWKS } from 'oidc-provider';
import { loginMethods, type AssuranceLevel } from '#domain/assurance.ts';
import type { Account, AccountId } from '#domain/account.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { isHufuError } from '#domain/errors.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import {
  defaultLifetimes,
  type HubProvider,
  type HubProviderDeps,
  type HubProviderOptions,
  type SessionLimits,
} from '#provider/contract.ts';
import { createHubProvider } from '#provider/hub-provider.ts';
import { createHttpBrowser, type HttpBrowser } from '../http-browser.ts';
import { createKeptLog } from '../kept-log.ts';
import { createMemoryAccounts, type MemoryAccounts } from '../memory/accounts.ts';
import { createMemoryConsents } from '../memory/consents.ts';
import { createMemoryCounters } from '../memory/counters.ts';
import { createMemoryProtocolStore, type MemoryProtocolStore } from '../memory/protocol-store.ts';
import { createMemorySessionRegister, type MemorySessionRegister } from '../memory/session-register.ts';
import { realRandom } from '../real.ts';
import { sampleCatalogue } from './sample-catalogue.ts';
import { sampleSigningKeys } from './sample-signing-keys.ts';

export interface ProviderWorld {
  readonly origin: string;
  readonly provider: HubProvider;
  readonly accounts: MemoryAccounts;
  readonly store: MemoryProtocolStore;
  readonly register: MemorySessionRegister;
  readonly audited: readonly AuditEvent[];
  readonly log: ReturnType<typeof createKeptLog>;
  /** Who logs in next and how strongly; undefined: the login handler shows its page (status 200) and waits. */
  nextLogin: { accountId: AccountId; level: AssuranceLevel } | undefined;
  failAudit: Error | undefined;
  newBrowser(): HttpBrowser;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly accounts: readonly Account[];
  readonly relyingParties: readonly RelyingParty[];
  readonly catalogue?: Catalogue;
  readonly issuer?: string;
  readonly session?: SessionLimits;
  readonly signingKeys?: JWKS;
  /** Further options, and what takes the place of the world's own parts. */
  readonly provider?: Partial<HubProviderOptions>;
  readonly deps?: Partial<HubProviderDeps>;
}

/** What the program sets on every answer, as far as the provider touches it. */
export const pagePolicy = "default-src 'none';script-src 'self';form-action 'self'";

const acrNames = { 1: 'urn:hufu:loa:1', 2: 'urn:hufu:loa:2', 3: 'urn:hufu:loa:3' } as const;

export async function openProviderWorld(options: WorldOptions): Promise<ProviderWorld> {
  const clock = { now: () => new Date(), until: () => Promise.resolve() };
  const accounts = createMemoryAccounts(...options.accounts);
  const store = createMemoryProtocolStore(clock);
  const register = createMemorySessionRegister();
  const audited: AuditEvent[] = [];
  const log = createKeptLog();
  let handle: (req: IncomingMessage, res: ServerResponse) => Promise<void> = async () => {};
  const server = createServer((req, res) => {
    res.setHeader('Content-Security-Policy', pagePolicy);
    handle(req, res).catch((error: unknown) => {
      res.statusCode = isHufuError(error) ? error.status : 500;
      res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  const provider = createHubProvider(
    {
      issuer: options.issuer ?? origin,
      relyingParties: options.relyingParties,
      cookieKeys: ['a cookie key of a test, long enough'],
      signingKeys: options.signingKeys ?? sampleSigningKeys(),
      acrNames,
      session: options.session ?? { idleSeconds: 3600, absoluteSeconds: 12 * 3600 },
      lifetimes: defaultLifetimes,
      ...options.provider,
    },
    {
      accounts,
      catalogue: { readCatalogue: async () => options.catalogue ?? sampleCatalogue },
      store,
      counters: createMemoryCounters(clock),
      sessions: register,
      consents: createMemoryConsents(),
      audit: async (event) => {
        if (world.failAudit) throw world.failAudit;
        audited.push(event);
      },
      clock,
      random: realRandom,
      log,
      sealing: { open: () => 'A123456789' },
      pages: {
        renderError(ctx, view) {
          ctx.type = 'html';
          ctx.body = `<h1>error page</h1><p>${view.status} ${view.error}</p>`;
        },
        renderLogOut(ctx, view) {
          ctx.type = 'html';
          ctx.body = `<h1>log out?</h1><form method="post" action="${view.action}"><input name="xsrf" value="${view.xsrf}"></form>`;
        },
        renderLoggedOut(ctx) {
          ctx.type = 'html';
          ctx.body = '<h1>logged out</h1>';
        },
        renderUserCode(ctx, { xsrf, userCode, fault = '' }) {
          ctx.type = 'html';
          ctx.body = `<h1>code?</h1><p>${fault}</p><form><input name="xsrf" value="${xsrf}"><input name="user_code" value="${userCode}"></form>`;
        },
        renderDeviceConfirmation(ctx, { xsrf, userCode, relyingParty, scopes, address }) {
          ctx.type = 'html';
          ctx.body = `<h1>${relyingParty.name}?</h1><p>${scopes.join(' ')} from ${address}</p><form><input name="xsrf" value="${xsrf}"><input name="user_code" value="${userCode}"></form>`;
        },
        renderDeviceOutcome(ctx, { outcome }) {
          ctx.type = 'html';
          ctx.body = `<h1>device ${outcome}</h1>`;
        },
      },
      secretFor: (purpose) => createHash('sha256').update(`secret for ${purpose}`).digest(),
      requestFacts: () => ({ requestId: 'request-1', address: '192.0.2.1' }),
      logOutMessages: (session, reached) =>
        reached.map(({ clientId, sid }) => ({
          kind: 'back-channel-log-out',
          body: JSON.stringify({ clientId, sid, uid: session.uid }),
          expiresAt: new Date(clock.now().getTime() + 86_400_000),
        })),
      ...options.deps,
    },
  );

  const world: ProviderWorld = {
    origin,
    provider,
    accounts,
    store,
    register,
    audited,
    log,
    nextLogin: undefined,
    failAudit: undefined,
    newBrowser: () => createHttpBrowser(origin),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  handle = createHandler(world);
  return world;
}

function createHandler(world: ProviderWorld) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { pathname } = URL.parse(req.url ?? '/', world.origin) ?? { pathname: '/' };
    if (world.provider.handles(pathname)) return world.provider.callback(req, res);
    if (pathname.startsWith('/interaction/')) return answerInteraction(world, req, res);
    if (pathname === '/home') {
      const extend = req.headers['x-extend'] !== undefined;
      return answerJson(res, (await world.provider.findSession({ req, res }, { extend })) ?? null);
    }
    if (pathname === '/log-out') {
      return answerJson(res, (await world.provider.endSession({ req, res }, 'log-out')) ?? null);
    }
    res.statusCode = 404;
    res.end();
    return undefined;
  };
}

async function answerInteraction(
  world: ProviderWorld,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { prompt } = await world.provider.current().interactionDetails(req, res);
  if (prompt.name === 'admission') {
    const refused = { error: 'access_denied', error_description: 'not admitted' };
    if (new URL(req.url ?? '/', world.origin).searchParams.has('go-on')) {
      return world.provider.current().interactionFinished(req, res, refused);
    }
    return answerJson(res, { prompt });
  }
  if (prompt.name !== 'login' || !world.nextLogin) return answerJson(res, { prompt });
  const { accountId, level } = world.nextLogin;
  const amr = level === 3 ? ['sc', 'pin', 'mfa'] : [...loginMethods['one-day-password'].amr];
  const result = world.provider.loginResult(accountId, { level, amr }, new Date());
  return world.provider.current().interactionFinished(req, res, result, { mergeWithLastSubmission: false });
}

function answerJson(res: ServerResponse, value: unknown): void {
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(value));
}

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function newPkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
