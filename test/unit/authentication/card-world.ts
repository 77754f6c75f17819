/** A minted PKI, a card of it, and the rules that judge what the card signs, on the real store. */
import { createCardSignatures, type VerifyCardSignature } from '#authentication/card-signature.ts';
import {
  createSignedChallenges,
  type ChallengeOwner,
  type SignedChallenges,
} from '#authentication/signed-challenges.ts';
import { parseCertificate } from '#certificates/certificate.ts';
import { createCertificateJudge, type JudgeCertificate } from '#certificates/judge-certificate.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import type { RevocationStatus } from '#certificates/revocation-checker.ts';
import { mintPki, type IssueOverrides, type Pki } from '#demo/pki/mint-pki.ts';
import type { Issued } from '#demo/pki/authority.ts';
import { policyBase, type Profile } from '#demo/pki/profiles.ts';
import { signCms, type CmsRequest } from '#demo/pki/sign-cms.ts';
import { realRandom } from '#test/support/real.ts';
import type { SetClock } from '#test/support/set-clock.ts';
import { openLoginStores } from './login-stores.ts';

export const holder = { name: '王小明', serialNumber: '0000000000000001', lastFour: '6789' };
export const owner: ChallengeOwner = { purpose: 'login', binding: 'interaction-1', clientId: 'csm' };
const at = new Date('2026-03-02T01:00:00.000Z');

export interface CardWorld {
  readonly pki: Pki;
  readonly clock: SetClock;
  readonly challenges: SignedChallenges;
  readonly verify: VerifyCardSignature;
  readonly judge: JudgeCertificate;
  /** What the revocation of every certificate is found to be. */
  revocation: 'good' | 'revoked' | 'unknown';
  /** A card of the same kind with something odd about its certificate; another label has another key. */
  issue(overrides?: IssueOverrides, profile?: Profile): Issued;
  /** Base64 of what `signer` makes of `text`. */
  sign(text: string, signer: Issued, more?: Partial<CmsRequest>): string;
}

export function openCardWorld(): CardWorld {
  const { oneTime: store, clock } = openLoginStores(at);
  const pki = mintPki({ at, policy: `${policyBase}.3`, name: 'card-world' });
  const pool = (...issued: readonly Pick<Issued, 'certificate'>[]) =>
    new CertificatePool(issued.map(({ certificate }) => parseCertificate(certificate)));
  const challenges = createSignedChallenges({
    store,
    random: realRandom,
    clock,
    issuer: 'https://sso.example.gov.tw',
  });

  const statusOf = (fingerprint: string): RevocationStatus => {
    const evidence = {
      source: 'crl',
      fingerprint,
      signerKeyId: '00',
      thisUpdate: at,
      crlNumber: '2a',
    } as const;
    if (world.revocation === 'revoked') return { status: 'revoked', reason: 'key-compromise', at, evidence };
    return world.revocation === 'good'
      ? { status: 'good', evidence }
      : { status: 'unknown', detail: 'crl-expired' };
  };

  const judge = createCertificateJudge({
    anchors: pool(pki.root),
    intermediates: pool(pki.g2, pki.g3, pki.organisations),
    policies: [`${policyBase}.3`],
    allowTestCertificates: false,
    revocation: { check: (question) => statusOf(question.certificate.fingerprint) },
  });

  const world: CardWorld = {
    pki,
    clock,
    challenges,
    revocation: 'good',
    judge,
    verify: createCardSignatures({
      challenges,
      judgeCertificate: judge,
      clock,
    }),
    issue: (overrides = {}, profile = 'sign') =>
      pki.issue(holder, profile, { issuer: pki.g3, keyKind: 'p-256', ...overrides }),
    sign: (text, signer, more = {}) =>
      signCms({ signer, content: Buffer.from(text), signingTime: clock.now(), ...more }).toString('base64'),
  };
  return world;
}
