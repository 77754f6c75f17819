import type { KeyObject } from 'node:crypto';
import { der } from './der.ts';
import { signBytes, spkiOf, type SigningManner } from './keys.ts';

/** What stands in a certificate; names, extensions as DER. */
export interface CertificateContent {
  /** Big-endian, not negative. */
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

/** DER of an X.509 v3 certificate over `content`, signed with `issuerKey`, whatever that makes of it. */
export function mintCertificate(
  content: CertificateContent,
  issuerKey: KeyObject,
  manner?: SigningManner,
): Buffer {
  // The algorithm is named inside what is signed, so it is settled by signing nothing first.
  const { algorithm } = signBytes(issuerKey, Buffer.alloc(0), manner);
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(content.serial),
    algorithm,
    content.issuer,
    der.sequence(der.time(content.notBefore), der.time(content.notAfter)),
    content.subject,
    spkiOf(content.publicKey),
    ...(content.extensions.length > 0 ? [der.explicit(3, der.sequence(...content.extensions))] : []),
  );
  const { signature } = signBytes(issuerKey, tbs, manner);
  return der.sequence(tbs, algorithm, der.bits(signature));
}
