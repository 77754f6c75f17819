/**
 * Order of middlewares, mounts, listener, graceful stop. Outermost first: slow senders → id → log → headers → errors → method →
 * target → address → certificate → health → host → language → assets → refresh → provider | programs | cross-site guard → body → our pages.
 */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyParser } from '@koa/bodyparser';
import Koa, { type Middleware } from 'koa';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import {
  createCertificateLoginListener,
  type CertificateLoginListenerOptions,
} from '#http/certificate-login-listener.ts';
import { findClientAddress } from '#http/client-address.ts';
import type { ClientCertificatesKeeper } from '#http/client-certificates.ts';
import { refuseCrossSite } from '#http/csrf.ts';
import { handleErrors, type ErrorView } from '#http/error-handler.ts';
import { serveHealth, type HealthChecks } from '#http/health.ts';
import { guardHost } from '#http/host-guard.ts';
import { chooseLanguage } from '#http/language.ts';
import { guardMethod } from '#http/method-guard.ts';
import { noteRefusals, type NoteRefusal } from '#http/note-refusals.ts';
import type { RequestFactsKeeper } from '#http/request-facts.ts';
import { assignRequestId } from '#http/request-id.ts';
import { logRequests } from '#http/request-log.ts';
import type { Metrics } from '#http/metrics.ts';
import { createMetricsListener } from '#http/metrics-listener.ts';
import { createMutualTlsListener, type MutualTlsListenerOptions } from '#http/mutual-tls-listener.ts';
import { nameRoute } from '#http/route-name.ts';
import type { Language, RequestState } from '#http/request-state.ts';
import { boundBodies, sendingBounds } from '#http/slow-senders.ts';
import { setSecurityHeaders } from '#http/security-headers.ts';
import { guardTarget } from '#http/target-guard.ts';

export interface ServerParts {
  readonly config: {
    readonly issuer: string;
    readonly hosts: readonly string[];
    /** Hosts under which one path alone is served. */
    readonly singleHosts: ReadonlyMap<string, string>;
    readonly proxies: readonly string[];
    readonly listen: { readonly host: string; readonly port: number };
    readonly language: Language;
  };
  /** The listener that asks clients for certificates; undefined: there is none. */
  readonly mutualTls?: Omit<MutualTlsListenerOptions, 'noteOwn'> | undefined;
  /** The listener that asks browsers of people for certificates; undefined: there is none. */
  readonly certificateLogin?: CertificateLoginListenerOptions | undefined;
  readonly clientCertificates: ClientCertificatesKeeper;
  /** What is measured, and the listener that tells it; undefined: nothing is. */
  readonly metrics?:
    | {
        readonly host: string;
        readonly port: number;
        readonly allow: readonly string[];
        readonly metrics: Metrics;
      }
    | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly assets: Middleware;
  readonly health: HealthChecks;
  readonly noteRefusal: NoteRefusal;
  readonly errorPage: (view: ErrorView) => string;
  readonly requestFacts: RequestFactsKeeper;
  /** Brings what this process knows of relying parties and announcements up to date. */
  readonly refresh: () => Promise<void>;
  readonly provider: ProtocolEndpoints;
  /** Interfaces for programs: tokens instead of cookies, so that no other site's page can use them. */
  readonly programs: readonly Middleware<RequestState>[];
  /** Routes of our own pages. */
  readonly pages: readonly Middleware[];
}

/** The protocol's endpoints, mounted as one. */
export interface ProtocolEndpoints {
  handles(path: string): boolean;
  /** The pattern of the route that answers `path`. */
  routeOf(path: string): string;
  callback(req: Koa.Context['req'], res: Koa.Context['res']): Promise<void>;
}

export interface Server {
  /** Listens and gives the port. */
  listen(): Promise<number>;
  /** Takes no new connections, lets requests under way end, then closes what is left. */
  stop(): Promise<void>;
}

export function createServer(parts: ServerParts): Server {
  const app = createApp(parts);
  const listening: HttpServer[] = [];
  return {
    async listen() {
      const { mutualTls, certificateLogin, clientCertificates } = parts;
      const handle = app.callback();
      const server = createHttpServer(limitsWithUploads, handle);
      listening.push(server);
      const port = await listenAt(server, parts.config.listen);
      if (mutualTls) {
        const { noteOwn } = clientCertificates;
        const secure = createMutualTlsListener({ ...mutualTls, noteOwn }, limitsWithUploads, handle);
        listening.push(secure);
        await listenAt(secure, mutualTls);
      }
      if (certificateLogin) {
        const asking = createCertificateLoginListener(certificateLogin, limits, handle);
        listening.push(asking);
        await listenAt(asking, certificateLogin);
      }
      if (parts.metrics) {
        const telling = createMetricsListener(parts.metrics, limits);
        listening.push(telling);
        const { host } = parts.metrics;
        parts.log.info('metrics listening', { host, port: await listenAt(telling, parts.metrics) });
      }
      return port;
    },
    async stop() {
      await Promise.all(listening.splice(0).map(close));
    },
  };
}

function listenAt(server: HttpServer, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  });
}

/** Against slow senders and oversized heads. */
const limits = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  // How often the two are looked at; Node's own half minute would let slow senders stay that much longer.
  connectionsCheckingInterval: 5000,
  maxHeaderSize: 16_384,
  keepAliveTimeout: 10_000,
};

/** Where files are sent, slow-senders.ts holds every body to less; this is what stands behind it. */
const limitsWithUploads = {
  ...limits,
  requestTimeout: limits.headersTimeout + sendingBounds.upload.mostMs + limits.requestTimeout,
};

function createApp(parts: ServerParts): Koa<RequestState> {
  const { config, clock, log, random } = parts;
  const issuer = new URL(config.issuer);
  const secure = issuer.protocol === 'https:';
  const app = new Koa<RequestState>();
  app.on('error', (error) => log.error('response failed', { error }));
  app.use(boundBodies(clock));
  app.use(assignRequestId(random));
  app.use(logRequests(log, clock));
  if (parts.metrics) app.use(parts.metrics.metrics.measure);
  app.use(setSecurityHeaders(secure));
  app.use(handleErrors(log, parts.errorPage, config.language));
  app.use(guardTarget);
  app.use(guardMethod);
  app.use(findClientAddress(config.proxies));
  app.use(parts.clientCertificates.take);
  app.use(parts.requestFacts.remember);
  app.use(serveHealth(parts.health, log, clock));
  app.use(guardHost(config.hosts, config.singleHosts));
  app.use(parts.assets);
  app.use(async function refresh(_ctx, next) {
    await parts.refresh();
    await next();
  });
  app.use(mountProtocol(parts.provider));
  for (const programs of parts.programs) app.use(programs);
  app.use(chooseLanguage(config.language, secure));
  app.use(noteRefusals(parts.noteRefusal));
  app.use(refuseCrossSite(issuer.origin));
  app.use(bodyParser({ enableTypes: ['form'], formLimit: '64kb', encoding: 'utf-8' }));
  app.use(nameRoute);
  for (const routes of parts.pages) app.use(routes);
  return app;
}

/** Hands the protocol's paths to the provider, which answers by itself. */
function mountProtocol(provider: ProtocolEndpoints): Middleware<RequestState> {
  return async function protocol(ctx, next) {
    if (!provider.handles(ctx.path)) return next();
    ctx.state.route = provider.routeOf(ctx.path);
    ctx.respond = false;
    await provider.callback(ctx.req, ctx.res);
  };
}
