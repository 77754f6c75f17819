/**
 * Signed messages and OCSP answers, spoilt at random, before the functions that logins use. Whatever comes of one, it is an answer, soon,
 * and never that something else than the original holds. What nobody signed (a version, unsigned parts) may change without harm.
 */
import { parseCertificate, type Certificate } from '#certificates/certificate.ts';
import { checkPath } from '#certificates/check-path.ts';
import { verifySignedData } from '#certificates/cms/verify-signed-data.ts';
import { checkOcspResponse } from '#certificates/ocsp/check-response.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import { mintPki, type Pki } from '#demo/pki/mint-pki.ts';
import { signCms } from '#demo/pki/sign-cms.ts';
import { mutated, seededChance } from './mutations.ts';

export interface MutationReport {
  readonly tried: number;
  /** Refusals by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Taken with the very content, signer and attributes of the original: only what nobody signs was spoilt. */
  readonly harmless: number;
  /** Taken as something else: must stay empty. Base64. */
  readonly forged: readonly string[];
  readonly slowestMs: number;
}

export interface MutationRun {
  readonly seed: number;
  readonly count: number;
}

const time = new Date('2026-11-26T02:00:00Z');
const content = Buffer.from('hufu.login.v1.sso.example.org.q9Vn3o5mXwAnd8Zb0T7cRk2LpYs4UeGh');
const person = { name: '林怡君', serialNumber: '0000000116004321', lastFour: '6789' };

type Outcome = 'harmless' | 'forged' | { readonly refused: string };

async function run(
  { seed, count }: MutationRun,
  originals: readonly Buffer[],
  judge: (bytes: Buffer, original: number) => Promise<Outcome> | Outcome,
): Promise<MutationReport> {
  const chance = seededChance(seed);
  const refused: Record<string, number> = {};
  const forged: string[] = [];
  let harmless = 0;
  let slowestMs = 0;
  for (let i = 0; i < count; i += 1) {
    const at = i % originals.length;
    const bytes = mutated(originals[at] ?? Buffer.alloc(0), chance);
    const begun = performance.now();
    const outcome = await judge(bytes, at);
    slowestMs = Math.max(slowestMs, performance.now() - begun);
    if (outcome === 'harmless') harmless += 1;
    else if (outcome === 'forged') forged.push(bytes.toString('base64'));
    else refused[outcome.refused] = (refused[outcome.refused] ?? 0) + 1;
  }
  return { tried: count, refused, harmless, forged, slowestMs };
}

/** Messages by RSA, RSA-PSS and ECDSA, each through CMS and path validation. */
export async function runCmsMutations(wanted: MutationRun): Promise<MutationReport> {
  const pki = mintPki({ at: time });
  const rsa = pki.issue(person);
  const ec = pki.issue(person, 'sign', { keyKind: 'p-256', label: 'ec' });
  const signed = { content, signingTime: time, nonce: 'n0nce', cardNumber: 'CS12345678901234' };
  const originals = [
    signCms({ ...signed, signer: rsa }),
    signCms({ ...signed, signer: rsa, pss: true, hash: 'SHA384' }),
    signCms({ ...signed, signer: ec, certificates: [ec, pki.g2] }),
  ];
  const facts = originals.map((cms) => describeCms(cms));
  const trust = pathTrust(pki);
  return run(wanted, originals, async (cms, at) => {
    const verdict = verifySignedData({ cms, content, time });
    if (!verdict.ok) return { refused: verdict.reason };
    const path = await checkPath({ ...trust, certificate: verdict.signer, purpose: 'login', time });
    if (!path.ok) return { refused: `path ${path.reason}` };
    return describeCms(cms) === facts[at] ? 'harmless' : 'forged';
  });
}

function pathTrust(pki: Pki) {
  const pool = (certificates: readonly Buffer[]) => new CertificatePool(certificates.map(parseCertificate));
  return {
    anchors: pool([pki.root.certificate]),
    intermediates: pool([pki.g2.certificate, pki.g3.certificate]),
    allowTestCertificates: true,
  };
}

/** All that a login takes from a message. */
function describeCms(cms: Buffer): string {
  const verdict = verifySignedData({ cms, content, time });
  if (!verdict.ok) return verdict.reason;
  const { signer, signingTime, nonce, cardNumber } = verdict;
  return [
    signer.fingerprint,
    signingTime.toISOString(),
    Buffer.from(nonce ?? []).toString('hex'),
    cardNumber,
  ].join(' ');
}

/** Answers by the CA and by its delegate, of a card that was revoked: a "good" would be a forgery, too. */
export function runOcspMutations(wanted: MutationRun): Promise<MutationReport> {
  const pki = mintPki({ at: time });
  const card = pki.issue(person);
  const about = { about: card, status: { kind: 'revoked', at: time, reason: 1 } } as const;
  const originals = [
    pki.ocspResponse({ ...about, responder: pki.g2 }),
    pki.ocspResponse(about),
    pki.ocspResponse({ ...about, nonce: Buffer.alloc(32, 7), byName: true }),
  ];
  const question = ocspQuestion(parseCertificate(card.certificate), parseCertificate(pki.g2.certificate));
  const facts = originals.map((bytes) => JSON.stringify(withoutKeys(checkOcspResponse(bytes, question))));
  return run(wanted, originals, (bytes, at) => {
    const verdict = checkOcspResponse(bytes, question);
    if (!verdict.ok) return { refused: verdict.reason };
    return JSON.stringify(withoutKeys(verdict)) === facts[at] ? 'harmless' : 'forged';
  });
}

const ocspQuestion = (certificate: Certificate, issuer: Certificate) =>
  ({ certificate, issuer, digest: 'sha1', nonce: undefined, requireNonce: false, time, skewMs: 0 }) as const;

/** Certificates hold key objects, which have no text. */
function withoutKeys(verdict: ReturnType<typeof checkOcspResponse>): unknown {
  return verdict.ok
    ? { ...verdict.answer, responderToCheck: verdict.answer.responderToCheck?.fingerprint }
    : verdict.reason;
}
