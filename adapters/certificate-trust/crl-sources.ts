/**
 * All CRLs that certificates have led to, by address and issuer. A source comes into being with the first certificate
 * that names it and stays, across restarts, being fetched anew before it ends. Bounded: addresses come out of certificates.
 */
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { TrustSource } from '#domain/trust-sources.ts';
import { createCrlSource, type CrlSource, type JudgeCrl, type KeptCrl } from './crl-source.ts';
import { openKeptFiles, type KeptFiles } from './kept-files.ts';
import type { TrustFetch } from './trust-fetch.ts';

export interface CrlSourcesOptions<Crl extends KeptCrl, Issuer> {
  readonly fetch: TrustFetch;
  /** Absolute. */
  readonly folder: string;
  /** Judges bytes that came from `url` as a CRL of `issuer`. */
  readonly judge: (bytes: Buffer, issuer: Issuer, url: string) => ReturnType<JudgeCrl<Crl>>;
  /** The configured authority with that key, for what is found on disk. */
  readonly findIssuer: (issuerKey: string) => Issuer | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Milliseconds that somebody who needs a CRL waits for it. */
  readonly waitMs: number;
  readonly leadMs: number;
  readonly skewMs: number;
  /** Sources at most; default 500. */
  readonly most?: number;
}

export interface CrlSources<Crl, Issuer> {
  /**
   * The newest good CRL from `url`, whatever its age, fetched first if it has ended and the last failure is long
   * enough ago. Undefined: there is none. Never rejects.
   */
  find(url: string, issuerKey: string, issuer: Issuer): Promise<Crl | undefined>;
  /** Takes up what is on disk. */
  restore(): Promise<void>;
  /** Fetches what is due, two at a time. */
  refreshDue(): Promise<void>;
  /** Fetches everything; gives how many failed. */
  refreshAll(): Promise<{ readonly tried: number; readonly failed: number }>;
  list(): readonly TrustSource[];
  /** Ends fetches under way. */
  close(): Promise<void>;
}

const atOnce = 2;

export function createCrlSources<Crl extends KeptCrl, Issuer>(
  options: CrlSourcesOptions<Crl, Issuer>,
): CrlSources<Crl, Issuer> {
  const { clock, most = 500 } = options;
  const files: KeptFiles = openKeptFiles(options.folder, clock);
  const sources = new Map<string, CrlSource<Crl>>();
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  function sourceOf(url: string, issuerKey: string, issuer: Issuer): CrlSource<Crl> | undefined {
    const key = `${issuerKey} ${url}`;
    const known = sources.get(key);
    if (known || sources.size >= most) return known;
    const source = createCrlSource<Crl>({
      ...options,
      url,
      issuerKey,
      files,
      judge: (bytes) => options.judge(bytes, issuer, url),
      signal: closing.signal,
    });
    sources.set(key, source);
    return source;
  }

  async function refresh(source: CrlSource<Crl>): Promise<boolean> {
    const fetching = source.refresh();
    underWay.add(fetching);
    return fetching.finally(() => underWay.delete(fetching));
  }

  /** Fetches `wanted`, a few at a time. */
  async function refreshEach(wanted: readonly CrlSource<Crl>[]): Promise<{ tried: number; failed: number }> {
    const queue = [...wanted];
    let failed = 0;
    const work = async () => {
      for (let next = queue.shift(); next && !closing.signal.aborted; next = queue.shift()) {
        if (!(await refresh(next))) failed += 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return { tried: wanted.length, failed };
  }

  return {
    async find(url, issuerKey, issuer) {
      const source = sourceOf(url, issuerKey, issuer);
      if (!source) return undefined;
      const crl = source.current();
      const isFresh = crl !== undefined && clock.now() < crl.nextUpdate;
      if (!source.isDue() || closing.signal.aborted) return crl;
      const fetching = refresh(source);
      // A fresh one serves at once and is renewed behind the back of whoever asked.
      if (!isFresh) await withinMilliseconds(options.waitMs, fetching);
      return source.current();
    },
    async restore() {
      for (const origin of await files.list()) {
        const issuer = options.findIssuer(origin.issuerKey);
        const source = issuer === undefined ? undefined : sourceOf(origin.url, origin.issuerKey, issuer);
        await source?.restore(origin);
      }
    },
    refreshDue: async () => void (await refreshEach([...sources.values()].filter((each) => each.isDue()))),
    refreshAll: () => refreshEach([...sources.values()]),
    list: () => [...sources.values()].map((each) => each.state()).sort((a, b) => a.url.localeCompare(b.url)),
    async close() {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}

async function withinMilliseconds(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, milliseconds);
  await Promise.race([work, over.promise]);
  clearTimeout(timer);
}
