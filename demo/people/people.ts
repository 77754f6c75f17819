/** The demo's people: invented, one in each state that a login can meet. */
import type { Agency, Office, Unit } from '#domain/account.ts';
import { centralAgency, commerce, county, department, factories, township } from './agencies.ts';

/** The state somebody is brought into; what the calendar takes away is given back at every start. */
export type Plan =
  /** Not opened; the opening password is good today. */
  | 'not-opened'
  /** Activated a short while ago, no card yet. */
  | 'grace'
  /** Activated long ago, a one-day password enabled today. */
  | 'one-day'
  /** Activated long ago, none enabled. */
  | 'not-today'
  | 'disabled';

export interface DemoPerson {
  readonly nationalId: string;
  readonly name: string;
  readonly nameEn: string;
  /** `MMDD` */
  readonly birthday: string;
  readonly email: string;
  readonly agency: Agency;
  readonly unit?: Unit;
  readonly title?: string;
  readonly office?: Office;
  readonly categories?: readonly string[];
  readonly roles: readonly string[];
  readonly plan: Plan;
  /** What they log in with unless they have changed it; nobody has one before the account is opened. */
  readonly password?: string;
  /** What else is to be seen with this person, in few words. */
  readonly shows?: { readonly zh: string; readonly en: string };
}

const ofCommerce = { agency: county, unit: commerce } as const;

export const people: readonly DemoPerson[] = [
  {
    nationalId: 'A200027013',
    name: '何初啟',
    nameEn: 'Ho Chu-chi',
    birthday: '0315',
    email: 'ho.chuchi@example.test',
    ...ofCommerce,
    title: '科員',
    roles: ['csm_user', 'csm_user_nocert', 'fms_nocert'],
    plan: 'not-opened',
  },
  {
    nationalId: 'B100027030',
    name: '鄭待開',
    nameEn: 'Cheng Tai-kai',
    birthday: '0702',
    email: 'cheng.taikai@example.test',
    agency: township,
    title: '課員',
    roles: ['csm_user_nocert', 'bms_nocert'],
    plan: 'not-opened',
    shows: { zh: '沒有單位', en: 'has no unit' },
  },
  {
    nationalId: 'C200027060',
    name: '溫新來',
    nameEn: 'Wen Hsin-lai',
    birthday: '1120',
    email: 'wen.hsinlai@example.test',
    agency: county,
    unit: factories,
    roles: ['csm_user_nocert', 'fms_user', 'fms_nocert'],
    plan: 'not-opened',
  },
  {
    nationalId: 'D100027078',
    name: '施期間',
    nameEn: 'Shih Chi-chien',
    birthday: '0926',
    email: 'shih.chichien@example.test',
    ...ofCommerce,
    roles: ['csm_user', 'csm_user_nocert', 'fms_nocert', 'psm_bob_6k'],
    plan: 'grace',
    password: 'Paper7-Lantern-Creek',
    shows: {
      zh: '開通後 72 小時內；預查要求憑證',
      en: 'within 72 h of activation; pre asks for a certificate',
    },
  },
  {
    nationalId: 'E200027008',
    name: '林日安',
    nameEn: 'Lin Jih-an',
    birthday: '0518',
    email: 'lin.jihan@example.test',
    ...ofCommerce,
    title: '科員',
    roles: ['csm_user', 'csm_user_nocert', 'fms_user', 'fms_nocert', 'psr_user', 'bms_nocert'],
    plan: 'one-day',
    password: 'Harbour4-Quiet-Maple',
    shows: {
      zh: 'csm、fms、psr 各只得到自己的角色；預查沒有角色',
      en: 'csm, fms and psr each get their own role; pre refuses',
    },
  },
  {
    nationalId: 'F100027016',
    name: '周改日',
    nameEn: 'Chou Kai-jih',
    birthday: '0111',
    email: 'chou.kaijih@example.test',
    agency: township,
    roles: ['csm_user', 'csm_user_nocert'],
    plan: 'not-today',
    password: 'Copper8-Kettle-North',
    shows: { zh: '按「寄送檢查碼」後信件會說明', en: 'after “Send me a code” a mail says why' },
  },
  {
    nationalId: 'G100027035',
    name: '吳停用',
    nameEn: 'Wu Ting-yung',
    birthday: '0830',
    email: 'wu.tingyung@example.test',
    ...ofCommerce,
    roles: ['csm_user_nocert'],
    plan: 'disabled',
    password: 'Willow6-Garden-Gate',
    shows: { zh: '按「寄送檢查碼」後信件會說明', en: 'after “Send me a code” a mail says why' },
  },
  {
    nationalId: 'F200027027',
    name: '蔡無職',
    nameEn: 'Tsai Wu-chih',
    birthday: '0404',
    email: 'tsai.wuchih@example.test',
    agency: township,
    roles: [],
    plan: 'one-day',
    password: 'Bridge3-Silver-Cloud',
    shows: { zh: '沒有任何系統的角色：各系統都進不去', en: 'holds no role: no system admits' },
  },
  {
    nationalId: 'E100027097',
    name: '江動產',
    nameEn: 'Chiang Tung-chan',
    birthday: '1009',
    email: 'chiang.tungchan@example.test',
    ...ofCommerce,
    roles: ['psr_admin'],
    plan: 'one-day',
    password: 'Meadow5-Blue-Ferry',
    shows: { zh: '只有 psr_admin：動產擔保要求憑證', en: 'psr_admin alone: psr asks for a certificate' },
  },
  {
    nationalId: 'D200027089',
    name: '高主管',
    nameEn: 'Kao Chu-kuan',
    birthday: '0623',
    email: 'kao.chukuan@example.test',
    agency: county,
    unit: department,
    title: '處長',
    office: 'manager',
    categories: ['csm', 'bms', 'fms'],
    roles: ['csm_admin', 'csm_admin_nocert'],
    plan: 'one-day',
    password: 'Pepper9-Window-Tide',
    shows: { zh: '建設處的註冊管理者', en: 'manager of the department' },
  },
  {
    nationalId: 'C100027059',
    name: '韓承辦',
    nameEn: 'Han Cheng-pan',
    birthday: '1212',
    email: 'han.chengpan@example.test',
    agency: centralAgency,
    title: '專員',
    office: 'programme-officer',
    roles: ['csm_admin', 'csm_admin_nocert'],
    plan: 'one-day',
    password: 'Orchid2-Stone-Valley',
    shows: { zh: '計畫承辦人', en: 'programme officer' },
  },
];
