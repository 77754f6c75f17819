/** What a verdict rested on, as the audit trail keeps it: digests, numbers and times, nothing that tells of a person. */
import type { RevocationEvidence } from './revocation-checker.ts';
import type { ValidPath } from './verdict.ts';

/** Fingerprint, keys of the path from the issuer to the anchor, policies, and by what each was found unrevoked. */
export function certificateEvidence({
  certificate,
  path,
  anchor,
  policies,
  evidence,
}: ValidPath): Readonly<Record<string, string>> {
  const keys = [...path.slice(1), anchor].map(({ keyId }) => keyId);
  return {
    fingerprint: certificate.fingerprint,
    path: keys.join(' '),
    policies: policies.join(' '),
    ...(evidence.length > 0 && { revocation: evidence.map(described).join(', ') }),
  };
}

/** `crl 0a2f 2026-03-02T00:00:00.000Z`, `ocsp 2026-03-02T03:00:00.000Z`; `grace` where it had run out. */
function described({ source, crlNumber, deltaCrlNumber, thisUpdate, isInGrace }: RevocationEvidence): string {
  return [source, crlNumber, deltaCrlNumber, thisUpdate.toISOString(), isInGrace && 'grace']
    .filter(Boolean)
    .join(' ');
}
