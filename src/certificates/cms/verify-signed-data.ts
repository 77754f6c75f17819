/**
 * Judges what a card signed: PKCS #7 / CMS (RFC 5652) over exactly the bytes that were to be signed, by one signer whose
 * certificate comes along. Order: read → content → signed attributes → certificate → signature. Whether the certificate
 * is any good is another question.
 */
import { hash } from 'node:crypto';
import { findSignatureAlgorithm, isSignedBy, signatureAlgorithm } from '../algorithms.ts';
import type { SignatureAlgorithm } from '../algorithms.ts';
import type { AlgorithmIdentifier } from '../algorithm-identifier.ts';
import { MalformedCertificate, parseCertificate, type Certificate } from '../certificate.ts';
import { MalformedDer } from '../der/der-reader.ts';
import { findHash, isNullOrAbsent, type HashName } from '../hashes.ts';
import { judgeKey, type KeyKind } from '../public-key.ts';
import { RefusedCms, type CmsRefusal } from './cms-refusal.ts';
import { contentTypes, readSignedData, type SignerId, type SignerInfo } from './read-signed-data.ts';
import { encodeSignedAttributes, readSignedAttributes, type SignedAttributes } from './signed-attributes.ts';

export interface CmsQuestion {
  /** DER of a ContentInfo. */
  readonly cms: Uint8Array;
  /** What was to be signed. */
  readonly content: Uint8Array;
  readonly time: Date;
  /** By how much the clock of the signer's machine may differ, in milliseconds; default one day: the challenge's own life is the bound. */
  readonly signingTimeToleranceMs?: number;
}

export interface VerifiedCms {
  readonly ok: true;
  readonly signer: Certificate;
  /** What else came along; perhaps of use for the path. */
  readonly others: readonly Certificate[];
  readonly signingTime: Date;
  readonly nonce: Uint8Array | undefined;
  readonly cardNumber: string | undefined;
}

export interface CmsRefused {
  readonly ok: false;
  readonly reason: CmsRefusal;
  /** A short stable code that says more; nothing of the content. */
  readonly detail?: string;
}

export type CmsVerdict = VerifiedCms | CmsRefused;

const mostBytes = 64 * 1024;
const dayMs = 86_400_000;

/** A signature of the key alone, which a CMS may name in place of one with its hash (RFC 3370, section 3.2). */
const rsaEncryption = '1.2.840.113549.1.1.1';

export function verifySignedData(question: CmsQuestion): CmsVerdict {
  try {
    return judge(question);
  } catch (error) {
    if (error instanceof RefusedCms) return { ok: false, reason: error.reason };
    if (error instanceof MalformedDer || error instanceof MalformedCertificate) {
      return { ok: false, reason: 'malformed', detail: error.code };
    }
    throw error;
  }
}

function judge(question: CmsQuestion): VerifiedCms {
  const { cms, content } = question;
  if (cms.length > mostBytes) throw new MalformedDer('too-large');
  const signedData = readSignedData(cms);
  if (Buffer.compare(signedData.content, content) !== 0) throw new RefusedCms('foreign-content');
  const { signer } = signedData;
  const attributes = readSignedAttributes(signer.signedAttributes);
  const digest = findHash(signer.digestAlgorithm);
  if (!digest) throw new RefusedCms('weak-algorithm');
  const signingTime = checkAttributes(attributes, digest, question);
  const certificates = signedData.certificates.map(parseCertificate);
  const certificate = findCertificate(certificates, signer.id);
  checkSignature(signer, digest, certificate);
  return {
    ok: true,
    signer: certificate,
    others: certificates.filter((each) => each !== certificate),
    signingTime,
    nonce: attributes.nonce,
    cardNumber: attributes.cardNumber,
  };
}

function checkAttributes(attributes: SignedAttributes, digest: HashName, question: CmsQuestion): Date {
  const { contentType, messageDigest, signingTime } = attributes;
  if (contentType !== contentTypes.data) throw new RefusedCms('bad-signed-attributes');
  if (Buffer.compare(messageDigest, hash(digest, question.content, 'buffer')) !== 0) {
    throw new RefusedCms('wrong-digest');
  }
  if (!signingTime) throw new RefusedCms('no-signing-time');
  const difference = Math.abs(signingTime.getTime() - question.time.getTime());
  if (difference > (question.signingTimeToleranceMs ?? dayMs)) throw new RefusedCms('wrong-signing-time');
  return signingTime;
}

/** Exactly one: with two that answer to the name it is not said whose signature it is. */
function findCertificate(certificates: readonly Certificate[], id: SignerId): Certificate {
  const found = certificates.filter((each) =>
    id.kind === 'subject-key-id'
      ? each.extensions.subjectKeyId === id.keyId
      : each.serial === id.serial && Buffer.compare(each.issuer.der, id.issuer) === 0,
  );
  const [certificate, another] = found;
  if (!certificate) throw new RefusedCms('no-certificate');
  if (another) throw new RefusedCms('ambiguous-certificate');
  return certificate;
}

function checkSignature(signer: SignerInfo, digest: HashName, { publicKeyInfo }: Certificate): void {
  const judged = judgeKey(publicKeyInfo);
  if (!judged.ok) throw new RefusedCms(judged.reason);
  const algorithm = algorithmOf(signer.signatureAlgorithm, judged.key.kind, digest);
  if (!algorithm) throw new RefusedCms('unsupported-algorithm');
  const data = encodeSignedAttributes(signer.signedAttributes);
  if (!isSignedBy(judged.key, { algorithm, data, signature: signer.signature })) {
    throw new RefusedCms('wrong-signature');
  }
}

/** One hash for content and attributes alike: two would ask which of them is meant. */
function algorithmOf(
  identifier: AlgorithmIdentifier,
  keyKind: KeyKind,
  digest: HashName,
): SignatureAlgorithm | undefined {
  if (identifier.oid === rsaEncryption && isNullOrAbsent(identifier))
    return signatureAlgorithm('rsa', digest);
  const algorithm = findSignatureAlgorithm(identifier);
  return algorithm?.hash === digest && algorithm.keyKind === keyKind ? algorithm : undefined;
}
