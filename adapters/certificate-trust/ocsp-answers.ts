/**
 * Answers of OCSP responders (RFC 6960), by POST. A good answer is used again while it may be; one question at a time
 * for each certificate, whoever asks; a responder that fails is left alone for a while. Bounded in memory, not on disk.
 */
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { SourceFailure, TrustSource } from '#domain/trust-sources.ts';
import { retryDelayMs } from './retry-delay.ts';
import { failureOf, TrustFetchError } from './trust-fetch-error.ts';
import type { TrustFetch } from './trust-fetch.ts';

/** A checked answer, as far as its keeping needs to know it. */
export interface KeptAnswer {
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date | undefined;
}

export interface OcspAsking<Answer extends KeptAnswer> {
  readonly url: string;
  readonly issuerKey: string;
  /** Which certificate is asked about. */
  readonly about: string;
  /** DER of a new request. */
  readonly request: () => Uint8Array;
  readonly judge: (
    bytes: Buffer,
  ) =>
    | { readonly ok: true; readonly answer: Answer }
    | { readonly ok: false; readonly reason: SourceFailure };
}

export interface OcspAnswersOptions {
  readonly fetch: TrustFetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** How long an answer is used again at most, in milliseconds. */
  readonly cacheMs: number;
  /** Answers kept at most; default 10,000. */
  readonly most?: number;
}

export interface OcspAnswers<Answer> {
  /** The newest good answer, whatever its age; asked for first unless one may be used again. Never rejects. */
  find(asking: OcspAsking<Answer & KeptAnswer>): Promise<Answer | undefined>;
  list(): readonly TrustSource[];
  close(): Promise<void>;
}

interface Responder {
  readonly url: string;
  readonly issuerKey: string;
  failures: number;
  failuresInAll: number;
  lastFailure?: SourceFailure | undefined;
  lastTry?: Date;
  lastSuccess?: Date;
  lastAnswer?: KeptAnswer;
  retryAt: number;
}

/** A responder that gives no answer is left alone at once: a login waits for one try, not for several. */
const withoutAnswer: ReadonlySet<SourceFailure> = new Set([
  'timeout',
  'unreachable',
  'tls',
  'truncated',
  'http-status',
  'redirected',
]);
/** A wrong answer may be that certificate's own matter: only one that keeps giving them is left alone. */
const wrongAnswersBeforeRest = 3;
const mostResponders = 100;

export function createOcspAnswers<Answer extends KeptAnswer>(
  options: OcspAnswersOptions,
): OcspAnswers<Answer> {
  const { fetch, clock, random, log, cacheMs, most = 10_000 } = options;
  const kept = new Map<string, { readonly answer: Answer; readonly at: number }>();
  const responders = new Map<string, Responder>();
  const underWay = new Map<string, Promise<void>>();
  const closing = new AbortController();

  function responderOf({ url, issuerKey }: OcspAsking<Answer>): Responder | undefined {
    const key = `${issuerKey} ${url}`;
    const known = responders.get(key);
    if (known || responders.size >= mostResponders) return known;
    const responder = { url, issuerKey, failures: 0, failuresInAll: 0, retryAt: 0 };
    responders.set(key, responder);
    return responder;
  }

  function mayServe(found: { readonly answer: Answer; readonly at: number }): boolean {
    const now = clock.now().getTime();
    const isRecent = found.at <= now && now < found.at + cacheMs;
    return isRecent && now < (found.answer.nextUpdate?.getTime() ?? 0);
  }

  /** A failure that lies ahead is of a clock that was wrong: its pause would last until that time comes. */
  function isPaused({ retryAt, lastTry }: Responder): boolean {
    const now = clock.now().getTime();
    return now < retryAt && now >= (lastTry?.getTime() ?? 0);
  }

  function keep(key: string, answer: Answer): void {
    kept.delete(key);
    kept.set(key, { answer, at: clock.now().getTime() });
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  }

  async function ask(responder: Responder, key: string, asking: OcspAsking<Answer>): Promise<void> {
    responder.lastTry = clock.now();
    try {
      const pieces: Buffer[] = [];
      const body = { type: 'application/ocsp-request', bytes: asking.request() };
      const { maxBytes, timeoutMs } = options;
      const headers = { accept: 'application/ocsp-response' };
      const { signal } = closing;
      const answered = await fetch(
        { url: asking.url, body, headers, maxBytes, timeoutMs, signal },
        (piece) => {
          pieces.push(piece);
        },
      );
      if (answered.status !== 'ok') throw new TrustFetchError('http-status');
      const judged = asking.judge(Buffer.concat(pieces));
      if (!judged.ok) throw new TrustFetchError(judged.reason);
      // Recorded before, and played again: a revoked card would be good until that answer ends.
      const last = kept.get(key)?.answer;
      if (last && judged.answer.thisUpdate < last.thisUpdate) throw new TrustFetchError('older');
      keep(key, judged.answer);
      Object.assign(responder, { failures: 0, lastFailure: undefined, retryAt: 0 });
      Object.assign(responder, { lastSuccess: clock.now(), lastAnswer: judged.answer });
    } catch (error) {
      noteFailure(responder, failureOf(error));
    }
  }

  function noteFailure(responder: Responder, failure: SourceFailure): void {
    responder.failures += 1;
    responder.failuresInAll += 1;
    responder.lastFailure = failure;
    const beyond = responder.failures - (withoutAnswer.has(failure) ? 1 : wrongAnswersBeforeRest);
    if (beyond >= 0) responder.retryAt = clock.now().getTime() + retryDelayMs(beyond + 1, random);
    const { url, issuerKey, failures } = responder;
    if (!closing.signal.aborted) log.warn('ocsp-failed', { url, issuerKey, failure, failures });
  }

  return {
    async find(asking) {
      const key = `${asking.issuerKey} ${asking.url} ${asking.about}`;
      const found = kept.get(key);
      if (found && mayServe(found)) return found.answer;
      const responder = responderOf(asking);
      if (!responder || closing.signal.aborted) return found?.answer;
      if (!underWay.has(key)) {
        if (isPaused(responder)) return found?.answer;
        underWay.set(
          key,
          ask(responder, key, asking).finally(() => underWay.delete(key)),
        );
      }
      await underWay.get(key);
      return kept.get(key)?.answer;
    },
    list: () => [...responders.values()].map(stateOf).sort((a, b) => a.url.localeCompare(b.url)),
    async close() {
      closing.abort();
      await Promise.all(underWay.values());
    },
  };
}

function stateOf({ url, issuerKey, failures, failuresInAll, ...facts }: Responder): TrustSource {
  const { lastFailure, lastTry, lastSuccess, lastAnswer } = facts;
  return {
    kind: 'ocsp',
    url,
    issuerKey,
    failures,
    failuresInAll,
    ...(lastTry && { lastTry }),
    ...(lastFailure && { lastFailure }),
    ...(lastSuccess && { lastSuccess }),
    ...(lastAnswer && {
      thisUpdate: lastAnswer.thisUpdate,
      ...(lastAnswer.nextUpdate && { nextUpdate: lastAnswer.nextUpdate }),
    }),
  };
}
