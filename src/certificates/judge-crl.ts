/** Judges bytes that came from a CRL's address: a complete list that `issuer` itself signed. Its time is judged where it is used. */
import type { Certificate } from './certificate.ts';
import { MalformedCrl, parseCrl, type Crl } from './crl/crl.ts';
import { isCrlSignedBy } from './crl/crl-signature.ts';
import { webAddresses } from './judge-addresses.ts';
import { isSameName } from './name-matching.ts';
import { findSignatureAlgorithm } from './algorithms.ts';

export type CrlFault =
  | 'malformed'
  | 'wrong-issuer'
  | 'other-scope'
  | 'unsupported'
  | 'weak-algorithm'
  | 'wrong-signature';

export type CrlVerdict =
  | { readonly ok: true; readonly crl: Crl }
  | { readonly ok: false; readonly reason: CrlFault };

/** `url`: where they came from. `bytes` must not be changed afterwards: the list keeps them. */
export function judgeCrl(bytes: Uint8Array, issuer: Certificate, url: string): CrlVerdict {
  let crl: Crl;
  try {
    crl = parseCrl(bytes);
  } catch (error) {
    if (error instanceof MalformedCrl) return { ok: false, reason: 'malformed' };
    throw error;
  }
  const reason = faultOf(crl, issuer, url);
  return reason ? { ok: false, reason } : { ok: true, crl };
}

function faultOf(crl: Crl, issuer: Certificate, url: string): CrlFault | undefined {
  if (!isSameName(crl.issuer, issuer.subject)) return 'wrong-issuer';
  // A delta says nothing without its base, and complete lists are there.
  if (crl.isUnsupported || crl.baseNumber !== undefined) return 'unsupported';
  if (!findSignatureAlgorithm(crl.signatureAlgorithm)) return 'weak-algorithm';
  if (!isFor(crl, url)) return 'other-scope';
  return isCrlSignedBy(crl, issuer) ? undefined : 'wrong-signature';
}

/** A list that names web addresses as its own is kept at none but these: put at another one, it would stand in the way of the right one. */
function isFor({ scope }: Crl, url: string): boolean {
  const own = scope?.name?.kind === 'full' ? webAddresses(scope.name.names) : [];
  return own.length === 0 || own.includes(url);
}
