/** Which reasons a CRL answers for about a certificate, by one of its distribution points (RFC 5280, section 6.3.3 (b) and (d)). */
import type { Certificate } from '../certificate.ts';
import type { DistinguishedName } from '../distinguished-name.ts';
import type { DistributionPoint, DistributionPointName } from '../extensions/distribution-points.ts';
import type { GeneralName } from '../general-names.ts';
import { isSameName, nameKey, relativeNameKey, relativeNameKeys } from '../name-matching.ts';
import type { Crl } from './crl.ts';

/** Bits of ReasonFlags as a mask; bit 0 is unused. */
export const allReasons = 0x1fe;

/** `point` undefined: the CRL that covers every certificate of the issuer, as if there were a point named after it. */
export function coveredReasons(
  crl: Crl,
  certificate: Certificate,
  point: DistributionPoint | undefined,
): number {
  const { scope } = crl;
  const issuers = directoryNames(point?.crlIssuer);
  if (point?.crlIssuer) {
    if (!scope?.isIndirect || !issuers.some((name) => isSameName(name, crl.issuer))) return 0;
  } else if (!isSameName(crl.issuer, certificate.issuer)) {
    return 0;
  }
  if (!scope) return maskOf(point?.reasons);
  const isCa = certificate.extensions.basicConstraints?.isCa ?? false;
  if (scope.only === 'attribute' || (scope.only === 'user' && isCa) || (scope.only === 'ca' && !isCa))
    return 0;
  if (scope.name && !isNamedBy(point, scope.name, certificate, crl)) return 0;
  return maskOf(scope.reasons) & maskOf(point?.reasons);
}

function isNamedBy(
  point: DistributionPoint | undefined,
  name: DistributionPointName,
  certificate: Certificate,
  crl: Crl,
): boolean {
  const ofCrl = new Set(namesOf(name, crl.issuer));
  return pointNames(point, certificate).some((each) => ofCrl.has(each));
}

/** Of a point without a name those of its CRL issuer count. */
function pointNames(point: DistributionPoint | undefined, { issuer }: Certificate): readonly string[] {
  const issuers = directoryNames(point?.crlIssuer);
  if (point?.name) return namesOf(point.name, issuers[0] ?? issuer);
  return (point ? issuers : [issuer]).map((name) => directoryKey(nameKey(name)));
}

/** Strings that are equal for equal names. */
function namesOf(name: DistributionPointName, crlIssuer: DistinguishedName): readonly string[] {
  if (name.kind === 'full') return name.names.map(generalNameKey);
  const full = [...relativeNameKeys(crlIssuer), relativeNameKey(name.name)];
  return [directoryKey(JSON.stringify(full))];
}

const directoryKey = (key: string) => `directory:${key}`;

function generalNameKey({ kind, value }: GeneralName): string {
  if (kind === 'directory') return directoryKey(nameKey(value));
  return `${kind}:${typeof value === 'string' ? value : Buffer.from(value).toString('hex')}`;
}

function directoryNames(names: readonly GeneralName[] = []): readonly DistinguishedName[] {
  return names.flatMap((name) => (name.kind === 'directory' ? [name.value] : []));
}

function maskOf(reasons: ReadonlySet<number> | undefined): number {
  if (!reasons) return allReasons;
  let mask = 0;
  for (const bit of reasons) mask |= 1 << bit;
  return mask & allReasons;
}
