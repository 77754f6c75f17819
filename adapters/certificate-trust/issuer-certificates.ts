/**
 * Certificates of issuers, fetched from where certificates say (caIssuers). What was found, and that nothing was, is
 * remembered for a while: anybody can show a certificate that names an address.
 */
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { failureOf } from './trust-fetch-error.ts';
import type { TrustFetch } from './trust-fetch.ts';

export interface IssuerCertificatesOptions<Certificate> {
  readonly fetch: TrustFetch;
  /** Undefined for what holds no certificate. */
  readonly read: (bytes: Buffer) => readonly Certificate[] | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs: number;
}

export interface IssuerCertificates<Certificate> {
  /** What lies at these addresses; never rejects. */
  find(urls: readonly string[]): Promise<readonly Certificate[]>;
}

interface Kept<Certificate> {
  /** What was found ahead of now was found by a clock that was wrong. */
  readonly at: number;
  readonly until: number;
  readonly found: Promise<readonly Certificate[]>;
}

const mostBytes = 256 * 1024;
const mostAddresses = 2;
const mostKept = 100;
const foundForMs = 24 * 3_600_000;
const missingForMs = 10 * 60_000;

export function createIssuerCertificates<Certificate>(
  options: IssuerCertificatesOptions<Certificate>,
): IssuerCertificates<Certificate> {
  const { clock, fetch, log, timeoutMs } = options;
  const kept = new Map<string, Kept<Certificate>>();

  async function fetchFrom(url: string): Promise<readonly Certificate[]> {
    try {
      const pieces: Buffer[] = [];
      await fetch({ url, maxBytes: mostBytes, timeoutMs }, (piece) => void pieces.push(piece));
      const found = options.read(Buffer.concat(pieces));
      if (!found) log.warn('issuer-certificates-malformed', { url });
      return found ?? [];
    } catch (error) {
      log.warn('issuer-certificates-failed', { url, failure: failureOf(error) });
      return [];
    }
  }

  function findAt(url: string): Promise<readonly Certificate[]> {
    const now = clock.now().getTime();
    const known = kept.get(url);
    if (known && known.at <= now && now < known.until) return known.found;
    const found = fetchFrom(url);
    keep(url, { at: now, until: now + missingForMs, found });
    void found.then((certificates) => {
      if (certificates.length > 0) keep(url, { at: now, until: now + foundForMs, found });
    });
    return found;
  }

  function keep(url: string, what: Kept<Certificate>): void {
    kept.delete(url);
    kept.set(url, what);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  }

  return {
    find: async (urls) => (await Promise.all(urls.slice(0, mostAddresses).map(findAt))).flat(),
  };
}
