/**
 * What Prometheus may ask: the process, requests by route, logins by outcome, the sources of revocation. Labels are
 * route patterns, codes and addresses of sources: bounded, and nothing of a person.
 */
import type { Middleware } from 'koa';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '#domain/clock.ts';
import type { TrustSource } from '#domain/trust-sources.ts';
import type { RequestState } from './request-state.ts';

export interface Metrics {
  /** Measures every request, when its answer is out or its connection gone. */
  readonly measure: Middleware<RequestState>;
  /** Counts one attempt to log in. */
  countLogin(method: string, outcome: string): void;
  readonly contentType: string;
  /** In the text format of Prometheus. */
  render(): Promise<string>;
}

export interface MetricsOptions {
  readonly clock: Clock;
  /** Looked up at each rendering. */
  readonly sources: () => readonly TrustSource[];
  /** Whether to measure process and event loop, too; false where several of these live in one process. */
  readonly ofProcess?: boolean;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics({ clock, sources, ofProcess = true }: MetricsOptions): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'hufu_http_request_seconds',
    help: 'Seconds from the head of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers,
  });
  const logins = new Counter({
    name: 'hufu_logins_total',
    help: 'Attempts to log in, by method and outcome.',
    labelNames: ['method', 'outcome'],
    registers,
  });
  registerSources(registry, sources, clock);

  return {
    async measure(ctx, next) {
      const startedAt = clock.now().getTime();
      ctx.res.once('close', () => {
        const labels = {
          method: /^[A-Z]{1,10}$/.test(ctx.method) ? ctx.method : 'other',
          route: ctx.state.route ?? 'unmatched',
          status: `${Math.floor(ctx.res.statusCode / 100)}xx`,
        };
        requests.observe(labels, Math.max(0, clock.now().getTime() - startedAt) / 1000);
      });
      await next();
    },
    countLogin: (method, outcome) => logins.inc({ method, outcome }),
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}

/** One gauge a fact, filled when it is asked for. */
function registerSources(registry: Registry, sources: () => readonly TrustSource[], clock: Clock): void {
  const inSeconds = (time: Date | undefined) => time && time.getTime() / 1000;
  const facts: Readonly<Record<string, readonly [string, (source: TrustSource) => number | undefined]>> = {
    age_seconds: [
      'Seconds since something usable last came from this source.',
      ({ lastSuccess }) => lastSuccess && (clock.now().getTime() - lastSuccess.getTime()) / 1000,
    ],
    this_update_timestamp_seconds: ['When what is held was made.', (source) => inSeconds(source.thisUpdate)],
    next_update_timestamp_seconds: ['When what is held ends.', (source) => inSeconds(source.nextUpdate)],
    failures: ['Failures since the last success.', (source) => source.failures],
    failures_since_start: ['Failures since the program started.', (source) => source.failuresInAll],
    entries: ['Entries of the CRL that is held.', (source) => source.entries],
  };
  for (const [name, [help, valueOf]] of Object.entries(facts)) {
    const gauge = new Gauge({
      name: `hufu_revocation_source_${name}`,
      help,
      labelNames: ['kind', 'url', 'issuer_key'],
      registers: [],
      collect() {
        this.reset();
        for (const source of sources()) {
          const { kind, url, issuerKey } = source;
          const value = valueOf(source);
          if (value !== undefined) this.set({ kind, url, issuer_key: issuerKey }, value);
        }
      },
    });
    registry.registerMetric(gauge);
  }
}
