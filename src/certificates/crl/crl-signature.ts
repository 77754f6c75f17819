import { findSignatureAlgorithm, isSignedBy } from '../algorithms.ts';
import type { Certificate } from '../certificate.ts';
import { judgeKey } from '../public-key.ts';
import type { Crl } from './crl.ts';

/** By CRL and key: the digest of a large CRL is worth remembering. */
const known = new WeakMap<Crl, Map<string, boolean>>();

/** Whether the key in `signer` signed the CRL. */
export function isCrlSignedBy(crl: Crl, signer: Certificate): boolean {
  let byKey = known.get(crl);
  if (!byKey) known.set(crl, (byKey = new Map()));
  let isGood = byKey.get(signer.keyId);
  if (isGood === undefined) {
    isGood = verified(crl, signer);
    byKey.set(signer.keyId, isGood);
  }
  return isGood;
}

function verified({ signatureAlgorithm, tbs: data, signature }: Crl, signer: Certificate): boolean {
  const algorithm = findSignatureAlgorithm(signatureAlgorithm);
  const key = judgeKey(signer.publicKeyInfo);
  return algorithm !== undefined && key.ok && isSignedBy(key.key, { algorithm, data, signature });
}
