/** Invented accounts of a whole administration: agencies, units under them, people spread evenly over the units. */
import { newAccountId } from '#accounts/account-id.ts';
import { parseDay } from '#domain/calendar.ts';
import type { NewAccount } from '#domain/directory.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { inventedNationalId } from '../people.ts';

export const baseDn = 'dc=hufu,dc=test';
/** One and the same key in the process that writes the crowd and the one that reads it. */
export const sealingKey = { id: 'bench', secret: Buffer.alloc(32, 7) };
export const sealing = createKeyRing([sealingKey], systemRandom);

export const agencies = 20;
export const unitsInAgency = 25;

const surnames = [
  ...'陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余趙盧梁顏柯翁魏孫戴',
];
const given = [...'怡君雅婷家豪志明淑芬美玲俊傑建宏佳穎冠宇承恩詠晴柏翰子涵品妍宗翰思妤欣怡偉哲靜宜文雄惠雯'];

export function agencyOid(agency: number): Oid {
  return known(parseOid(`2.16.886.101.90027.${20_000 + agency}`));
}

export function unitOid(agency: number, unit: number): Oid {
  return known(parseOid(`${agencyOid(agency)}.${20_000 + unit}`));
}

/** The `n`th account. */
export function inventedAccount(n: number): NewAccount {
  const agency = n % agencies;
  const unit = Math.floor(n / agencies) % unitsInAgency;
  const day = known(parseDay(`2026-0${1 + (n % 9)}-${String(1 + (n % 28)).padStart(2, '0')}`));
  const name = [pick(surnames, mixed(n)), pick(given, mixed(n + 1)), pick(given, mixed(n + 2) + 1)];
  return {
    id: newAccountId(systemRandom),
    name: name.join(''),
    nationalId: known(parseNationalId(inventedNationalId(n))),
    birthday: '0215',
    agency: { oid: agencyOid(agency), code: '387000000A', name: `測試縣政府第${agency}局` },
    unit: { oid: unitOid(agency, unit), name: `第${unit}科` },
    jurisdictionOid: agencyOid(agency),
    office: 'general',
    categories: [],
    openedOn: day,
    openingDay: day,
    contact: { email: `person${n}@example.test`, title: '科員' },
    grants: [{ role: n % 3 === 0 ? 'csm_user' : 'bms_user' }],
  };
}

/** Scatters names over agencies and units. */
function mixed(n: number): number {
  return Math.imul(n + 1, 0x9e3779b1) >>> 8;
}

function pick(from: readonly string[], n: number): string {
  return from[n % from.length] ?? '';
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an invented value is malformed');
  return value;
}
