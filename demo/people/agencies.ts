/** A fictitious county: its organisations as an OID tree of three levels, and a fictitious central agency. */
import type { Agency, Unit } from '#domain/account.ts';
import type { Organization } from '#domain/directory.ts';
import { parseOid, type Oid } from '#domain/oid.ts';

function oid(text: string): Oid {
  const parsed = parseOid(text);
  if (!parsed) throw new Error(`${text} is not an OID`);
  return parsed;
}

export const county: Agency = {
  oid: oid('2.16.886.101.90027'),
  code: '399900000A',
  name: '雲峰縣政府',
};

/** Second level: a department, and a township whose accounts have no unit. */
export const department: Unit = { oid: oid('2.16.886.101.90027.20002'), name: '建設處' };
export const township: Agency = {
  oid: oid('2.16.886.101.90027.20005'),
  code: '399910000A',
  name: '雲峰縣青楓鎮公所',
};

/** Third level: the department's sections. */
export const commerce: Unit = { oid: oid('2.16.886.101.90027.20002.20011'), name: '建設處工商管理科' };
export const factories: Unit = { oid: oid('2.16.886.101.90027.20002.20012'), name: '建設處工廠管理科' };

export const centralAgency: Agency = {
  oid: oid('2.16.886.101.90001'),
  code: 'A99900000E',
  name: '中央商業主管機關（虛構）',
};

export const organizations: readonly Organization[] = [
  county,
  department,
  commerce,
  factories,
  township,
  centralAgency,
];
