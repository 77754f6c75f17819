/**
 * What a certificate with a valid path says of itself and its holder, by the profile of the government PKI
 * (certificates §1 and §2). Nothing here judges: rules ask for what they need, and what is missing is missing.
 */
import {
  canonicalSerial,
  type CertificateKey,
  type CertificateMedium,
  type HolderKind,
} from '#domain/certificate-binding.ts';
import type { Certificate } from './certificate.ts';
import { readWhole } from './der/der-reader.ts';
import { MalformedDer } from './der/malformed-der.ts';
import { text } from './der/strings.ts';
import { attributeTypes, nameText, type DistinguishedName } from './distinguished-name.ts';
import type { ValidPath } from './verdict.ts';

export interface PresentedCertificate extends CertificateKey {
  readonly fingerprint: string;
  readonly der: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The issuer's name for people: its unit, else its organisation. */
  readonly issuerName: string;
  /** CN, or O of an organisation; empty where there is neither. */
  readonly subjectName: string;
  /** The subject's serialNumber. */
  readonly subjectSerial?: string;
  readonly holderKind?: HolderKind;
  /** The last four characters of the holder's national ID. */
  readonly lastFour?: string;
  readonly medium: CertificateMedium;
}

const arc = '2.16.886.1.100';
const attributes = { holderKind: `${arc}.2.1`, medium: `${arc}.2.2`, lastFour: `${arc}.2.51` } as const;

const holderKinds: ReadonlyMap<string, HolderKind> = new Map([
  [`${arc}.3.1.1`, 'natural-person'],
  [`${arc}.3.2.2.1.1`, 'company'],
  [`${arc}.3.2.3.3.1`, 'branch'],
  [`${arc}.3.2.3.1`, 'firm'],
  [`${arc}.3.2.1.1`, 'agency'],
  [`${arc}.3.2.1.2`, 'agency-unit'],
]);

export function presentedCertificate(path: ValidPath): PresentedCertificate {
  const { certificate } = path;
  const { subject, issuer } = certificate;
  const subjectSerial = nameText(subject, attributeTypes.serialNumber);
  const kindOid = singleValue(certificate, attributes.holderKind, 'oid');
  const holderKind = kindOid === undefined ? undefined : holderKinds.get(kindOid);
  const lastFour = singleValue(certificate, attributes.lastFour, 'text');
  return {
    ...certificateKeyOf(path),
    fingerprint: certificate.fingerprint,
    der: certificate.der,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    issuerName: firstText(issuer, 'organizationalUnitName', 'commonName', 'organizationName'),
    subjectName: firstText(subject, 'commonName', 'organizationName'),
    ...(subjectSerial !== undefined && { subjectSerial }),
    ...(holderKind && { holderKind }),
    ...(lastFour !== undefined && { lastFour }),
    medium: singleValue(certificate, attributes.medium, 'text') === 'mobile' ? 'mobile' : 'card',
  };
}

/** What tells the certificate from every other: the key that signed it, never the issuer's name. */
export function certificateKeyOf({ certificate, path, anchor }: ValidPath): CertificateKey {
  const issuer = path[1] ?? anchor;
  return { issuerKeyId: issuer.keyId, serial: canonicalSerial(certificate.serial) };
}

/** The one value of a directory attribute; undefined where it is not there once, or not of its kind. */
function singleValue({ extensions }: Certificate, type: string, kind: 'oid' | 'text'): string | undefined {
  const found = (extensions.subjectDirectoryAttributes ?? []).filter((attribute) => attribute.type === type);
  const [value, another] = found.flatMap(({ values }) => values);
  if (!value || another) return undefined;
  try {
    return kind === 'oid'
      ? readWhole(value.der, (reader) => reader.readOid())
      : text(value.tag, value.content);
  } catch (error) {
    if (error instanceof MalformedDer) return undefined;
    throw error;
  }
}

function firstText(name: DistinguishedName, ...types: (keyof typeof attributeTypes)[]): string {
  for (const type of types) {
    const found = nameText(name, attributeTypes[type]);
    if (found !== undefined && found.trim() !== '') return found;
  }
  return '';
}
