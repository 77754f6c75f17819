import { certificateStanding, daysLeftOf, judgeRemoval } from '#accounts/certificate-rules.ts';
import type { Account } from '#domain/account.ts';
import { dayOf } from '#domain/calendar.ts';
import type { CertificateBinding, FormerCertificate } from '#domain/certificate-binding.ts';
import type { ShownCertificate, ShownFormerCertificate } from './certificates-model.ts';

export const certificatesPath = '/certificates';
export const removePath = '/certificates/remove';
export const registerPath = '/certificates/register';
export const challengePath = '/certificates/register/challenge';
export const logInPath = '/certificates/log-in';

/** The account's certificates as its owner sees them. */
export function shownCertificates(account: Account, now: Date, warnDays: number): ShownCertificate[] {
  return account.certificates.map((binding) => shownCertificate(account, binding, now, warnDays));
}

export function shownCertificate(
  account: Account,
  binding: CertificateBinding,
  now: Date,
  warnDays: number,
): ShownCertificate {
  const daysLeft = daysLeftOf(binding, now);
  const isRemovable = judgeRemoval(account, binding, now).ok;
  const query = new URLSearchParams({ certificate: binding.fingerprint }).toString();
  return {
    medium: binding.medium,
    subjectName: binding.subjectName,
    issuerName: binding.issuerName,
    serial: binding.serial,
    notBefore: dayOf(binding.notBefore),
    notAfter: dayOf(binding.notAfter),
    standing: certificateStanding(binding, now, warnDays),
    ...(daysLeft !== undefined && { daysLeft }),
    registeredAt: binding.registeredAt,
    ...(binding.lastUsedAt && { lastUsedAt: binding.lastUsedAt }),
    ...(isRemovable && { removeHref: `${removePath}?${query}` }),
  };
}

export function shownFormer({ certificate, endedAt, reason }: FormerCertificate): ShownFormerCertificate {
  const { medium, serial, notAfter, registeredAt } = certificate;
  return { medium, serial, notAfter: dayOf(notAfter), registeredAt, endedAt, reason };
}
