/** OCSP answers (RFC 6960), right ones and every wrong one that a verifier must refuse. */
import type { Authority, Issued } from './authority.ts';
import { der } from './der.ts';
import { extension } from './extensions.ts';
import { digest, hashAlgorithm, signBytes, spkiBits, type Hash, type SigningManner } from './keys.ts';

export type OcspStatus =
  | { readonly kind: 'good' }
  | { readonly kind: 'revoked'; readonly at: Date; readonly reason?: number }
  | { readonly kind: 'unknown' };

export interface OcspContent {
  /** The CA whose certificate is asked about. */
  readonly issuer: Authority;
  /** Big-endian. */
  readonly serial: Uint8Array;
  readonly status: OcspStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  /** `thisUpdate` unless given. */
  readonly producedAt?: Date;
  /** Content of the nonce extension's OCTET STRING. */
  readonly nonce?: Uint8Array;
  /** Who signs: the CA itself or a delegated responder; its certificate comes along unless it is the CA. */
  readonly responder: Issued;
  /** Of the CertID; SHA-1 is what everybody sends. */
  readonly idHash?: Hash;
  readonly byName?: boolean;
  readonly certificates?: readonly Issued[];
  readonly manner?: SigningManner;
}

const basicResponse = '1.3.6.1.5.5.7.48.1.1';
const nonceOid = '1.3.6.1.5.5.7.48.1.2';

/** DER of a successful OCSPResponse. */
export function mintOcspResponse(content: OcspContent): Buffer {
  const { issuer, responder, thisUpdate, nextUpdate, nonce, manner } = content;
  const single = der.sequence(
    certId(issuer, content.serial, content.idHash ?? 'SHA1'),
    statusOf(content.status),
    der.generalizedTime(thisUpdate),
    ...(nextUpdate ? [der.explicit(0, der.generalizedTime(nextUpdate))] : []),
  );
  const responderId = content.byName
    ? der.explicit(1, responder.subject)
    : der.explicit(2, der.octets(digest('SHA1', spkiBits(responder.publicKey))));
  const tbs = der.sequence(
    responderId,
    der.generalizedTime(content.producedAt ?? thisUpdate),
    der.sequence(single),
    ...(nonce ? [der.explicit(1, der.sequence(extension(nonceOid, false, der.octets(nonce))))] : []),
  );
  const { algorithm, signature } = signBytes(responder.privateKey, tbs, manner);
  const certificates = content.certificates ?? (responder === issuer ? [] : [responder]);
  const basic = der.sequence(
    tbs,
    algorithm,
    der.bits(signature),
    ...(certificates.length > 0
      ? [der.explicit(0, der.sequence(...certificates.map(({ certificate }) => certificate)))]
      : []),
  );
  return der.sequence(
    der.enumerated(0),
    der.explicit(0, der.sequence(der.oid(basicResponse), der.octets(basic))),
  );
}

/** An answer without content: 1 malformed request, 2 internal error, 3 try later, 5 signature required, 6 unauthorized. */
export function mintOcspError(status: 1 | 2 | 3 | 5 | 6): Buffer {
  return der.sequence(der.enumerated(status));
}

export function certId(issuer: Authority, serial: Uint8Array, hash: Hash): Buffer {
  return der.sequence(
    hashAlgorithm(hash),
    der.octets(digest(hash, issuer.subject)),
    der.octets(digest(hash, spkiBits(issuer.publicKey))),
    der.integer(serial),
  );
}

function statusOf(status: OcspStatus): Buffer {
  if (status.kind === 'good') return der.implicit(0, Buffer.alloc(0));
  if (status.kind === 'unknown') return der.implicit(2, Buffer.alloc(0));
  const { at, reason } = status;
  return der.explicit(
    1,
    der.generalizedTime(at),
    ...(reason === undefined ? [] : [der.explicit(0, der.enumerated(reason))]),
  );
}
