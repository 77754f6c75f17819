/**
 * What RFC 5280 demands of every certificate by itself, wherever it stands in a path (sections 4.1 and 4.2). PKITS sets the limits of
 * strictness: negative serials, and basic and policy constraints that are not critical, occur there in valid paths.
 */
import type { Certificate } from '../certificate.ts';
import { extensionIds, type ExtensionName } from '../extensions/extensions.ts';
import { isSameName } from '../name-matching.ts';
import { refuse, type Refused } from '../verdict.ts';
import { isWellFormedName } from './alternative-names.ts';

const mostSerialOctets = 20;

const neverCritical: readonly ExtensionName[] = [
  'authorityKeyId',
  'subjectKeyId',
  'subjectDirectoryAttributes',
  'authorityInfoAccess',
  'subjectInfoAccess',
  'freshestCrl',
];

/** Known qualifiers (section 4.2.1.4): a critical policies extension with another one cannot be understood. */
const knownQualifiers: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.2.1', '1.3.6.1.5.5.7.2.2']);

type Rule = (certificate: Certificate) => string | undefined;

const rules: readonly Rule[] = [
  ({ version }) => (version === 3 ? undefined : 'not-version-3'),
  ({ issuer }) => (issuer.rdns.length === 0 ? 'empty-issuer' : undefined),
  subjectFault,
  criticalityFault,
  caExtensionFault,
  alternativeNameFault,
];

/** Undefined when there is nothing to object to. */
export function findProfileFault(certificate: Certificate): Refused | undefined {
  for (const rule of rules) {
    const fault = rule(certificate);
    if (fault !== undefined) return refuse('malformed', fault);
  }
  return understandingFault(certificate);
}

/** What holds below the anchor alone: anchors are what somebody configured, and their serial identifies nothing. */
export function findIssuedFault(certificate: Certificate): Refused | undefined {
  const { serial, extensions, issuer, subject } = certificate;
  if (serial === '00') return refuse('malformed', 'serial-zero');
  if (serial.length > 2 * mostSerialOctets) return refuse('malformed', 'serial-too-long');
  const isSelfSigned =
    extensions.subjectKeyId === extensions.authorityKeyId?.keyId && isSameName(issuer, subject);
  // Section 4.2.1.1: in every certificate except self-signed ones.
  if (extensions.authorityKeyId?.keyId === undefined && !isSelfSigned) {
    return refuse('malformed', 'no-authority-key-id');
  }
  return undefined;
}

/** Section 4.1.2.6: a name, in the subject or, for others than CAs, in a critical subjectAltName. */
function subjectFault({ subject, extensions }: Certificate): string | undefined {
  if (subject.rdns.length > 0) return undefined;
  if (extensions.basicConstraints?.isCa) return 'ca-without-subject';
  return extensions.all.get(extensionIds.subjectAltNames)?.isCritical ? undefined : 'empty-subject';
}

function criticalityFault({ extensions }: Certificate): string | undefined {
  const isCritical = (name: ExtensionName) => extensions.all.get(extensionIds[name])?.isCritical;
  if (neverCritical.some((name) => isCritical(name) === true)) return 'must-not-be-critical';
  return isCritical('nameConstraints') === false ? 'must-be-critical' : undefined;
}

/** Sections 4.2.1.2, 4.2.1.3, 4.2.1.9 and 4.2.1.10: what CAs must have, and what others must not. */
function caExtensionFault({ extensions }: Certificate): string | undefined {
  const { basicConstraints, keyUsage, nameConstraints, subjectKeyId } = extensions;
  if (basicConstraints?.isCa) return subjectKeyId === undefined ? 'no-subject-key-id' : undefined;
  if (keyUsage?.has('keyCertSign')) return 'cert-sign-without-ca';
  return nameConstraints ? 'name-constraints-without-ca' : undefined;
}

function alternativeNameFault({ extensions }: Certificate): string | undefined {
  const isGood = extensions.subjectAltNames?.every((name) => isWellFormedName(name)) ?? true;
  return isGood ? undefined : 'bad-alternative-name';
}

function understandingFault({ extensions }: Certificate): Refused | undefined {
  if (extensions.unknownCritical.length > 0) return refuse('untrusted', 'unknown-critical-extension');
  // It is read, but nothing here acts on it.
  if (extensions.all.get(extensionIds.issuerAltNames)?.isCritical) {
    return refuse('untrusted', 'unknown-critical-extension');
  }
  const qualifiers = extensions.policies?.flatMap((policy) => policy.qualifiers) ?? [];
  const isCritical = extensions.all.get(extensionIds.policies)?.isCritical;
  if (isCritical && qualifiers.some((qualifier) => !knownQualifiers.has(qualifier))) {
    return refuse('untrusted', 'unknown-policy-qualifier');
  }
  return undefined;
}
