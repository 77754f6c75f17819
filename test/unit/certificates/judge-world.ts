/** The demo's PKI in memory with sources that give what a test puts there, judged as fetched bytes are. */
import { parseCertificate } from '#certificates/certificate.ts';
import type { Crl } from '#certificates/crl/crl.ts';
import { createCertificateJudge, type CertificateTrust } from '#certificates/judge-certificate.ts';
import { judgeCrl } from '#certificates/judge-crl.ts';
import { createRevocationJudge, type RevocationRule } from '#certificates/judge-revocation.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import type { Issued } from '#demo/pki/authority.ts';
import type { Pki } from '#demo/pki/mint-pki.ts';
import { systemRandom } from '#src/compose/system-random.ts';

export const rule: RevocationRule = {
  order: ['crl', 'ocsp'],
  whenUnknown: 'refuse',
  graceMs: 0,
  ocspNonce: 'omit',
  ocspHash: 'sha1',
};

/** What the sources give: bytes by address, or what a responder answers to each request. */
export interface JudgeWorld {
  readonly crls: Map<string, Buffer>;
  readonly responders: Map<string, (request: Uint8Array) => Buffer | undefined>;
  /** Addresses asked, in order. */
  readonly asked: string[];
  readonly refused: string[];
  judge(
    certificate: Issued | Uint8Array,
    odd?: {
      readonly rule?: Partial<RevocationRule>;
      readonly exceptions?: ReadonlyMap<string, RevocationRule>;
      readonly time?: Date;
      readonly trust?: Partial<CertificateTrust>;
      readonly purpose?: 'login' | 'registration' | 'mutual-tls';
      readonly others?: readonly Issued[];
    },
  ): ReturnType<ReturnType<typeof createCertificateJudge>>;
}

export const poolOf = (issued: readonly Pick<Issued, 'certificate'>[]) =>
  new CertificatePool(issued.map(({ certificate }) => parseCertificate(certificate)));

export function createJudgeWorld(pki: Pki): JudgeWorld {
  const crls = new Map<string, Buffer>();
  const responders: JudgeWorld['responders'] = new Map();
  const asked: string[] = [];
  const refused: string[] = [];
  const anchors = poolOf([pki.root]);
  const intermediates = poolOf([pki.g2, pki.g3, pki.organisations]);
  const read = new Map<Buffer, Crl>();

  return {
    crls,
    responders,
    asked,
    refused,
    judge(certificate, odd = {}) {
      const revocation = createRevocationJudge({
        rule: { ...rule, ...odd.rule },
        exceptions: odd.exceptions ?? new Map(),
        intermediates,
        random: systemRandom,
        skewMs: 120_000,
        sources: {
          async findCrl(url, issuer) {
            asked.push(url);
            const bytes = crls.get(url);
            if (!bytes) return undefined;
            const known = read.get(bytes);
            if (known) return known;
            const judged = judgeCrl(bytes, issuer, url);
            if (!judged.ok) {
              refused.push(judged.reason);
              return undefined;
            }
            read.set(bytes, judged.crl);
            return judged.crl;
          },
          async findOcspAnswer({ url, request, judge }) {
            asked.push(url);
            const answer = responders.get(url)?.(request());
            const judged = answer && judge(answer);
            if (judged && !judged.ok) refused.push(judged.reason);
            return judged?.ok ? judged.answer : undefined;
          },
        },
      });
      return createCertificateJudge({
        anchors,
        intermediates,
        policies: ['2.16.886.101.0.3.3'],
        allowTestCertificates: false,
        revocation,
        ...odd.trust,
      })({
        certificate: certificate instanceof Uint8Array ? certificate : certificate.certificate,
        purpose: odd.purpose ?? 'login',
        time: odd.time ?? pki.at,
        others: (odd.others ?? []).map((each) => parseCertificate(each.certificate)),
      });
    },
  };
}
