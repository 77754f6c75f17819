/** An OCSP request about one certificate (RFC 6960, section 4.1), unsigned, with or without a nonce (RFC 8954). */
import { certIdDigestOids, type CertId, type CertIdDigest } from './cert-id.ts';

export const nonceOid = '1.3.6.1.5.5.7.48.1.2';

/** Octets of a nonce: RFC 8954 wants 1 to 32, RFC 9654 at least 32. */
export const nonceLength = 32;

/** Whole identifier of each OID that a request has, in DER. */
const oidDer = {
  sha1: '06052b0e03021a',
  sha256: '0609608648016503040201',
  nonce: '06092b0601050507300102',
} as const;

export function encodeOcspRequest(about: CertId, nonce: Uint8Array | undefined): Buffer {
  const certId = sequence(
    sequence(Buffer.from(oidDer[digestOf(about)], 'hex'), tagged(0x05)),
    tagged(0x04, about.issuerName),
    tagged(0x04, about.issuerKey),
    tagged(0x02, Buffer.from(about.serial, 'hex')),
  );
  const extensions =
    nonce &&
    tagged(0xa2, sequence(sequence(Buffer.from(oidDer.nonce, 'hex'), tagged(0x04, tagged(0x04, nonce)))));
  return sequence(sequence(sequence(sequence(certId)), ...(extensions ? [extensions] : [])));
}

function digestOf({ digestAlgorithm }: CertId): CertIdDigest {
  return digestAlgorithm === certIdDigestOids.sha1 ? 'sha1' : 'sha256';
}

const sequence = (...parts: readonly Uint8Array[]) => tagged(0x30, ...parts);

function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  // Nothing here is as long as 256 octets but the whole of a request with large digests.
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x1_00
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
