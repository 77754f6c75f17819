/** Whom certificate logins trust, wired from the configuration: authorities, sources of revocation, the one judge. */
import { createCrlSources } from '#adapters/certificate-trust/crl-sources.ts';
import { createIssuerCertificates } from '#adapters/certificate-trust/issuer-certificates.ts';
import { createOcspAnswers } from '#adapters/certificate-trust/ocsp-answers.ts';
import { createTrustFetch } from '#adapters/certificate-trust/trust-fetch.ts';
import { MalformedCertificate, parseCertificate, type Certificate } from '#certificates/certificate.ts';
import { readCertificateBundle } from '#certificates/cms/read-certificate-bundle.ts';
import type { Crl } from '#certificates/crl/crl.ts';
import { formatName } from '#certificates/format-name.ts';
import { issuerAddresses } from '#certificates/judge-addresses.ts';
import { createCertificateJudge, type JudgeCertificate } from '#certificates/judge-certificate.ts';
import { judgeCrl } from '#certificates/judge-crl.ts';
import { createRevocationJudge, type RevocationRule } from '#certificates/judge-revocation.ts';
import type { OcspAnswer } from '#certificates/ocsp/check-response.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import { refuse, type Verdict } from '#certificates/verdict.ts';
import type { CertificatesConfig } from '#config/config.ts';
import type { TrustedAuthority, TrustSourceOperations } from '#domain/trust-sources.ts';
import { nowAndAgain } from './now-and-again.ts';
import type { Machine } from './services.ts';

export interface CertificateTrustService {
  readonly judge: JudgeCertificate;
  readonly authorities: readonly TrustedAuthority[];
  readonly sources: TrustSourceOperations;
  /** Fetches what is about to end, again and again; ends when `signal` aborts. Never rejects. */
  refreshNowAndAgain(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const refreshEveryMs = 30_000;
const ocspBytes = 64 * 1024;
/** In all, a login waits no longer than for so many sources one after the other. */
const sourcesWaitedFor = 3;

/** Reads back what was fetched before; throws when an authority cannot be read. */
export async function openCertificateTrust(
  config: CertificatesConfig,
  machine: Machine,
): Promise<CertificateTrustService> {
  const anchors = config.anchors.map((der) => authorityOf(der, 'anchor'));
  const intermediates = config.intermediates.map((der) => authorityOf(der, 'intermediate'));
  const byKey = new Map([...intermediates, ...anchors].map((each) => [each.keyId, each]));
  const pool = new CertificatePool(intermediates);
  const { skewMs, crls, ocsp, issuers } = openSources(config, machine, byKey);
  await crls.restore();

  const { exceptions, ...rule } = config.revocation;
  const revocation = createRevocationJudge({
    rule: ruleOf(rule),
    exceptions: new Map(exceptions.map(({ issuerKey, ...each }) => [issuerKey, ruleOf(each)])),
    intermediates: pool,
    random: machine.random,
    skewMs,
    sources: {
      findCrl: (url, issuer) => crls.find(url, issuer.keyId, issuer),
      findOcspAnswer: (asking) => ocsp.find(asking),
    },
  });
  const judge = createCertificateJudge({
    anchors: new CertificatePool(anchors),
    intermediates: pool,
    policies: config.policies,
    allowTestCertificates: config.allowTestPolicy,
    revocation,
    fetchIssuers: config.fetchIssuers
      ? (certificate) => issuers.find(issuerAddresses(certificate).issuers)
      : undefined,
  });

  return {
    judge: inTime(judge, config.fetch.waitSeconds * 1000 * sourcesWaitedFor),
    authorities: [
      ...anchors.map((each) => shown(each, 'anchor')),
      ...intermediates.map((each) => shown(each, 'intermediate')),
    ],
    sources: { list: () => [...crls.list(), ...ocsp.list()], refreshAll: crls.refreshAll },
    async refreshNowAndAgain(signal) {
      await crls.refreshDue();
      await nowAndAgain(machine, signal, {
        everyMs: refreshEveryMs,
        act: crls.refreshDue,
        failureEvent: 'crl-refresh-failed',
      });
    },
    close: async () => void (await Promise.all([crls.close(), ocsp.close()])),
  };
}

/** A login that several sources keep waiting is told so before its browser gives up. */
function inTime(judge: JudgeCertificate, milliseconds: number): JudgeCertificate {
  return async (question) => {
    const over = Promise.withResolvers<Verdict>();
    const timer = setTimeout(() => over.resolve(refuse('revocation-unknown', 'too-slow')), milliseconds);
    try {
      return await Promise.race([judge(question), over.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function openSources(config: CertificatesConfig, machine: Machine, byKey: ReadonlyMap<string, Certificate>) {
  const { fetch: limits } = config;
  const skewMs = config.clockSkewSeconds * 1000;
  const waitMs = limits.waitSeconds * 1000;
  const fetch = createTrustFetch(limits);
  const crls = createCrlSources<Crl, Certificate>({
    ...machine,
    fetch,
    folder: config.folder,
    judge: judgeCrl,
    findIssuer: (key) => byKey.get(key),
    maxBytes: limits.crlMegabytes * 1024 * 1024,
    timeoutMs: limits.timeoutSeconds * 1000,
    waitMs,
    leadMs: config.refreshLeadMinutes * 60_000,
    skewMs,
  });
  const ocsp = createOcspAnswers<OcspAnswer>({
    ...machine,
    fetch,
    maxBytes: ocspBytes,
    timeoutMs: waitMs,
    cacheMs: config.ocspCacheMinutes * 60_000,
  });
  const issuers = createIssuerCertificates({
    ...machine,
    fetch,
    read: readCertificateBundle,
    timeoutMs: waitMs,
  });
  return { skewMs, crls, ocsp, issuers };
}

function ruleOf(rule: Omit<CertificatesConfig['revocation'], 'exceptions'>): RevocationRule {
  const { graceSeconds, ...others } = rule;
  return { ...others, graceMs: graceSeconds * 1000 };
}

function authorityOf(der: Uint8Array, kind: TrustedAuthority['kind']): Certificate {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (!(error instanceof MalformedCertificate)) throw error;
    throw new Error(`an ${kind} of the configuration is no certificate: ${error.code}`, { cause: error });
  }
}

function shown(certificate: Certificate, kind: TrustedAuthority['kind']): TrustedAuthority {
  const { subject, notBefore, notAfter, keyId } = certificate;
  return { kind, subject: formatName(subject), notBefore, notAfter, keyId };
}
