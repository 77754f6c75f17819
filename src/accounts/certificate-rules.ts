/** Which certificate an account takes, and which it gives back (certificates §1, domain §3). Pure. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Account } from '#domain/account.ts';
import type { PresentedCertificate } from '#certificates/presented-certificate.ts';
import {
  isInTime,
  isSameCertificate,
  type CertificateBinding,
  type CertificateKey,
  type FormerCertificate,
} from '#domain/certificate-binding.ts';
import type { NationalId } from '#domain/national-id.ts';

export type RegistrationRefusal =
  /** The account is not in use. */
  | 'not-enabled'
  /** Made out to an organisation, or to nobody that it says. */
  | 'not-a-person'
  /** Of somebody whose national ID ends otherwise, or that does not say how it ends. */
  | 'other-holder'
  /** The same digits, and another name: for the manager to look at. */
  | 'name-mismatch'
  /** This very certificate is registered to the account. */
  | 'already-registered';

/** The lists that the account has once the certificate is registered, or taken away. */
export interface CertificateLists {
  readonly certificates: readonly CertificateBinding[];
  readonly formerCertificates: readonly FormerCertificate[];
}

export type RegistrationVerdict =
  | {
      readonly ok: true;
      readonly binding: CertificateBinding;
      /** What the new one takes the place of. */
      readonly replaced: readonly CertificateBinding[];
      readonly lists: CertificateLists;
    }
  | { readonly ok: false; readonly reason: RegistrationRefusal };

/** How many former certificates stay with the account; the audit trail has them all. */
const mostFormer = 20;

/**
 * Whether `presented`, which has been verified, becomes a certificate of `account`. It takes the place of what is
 * registered of the same medium: a renewed card, of the same subject serial number or not, ends the one before.
 */
export function judgeRegistration(
  account: Account,
  nationalId: NationalId,
  presented: PresentedCertificate,
  now: Date,
): RegistrationVerdict {
  if (account.status !== 'enabled') return { ok: false, reason: 'not-enabled' };
  const { holderKind, subjectSerial, lastFour } = presented;
  if (holderKind !== 'natural-person' || !/^\d{16}$/.test(subjectSerial ?? ''))
    return { ok: false, reason: 'not-a-person' };
  if (lastFour === undefined || !isEqual(lastFour, lastFourOf(nationalId)))
    return { ok: false, reason: 'other-holder' };
  if (comparableName(presented.subjectName) !== comparableName(account.name))
    return { ok: false, reason: 'name-mismatch' };
  if (account.certificates.some((bound) => isSameCertificate(bound, presented)))
    return { ok: false, reason: 'already-registered' };
  const { der: _der, lastFour: _lastFour, ...facts } = presented;
  const binding = { ...facts, holderKind, registeredAt: now };
  const replaced = account.certificates.filter(({ medium }) => medium === binding.medium);
  const kept = account.certificates.filter(({ medium }) => medium !== binding.medium);
  return {
    ok: true,
    binding,
    replaced,
    lists: {
      certificates: [...kept, binding],
      formerCertificates: withEnded(account.formerCertificates, replaced, now, 'replaced'),
    },
  };
}

export type RemovalRefusal = 'not-registered' | 'last-way-in';

export type RemovalVerdict =
  | { readonly ok: true; readonly removed: CertificateBinding; readonly lists: CertificateLists }
  | { readonly ok: false; readonly reason: RemovalRefusal };

/** Whether the person may take the certificate away: not while it is the last way to log in. */
export function judgeRemoval(account: Account, key: CertificateKey, now: Date): RemovalVerdict {
  const removed = account.certificates.find((bound) => isSameCertificate(bound, key));
  if (!removed) return { ok: false, reason: 'not-registered' };
  const certificates = account.certificates.filter((bound) => bound !== removed);
  if (waysIn({ certificates }, now).length === 0) return { ok: false, reason: 'last-way-in' };
  const formerCertificates = withEnded(account.formerCertificates, [removed], now, 'removed');
  return { ok: true, removed, lists: { certificates, formerCertificates } };
}

/**
 * Whether the certificates of an account fit no more once its national ID is `after`: what they say of their holder is how that
 * ends. A correction further in front leaves them.
 */
export function isOtherHolder(before: NationalId, after: NationalId): boolean {
  return lastFourOf(before) !== lastFourOf(after);
}

/** The lists of an account whose `removed` certificates a manager has taken away at `now`. */
export function withoutCertificates(
  { certificates, formerCertificates }: CertificateLists,
  removed: readonly CertificateBinding[],
  now: Date,
): CertificateLists {
  return {
    certificates: certificates.filter((bound) => !removed.includes(bound)),
    formerCertificates: withEnded(formerCertificates, removed, now, 'withdrawn'),
  };
}

/** A way to log in on any day, without anybody's help. */
export interface WayIn {
  readonly kind: 'certificate';
  readonly certificate: CertificateBinding;
}

/**
 * The ways in that an account has at `now`. A password is none: it logs in on single days, or with a second factor
 * that would be a way in by itself.
 */
export function waysIn({ certificates }: Pick<Account, 'certificates'>, now: Date): readonly WayIn[] {
  return certificates
    .filter((certificate) => isInTime(certificate, now))
    .map((certificate) => ({ kind: 'certificate', certificate }));
}

export type CertificateStanding = 'not-yet-valid' | 'valid' | 'ending' | 'expired';

/** How a registered certificate stands in its time; `ending` from `warnDays` before its end on. */
export function certificateStanding(
  certificate: CertificateBinding,
  now: Date,
  warnDays: number,
): CertificateStanding {
  if (now < certificate.notBefore) return 'not-yet-valid';
  const daysLeft = daysLeftOf(certificate, now);
  if (daysLeft === undefined) return 'expired';
  return daysLeft <= warnDays ? 'ending' : 'valid';
}

/** Whole days until the certificate ends, the last one 0; undefined once it has. */
export function daysLeftOf({ notAfter }: CertificateBinding, now: Date): number | undefined {
  const left = notAfter.getTime() - now.getTime();
  return left < 0 ? undefined : Math.floor(left / (24 * 3_600_000));
}

/** Names as they are compared: one form of each character (NFKC), no space around, one space within. */
export function comparableName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ');
}

const lastFourOf = (nationalId: NationalId) => nationalId.slice(-4);

/** The former certificates once `ended` are among them. */
function withEnded(
  former: readonly FormerCertificate[],
  ended: readonly CertificateBinding[],
  endedAt: Date,
  reason: FormerCertificate['reason'],
): readonly FormerCertificate[] {
  const added = ended.map((certificate) => ({ certificate, endedAt, reason }));
  return [...added, ...former].slice(0, mostFormer);
}

function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
