/** Who signed what, remembered: certificates come by several paths, CAs by every login. */
import { findSignatureAlgorithm, isSignedBy } from '../algorithms.ts';
import type { Certificate } from '../certificate.ts';
import { judgeKey } from '../public-key.ts';
import type { Work } from './work.ts';

export type SignatureVerdict = 'good' | 'bad' | 'weak';

/** By the certificate that was signed, then by the key. Certificates do not change, so neither does the answer. */
const known = new WeakMap<Certificate, Map<string, SignatureVerdict>>();

/** Whether the key in `issuer` signed `certificate`. What was found out before costs no work. */
export function checkSignature(certificate: Certificate, issuer: Certificate, work: Work): SignatureVerdict {
  let byKey = known.get(certificate);
  if (!byKey) known.set(certificate, (byKey = new Map()));
  let verdict = byKey.get(issuer.keyId);
  if (!verdict) {
    verdict = verified(certificate, issuer, work);
    byKey.set(issuer.keyId, verdict);
  }
  return verdict;
}

function verified(certificate: Certificate, issuer: Certificate, work: Work): SignatureVerdict {
  const algorithm = findSignatureAlgorithm(certificate.signatureAlgorithm);
  const key = judgeKey(issuer.publicKeyInfo);
  if (!key.ok) return key.reason === 'weak-algorithm' ? 'weak' : 'bad';
  if (!algorithm) return 'weak';
  work.spend('signatures');
  const { tbs: data, signature } = certificate;
  return isSignedBy(key.key, { algorithm, data, signature }) ? 'good' : 'bad';
}
