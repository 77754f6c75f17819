/** The name of one certificate in OCSP: digests of its issuer's name and key, and its serial (RFC 6960, section 4.1.1). */
import { createHash } from 'node:crypto';
import { readAlgorithm } from '../algorithm-identifier.ts';
import type { Certificate } from '../certificate.ts';
import type { DerReader } from '../der/der-reader.ts';

/** It names, it signs nothing: SHA-1 is what every responder knows. */
export type CertIdDigest = 'sha1' | 'sha256';

export const certIdDigestOids: Readonly<Record<CertIdDigest, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
};

export interface CertId {
  /** OID. */
  readonly digestAlgorithm: string;
  readonly issuerName: Uint8Array;
  readonly issuerKey: Uint8Array;
  /** As in `Certificate.serial`. */
  readonly serial: string;
}

export function readCertId(reader: DerReader): CertId {
  const sequence = reader.enter();
  const certId = {
    digestAlgorithm: readAlgorithm(sequence).oid,
    issuerName: sequence.readOctetString(),
    issuerKey: sequence.readOctetString(),
    serial: Buffer.from(sequence.readInteger()).toString('hex'),
  };
  sequence.end();
  return certId;
}

export function certIdOf(certificate: Certificate, issuer: Certificate, digest: CertIdDigest): CertId {
  const digestOf = (bytes: Uint8Array) => createHash(digest).update(bytes).digest();
  return {
    digestAlgorithm: certIdDigestOids[digest],
    issuerName: digestOf(certificate.issuer.der),
    issuerKey: digestOf(issuer.publicKeyInfo.key),
    serial: certificate.serial,
  };
}

export function isSameCertId(one: CertId, other: CertId): boolean {
  return (
    one.digestAlgorithm === other.digestAlgorithm &&
    one.serial === other.serial &&
    Buffer.compare(one.issuerName, other.issuerName) === 0 &&
    Buffer.compare(one.issuerKey, other.issuerKey) === 0
  );
}
