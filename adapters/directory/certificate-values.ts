/**
 * Certificates of an account as attribute values: the facts as JSON with every key a word, the unique keys, and the
 * times of use, which are kept apart so that a login writes nothing but them.
 */
import { z } from 'zod';
import {
  certificateMedia,
  formerReasons,
  holderKinds,
  isCertificateBinding,
  type CertificateBinding,
  type CertificateKey,
  type FormerCertificate,
} from '#domain/certificate-binding.ts';
import { formatTime, parseTime } from './ldap-values.ts';

const time = z.string().transform((text, context) => {
  const parsed = parseTime(text);
  if (parsed) return parsed;
  context.addIssue('no time');
  return z.NEVER;
});

const bindingValue = z.object({
  issuer: z.string(),
  serial: z.string(),
  kind: z.enum(holderKinds),
  subjectSerial: z.string().exactOptional(),
  fingerprint: z.string(),
  subject: z.string(),
  issuerName: z.string(),
  notBefore: time,
  notAfter: time,
  medium: z.enum(certificateMedia),
  registeredAt: time,
});

const formerValue = bindingValue.extend({
  lastUsedAt: time.exactOptional(),
  endedAt: time,
  reason: z.enum(formerReasons),
});

/** Unique keys (settled: twice): the certificate itself, and its holder, so that no two people share one's cards. */
export function certificateKeys(bindings: readonly CertificateBinding[]): string[] {
  const keys = bindings.flatMap((binding) => [
    certificateIndex(binding),
    ...(binding.subjectSerial === undefined ? [] : [`s.${binding.holderKind}.${binding.subjectSerial}`]),
  ]);
  return [...new Set(keys)];
}

export function certificateIndex(key: CertificateKey): string {
  return `i.${nameOf(key)}`;
}

export function formatCertificate(binding: CertificateBinding): string {
  return JSON.stringify(factsOf(binding));
}

export function formatFormerCertificate({ certificate, endedAt, reason }: FormerCertificate): string {
  const { lastUsedAt } = certificate;
  return JSON.stringify({
    ...factsOf(certificate),
    ...(lastUsedAt && { lastUsedAt: formatTime(lastUsedAt) }),
    endedAt: formatTime(endedAt),
    reason,
  });
}

/** One value for every certificate that was used: time, space, `<issuer key id>.<serial>`. */
export function formatUses(bindings: readonly CertificateBinding[]): string[] {
  return bindings.flatMap((binding) =>
    binding.lastUsedAt ? [`${formatTime(binding.lastUsedAt)} ${nameOf(binding)}`] : [],
  );
}

export function parseCertificate(value: string): CertificateBinding | undefined {
  const parsed = bindingValue.safeParse(parseJson(value));
  return parsed.success ? wellFormed(bindingOf(parsed.data)) : undefined;
}

export function parseFormerCertificate(value: string): FormerCertificate | undefined {
  const parsed = formerValue.safeParse(parseJson(value));
  if (!parsed.success) return undefined;
  const { lastUsedAt, endedAt, reason } = parsed.data;
  const certificate = wellFormed({ ...bindingOf(parsed.data), ...(lastUsedAt && { lastUsedAt }) });
  return certificate && { certificate, endedAt, reason };
}

/** The bindings with their times of use, the one registered first in front. */
export function withUses(
  bindings: readonly CertificateBinding[],
  uses: readonly string[],
): CertificateBinding[] {
  const times = new Map(uses.map((value) => value.split(' ', 2).toReversed() as [string, string]));
  return bindings
    .map((binding) => {
      const lastUsedAt = parseTime(times.get(nameOf(binding)) ?? '');
      return lastUsedAt ? { ...binding, lastUsedAt } : binding;
    })
    .toSorted((a, b) => a.registeredAt.getTime() - b.registeredAt.getTime());
}

export function byEnd(a: FormerCertificate, b: FormerCertificate): number {
  return b.endedAt.getTime() - a.endedAt.getTime();
}

function nameOf({ issuerKeyId, serial }: CertificateKey): string {
  return `${issuerKeyId}.${serial}`;
}

function factsOf(binding: CertificateBinding): z.input<typeof bindingValue> {
  const { subjectSerial } = binding;
  return {
    issuer: binding.issuerKeyId,
    serial: binding.serial,
    kind: binding.holderKind,
    ...(subjectSerial !== undefined && { subjectSerial }),
    fingerprint: binding.fingerprint,
    subject: binding.subjectName,
    issuerName: binding.issuerName,
    notBefore: formatTime(binding.notBefore),
    notAfter: formatTime(binding.notAfter),
    medium: binding.medium,
    registeredAt: formatTime(binding.registeredAt),
  };
}

function bindingOf(value: z.output<typeof bindingValue>): CertificateBinding {
  const { subjectSerial } = value;
  return {
    issuerKeyId: value.issuer,
    serial: value.serial,
    holderKind: value.kind,
    ...(subjectSerial !== undefined && { subjectSerial }),
    fingerprint: value.fingerprint,
    subjectName: value.subject,
    issuerName: value.issuerName,
    notBefore: value.notBefore,
    notAfter: value.notAfter,
    medium: value.medium,
    registeredAt: value.registeredAt,
  };
}

function wellFormed(binding: CertificateBinding): CertificateBinding | undefined {
  return isCertificateBinding(binding) ? binding : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
