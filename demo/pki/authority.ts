/** A certificate with its key: a CA, a person's card, a responder. */
import { randomBytes, X509Certificate } from 'node:crypto';
import { extensions } from './extensions.ts';
import { keyIdentifier, type KeyPair, type SigningManner } from './keys.ts';
import { mintCertificate } from './mint-certificate.ts';
import { encodeName, type NameParts } from './names.ts';
import { derToPem } from './pem.ts';
import { policyBase } from './profiles.ts';

/** In the O of every CA: a production start refuses anchors that carry it. */
export const testOrganisation = 'Hufu Test PKI';

export interface Issued extends KeyPair {
  readonly certificate: Buffer;
  readonly pem: string;
  /** DER of the subject. */
  readonly subject: Buffer;
  /** DER of the issuer's name. */
  readonly issuer: Buffer;
  /** Big-endian. */
  readonly serial: Buffer;
  readonly notAfter: Date;
}

export interface Authority extends Issued {
  /** In file names and addresses: `root`, `g2` … */
  readonly id: string;
  readonly keyIdentifier: Buffer;
}

/** Addresses that a certificate names for its issuer's answers. */
export interface Pointers {
  readonly crls?: readonly string[];
  readonly ocsp?: string;
  readonly caIssuers?: string;
}

export interface AuthorityRequest {
  readonly id: string;
  readonly subject: NameParts;
  readonly keys: KeyPair;
  /** Absent: self-signed. */
  readonly parent?: Authority;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly pathLength?: number;
  readonly policies?: readonly string[];
  readonly pointers?: Pointers;
  readonly extraExtensions?: readonly Buffer[];
  readonly manner?: SigningManner;
}

export type SignedPart = Pick<Issued, 'subject' | 'issuer' | 'serial' | 'notAfter'> & KeyPair;

export function issued(certificate: Buffer, part: SignedPart): Issued {
  return { ...part, certificate, pem: derToPem(certificate) };
}

/** 127 random bits (RFC 5280 wants serials positive; the Baseline Requirements want 64 bits and more). */
export function randomSerial(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

const allLevels = [0, 1, 2, 3, 4].map((level) => `${policyBase}.${level}`);

export function pointerExtensions({ crls = [], ocsp, caIssuers }: Pointers): readonly Buffer[] {
  const information = { ...(ocsp !== undefined && { ocsp }), ...(caIssuers !== undefined && { caIssuers }) };
  return [
    ...(crls.length > 0 ? [extensions.crlDistributionPoints(crls)] : []),
    ...(Object.keys(information).length > 0 ? [extensions.authorityInformation(information)] : []),
  ];
}

/** A CA certificate. `stored` may give back one that was made before over the same request. */
export function mintAuthority(
  request: AuthorityRequest,
  stored: (make: () => Buffer) => Buffer = (make) => make(),
): Authority {
  const { id, keys, parent, notBefore, notAfter, pathLength, policies = allLevels } = request;
  const subject = encodeName(request.subject);
  const issuer = parent?.subject ?? subject;
  const identifier = keyIdentifier(keys.publicKey);
  const certificate = stored(() =>
    mintCertificate(
      {
        serial: randomSerial(),
        issuer,
        subject,
        notBefore,
        notAfter,
        publicKey: keys.publicKey,
        extensions: [
          extensions.basicConstraints(pathLength),
          extensions.keyUsage(['keyCertSign', 'cRLSign']),
          extensions.subjectKeyIdentifier(identifier),
          ...(parent
            ? [extensions.authorityKeyIdentifier(parent.keyIdentifier), extensions.policies(policies)]
            : []),
          ...pointerExtensions(request.pointers ?? {}),
          ...(request.extraExtensions ?? []),
        ],
      },
      (parent ?? keys).privateKey,
      request.manner,
    ),
  );
  return {
    ...issued(certificate, { ...keys, subject, issuer, ...factsOf(certificate) }),
    id,
    keyIdentifier: identifier,
  };
}

/** What a certificate that was perhaps made at an earlier start says of itself. */
export function factsOf(certificate: Buffer): Pick<Issued, 'serial' | 'notAfter'> {
  const parsed = new X509Certificate(certificate);
  return { serial: Buffer.from(parsed.serialNumber, 'hex'), notAfter: parsed.validToDate };
}
