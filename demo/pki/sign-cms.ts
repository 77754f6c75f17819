/** Signed messages as the card component makes them (RFC 5652), and every odd one that a login must refuse. */
import type { Issued } from './authority.ts';
import { der } from './der.ts';
import { digest, hashAlgorithm, signBytes, type Hash } from './keys.ts';

const data = '1.2.840.113549.1.7.1';
const signedData = '1.2.840.113549.1.7.2';
const rsaEncryption = '1.2.840.113549.1.1.1';
const attributeOids = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  nonce: '1.2.840.113549.1.9.25.3',
  cardNumber: '2.16.886.1.100.2.204',
} as const;

export interface CmsRequest {
  readonly signer: Issued;
  readonly content: Uint8Array;
  readonly hash?: Hash;
  readonly signingTime?: Date;
  /** Optional signed attributes of the component. */
  readonly nonce?: string;
  readonly cardNumber?: string;
  readonly pss?: boolean;
  /** What follows makes a message that a login must refuse. */
  readonly detached?: boolean;
  /** Put in place of what was signed. */
  readonly foreignContent?: Uint8Array;
  readonly contentType?: string;
  /** The signature is then over the content itself. */
  readonly noSignedAttributes?: boolean;
  readonly noSigningTime?: boolean;
  readonly messageDigest?: Uint8Array;
  readonly furtherSigners?: readonly Issued[];
  readonly noSigners?: boolean;
  /** Certificates that come along; the signers' unless given. */
  readonly certificates?: readonly Issued[];
}

/** DER of a ContentInfo with SignedData: content attached, RSASSA-PKCS1-v1_5 or ECDSA, leaf certificate alone. */
export function signCms(request: CmsRequest): Buffer {
  const { signer, content, hash = 'SHA256', contentType = data } = request;
  const signers = request.noSigners ? [] : [signer, ...(request.furtherSigners ?? [])];
  const certificates = request.certificates ?? [signer, ...(request.furtherSigners ?? [])];
  const shown = request.foreignContent ?? content;
  const encapsulated = der.sequence(
    der.oid(contentType),
    ...(request.detached ? [] : [der.explicit(0, der.octets(shown))]),
  );
  return der.sequence(
    der.oid(signedData),
    der.explicit(
      0,
      der.sequence(
        der.integer(contentType === data ? 1 : 3),
        der.set(hashAlgorithm(hash)),
        encapsulated,
        ...(certificates.length > 0 ? [certificateSet(certificates)] : []),
        der.set(...signers.map((one) => signerInfo(one, request))),
      ),
    ),
  );
}

/** A SignedData that carries certificates alone: a .p7b (RFC 5652, 5.1, without signers). */
export function bundleCertificates(certificates: readonly Pick<Issued, 'certificate'>[]): Buffer {
  const content = der.sequence(
    der.integer(1),
    der.set(),
    der.sequence(der.oid(data)),
    certificateSet(certificates),
    der.set(),
  );
  return der.sequence(der.oid(signedData), der.explicit(0, content));
}

/** `[0] IMPLICIT SET OF`, so sorted. */
function certificateSet(certificates: readonly Pick<Issued, 'certificate'>[]): Buffer {
  return retag(der.set(...certificates.map(({ certificate }) => certificate)));
}

function retag(set: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xa0]), set.subarray(1)]);
}

function signerInfo(signer: Issued, request: CmsRequest): Buffer {
  const { content, hash = 'SHA256', pss = false } = request;
  // Signed as a SET, carried as [0] (RFC 5652, 5.4).
  const attributes = request.noSignedAttributes ? undefined : signedAttributes(request, hash);
  const { algorithm, signature } = signBytes(signer.privateKey, attributes ?? content, { hash, pss });
  const isPlainRsa = signer.privateKey.asymmetricKeyType === 'rsa' && !pss;
  return der.sequence(
    der.integer(1),
    der.sequence(signer.issuer, der.integer(signer.serial)),
    hashAlgorithm(hash),
    ...(attributes ? [retag(attributes)] : []),
    isPlainRsa ? der.sequence(der.oid(rsaEncryption), der.null()) : algorithm,
    der.octets(signature),
  );
}

function signedAttributes(request: CmsRequest, hash: Hash): Buffer {
  const { content, contentType = data, messageDigest = digest(hash, content), nonce, cardNumber } = request;
  return der.set(
    attribute('contentType', der.oid(contentType)),
    attribute('messageDigest', der.octets(messageDigest)),
    ...(request.noSigningTime ? [] : [attribute('signingTime', der.time(request.signingTime ?? new Date()))]),
    ...(nonce === undefined ? [] : [attribute('nonce', der.octets(Buffer.from(nonce)))]),
    ...(cardNumber === undefined ? [] : [attribute('cardNumber', der.printable(cardNumber))]),
  );
}

function attribute(name: keyof typeof attributeOids, value: Buffer): Buffer {
  return der.sequence(der.oid(attributeOids[name]), der.set(value));
}
