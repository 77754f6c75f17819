/** What a CA knows of the certificates it has issued: that it has, and which it has revoked. */
import type { Authority } from './authority.ts';
import type { Revocation } from './mint-crl.ts';
import type { OcspStatus } from './mint-ocsp-response.ts';

export interface RevocationLedger {
  recordIssued(issuer: Authority, serial: Uint8Array): void;
  revoke(issuer: Authority, revocation: Revocation): void;
  /** Takes back what was revoked, as a CA does with a certificate on hold. */
  restore(issuer: Authority, serial: Uint8Array): void;
  revokedBy(issuer: Authority): readonly Revocation[];
  /** Unknown: the issuer has not issued it. */
  statusOf(issuer: Authority, serial: Uint8Array): OcspStatus;
}

export function createRevocationLedger(): RevocationLedger {
  const issuedBy = new Map<Authority, Set<string>>();
  const revokedBy = new Map<Authority, Map<string, Revocation>>();
  const keyOf = (serial: Uint8Array) => Buffer.from(serial).toString('hex');
  return {
    recordIssued(issuer, serial) {
      const issued = issuedBy.get(issuer) ?? new Set();
      issuedBy.set(issuer, issued.add(keyOf(serial)));
    },
    revoke(issuer, revocation) {
      const revoked = revokedBy.get(issuer) ?? new Map<string, Revocation>();
      revokedBy.set(issuer, revoked.set(keyOf(revocation.serial), revocation));
    },
    restore(issuer, serial) {
      revokedBy.get(issuer)?.delete(keyOf(serial));
    },
    revokedBy: (issuer) => [...(revokedBy.get(issuer)?.values() ?? [])],
    statusOf(issuer, serial) {
      const revocation = revokedBy.get(issuer)?.get(keyOf(serial));
      if (revocation) {
        const { at, reason } = revocation;
        return { kind: 'revoked', at, ...(reason !== undefined && { reason }) };
      }
      return { kind: issuedBy.get(issuer)?.has(keyOf(serial)) ? 'good' : 'unknown' };
    },
  };
}
