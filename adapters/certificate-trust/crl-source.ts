/**
 * One address of a CRL and the issuer that must have signed it: the newest good CRL from there, kept on disk. One fetch
 * at a time, whoever asks. What comes is judged before it replaces what is there; bad or older bytes change nothing.
 */
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { SourceFailure, TrustSource } from '#domain/trust-sources.ts';
import type { KeptFiles, KeptOrigin } from './kept-files.ts';
import { retryDelayMs } from './retry-delay.ts';
import { failureOf, TrustFetchError } from './trust-fetch-error.ts';
import type { TrustFetch } from './trust-fetch.ts';

/** A CRL whose signature holds, as far as its keeping needs to know it. */
export interface KeptCrl {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly number: bigint | undefined;
  /** Equal for lists of one scope: numbers count within it. */
  readonly scopeId: string;
  readonly entries: number;
}

/** Judges bytes as a CRL of one issuer: its signature, not yet its time. */
export type JudgeCrl<Crl extends KeptCrl> = (
  bytes: Buffer,
) => { readonly ok: true; readonly crl: Crl } | { readonly ok: false; readonly reason: SourceFailure };

export interface CrlSourceOptions<Crl extends KeptCrl> {
  readonly url: string;
  readonly issuerKey: string;
  readonly judge: JudgeCrl<Crl>;
  readonly fetch: TrustFetch;
  readonly files: KeptFiles;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** How long before nextUpdate a newer one is fetched. */
  readonly leadMs: number;
  /** By how much the issuer's clock may be ahead. */
  readonly skewMs: number;
  /** Ends fetches under way. */
  readonly signal: AbortSignal;
}

export interface CrlSource<Crl extends KeptCrl> {
  /** The newest good CRL, whatever its age. */
  current(): Crl | undefined;
  /** Whether now is a time to fetch: there is none, or its end is near, and the last failure is long enough ago. */
  isDue(): boolean;
  /** Fetches; everybody who asks meanwhile gets the same. False: nothing usable came. Never rejects. */
  refresh(): Promise<boolean>;
  /** Takes up what is on disk. */
  restore(origin: KeptOrigin): Promise<void>;
  state(): TrustSource;
}

export function createCrlSource<Crl extends KeptCrl>(options: CrlSourceOptions<Crl>): CrlSource<Crl> {
  const { url, issuerKey, judge, fetch, files, clock, random, log, skewMs } = options;
  let held: { readonly crl: Crl; readonly bytes: number; readonly origin: KeptOrigin } | undefined;
  let underWay: Promise<boolean> | undefined;
  let failures = 0;
  let failuresInAll = 0;
  let lastFailure: SourceFailure | undefined;
  let lastTry: Date | undefined;
  let retryAt = 0;
  // Drawn anew for every CRL, so that what ends together is not fetched together.
  let jitter = 0;

  async function fetchOnce(): Promise<void> {
    const draft = await files.begin({ url, issuerKey });
    try {
      const { etag, lastModified } = held?.origin ?? {};
      const answer = await fetch(
        {
          url,
          maxBytes: options.maxBytes,
          timeoutMs: options.timeoutMs,
          signal: options.signal,
          headers: {
            accept: 'application/pkix-crl, */*;q=0.1',
            ...(etag !== undefined && { 'if-none-match': etag }),
            ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
          },
        },
        draft.write,
      );
      const fetchedAt = clock.now().toISOString();
      if (answer.status === 'unchanged') {
        if (!held) throw new TrustFetchError('http-status');
        held = { ...held, origin: { ...held.origin, fetchedAt } };
        return await files.confirm(held.origin);
      }
      const crl = accept(judge(await draft.read()));
      const origin = {
        url,
        issuerKey,
        fetchedAt,
        ...(answer.etag !== undefined && { etag: answer.etag }),
        ...(answer.lastModified !== undefined && { lastModified: answer.lastModified }),
      };
      await draft.keep(origin);
      hold(crl, answer.bytes, origin);
    } finally {
      await draft.drop();
    }
  }

  function accept(judged: ReturnType<JudgeCrl<Crl>>): Crl {
    if (!judged.ok) throw new TrustFetchError(judged.reason);
    const { crl } = judged;
    if (crl.thisUpdate.getTime() > clock.now().getTime() + skewMs) throw new TrustFetchError('not-yet-valid');
    if (held && isOlder(crl, held.crl)) throw new TrustFetchError('older');
    return crl;
  }

  function hold(crl: Crl, bytes: number, origin: KeptOrigin): void {
    held = { crl, bytes, origin };
    jitter = random.bytes(2).readUInt16BE() / 0xffff;
  }

  /** An error once logins depend on it: without a list that has not ended they are refused. */
  function tellOfFailure(): void {
    const isEnded = !held || held.crl.nextUpdate <= clock.now();
    const fields = { url, issuerKey, failure: lastFailure, failures };
    if (isEnded) log.error('crl-unavailable', fields);
    else log.warn('crl-fetch-failed', fields);
  }

  async function attempt(): Promise<boolean> {
    lastTry = clock.now();
    try {
      await fetchOnce();
      // An unchanged CRL that has ended is no success for whoever needs a fresh one.
      if (held && held.crl.nextUpdate <= clock.now()) throw new TrustFetchError('expired');
      failures = 0;
      lastFailure = undefined;
      retryAt = 0;
      log.info('crl-fetched', { url, issuerKey, entries: held?.crl.entries, bytes: held?.bytes });
      return true;
    } catch (error) {
      failures += 1;
      failuresInAll += 1;
      lastFailure = failureOf(error);
      retryAt = clock.now().getTime() + retryDelayMs(failures, random);
      if (!options.signal.aborted) tellOfFailure();
      return false;
    }
  }

  return {
    current: () => held?.crl,
    isDue() {
      const now = clock.now().getTime();
      // A failure that lies ahead is of a clock that was wrong: its pause would last until that time comes.
      const isPaused = now < retryAt && now >= (lastTry?.getTime() ?? 0);
      if (isPaused) return false;
      return !held || now >= dueAt(held.crl, options.leadMs, jitter);
    },
    refresh() {
      underWay ??= attempt().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    async restore(origin) {
      try {
        const bytes = await files.read(origin);
        hold(accept(judge(bytes)), bytes.length, origin);
      } catch (error) {
        lastFailure = failureOf(error);
      }
    },
    state: () => ({
      kind: 'crl',
      url,
      issuerKey,
      failures,
      failuresInAll,
      ...(lastTry && { lastTry }),
      ...(lastFailure && { lastFailure }),
      ...(held && {
        lastSuccess: new Date(held.origin.fetchedAt),
        thisUpdate: held.crl.thisUpdate,
        nextUpdate: held.crl.nextUpdate,
        entries: held.crl.entries,
        bytes: held.bytes,
        ...(held.crl.number !== undefined && { number: held.crl.number.toString() }),
      }),
    }),
  };
}

/**
 * By number (RFC 5280, section 5.2.3), then by time: a rollback would bring revoked cards back. A list without a number
 * does not follow one that has one. Lists of two scopes are numbered apart.
 */
function isOlder(found: KeptCrl, held: KeptCrl): boolean {
  if (held.number !== undefined && found.scopeId === held.scopeId) {
    if (found.number === undefined || found.number < held.number) return true;
    if (found.number > held.number) return false;
  }
  return found.thisUpdate < held.thisUpdate;
}

/** Up to a quarter of the lead later; a CRL that lives less than twice the lead is due at the half of its life. */
function dueAt({ thisUpdate, nextUpdate }: KeptCrl, leadMs: number, jitter: number): number {
  const life = nextUpdate.getTime() - thisUpdate.getTime();
  const lead = Math.min(leadMs, life / 2);
  return nextUpdate.getTime() - lead + (lead / 4) * jitter;
}
