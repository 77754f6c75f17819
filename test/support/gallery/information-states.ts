/** States of what everybody may know: announcements, downloads, the texts, and the list of managers. */
import type { PublicInformationModel } from '#pages/public-information.ts';
import { parseTextBlocks } from '#pages/text-blocks.ts';
import type { TextPageModel } from '#portal/information/text-page-model.ts';
import type { ManagersModel } from '#portal/managers/managers-model.ts';
import { navigationAt } from './account-states.ts';

export const noInformation: PublicInformationModel = { announcements: [], downloads: [], links: [] };

export const information: PublicInformationModel = {
  announcements: [
    {
      id: 'maintenance',
      warning: true,
      from: new Date('2026-11-20T01:00:00Z'),
      title: '十一月二十八日系統維護',
      body: parseTextBlocks('十一月二十八日（六）22:00 至次日 06:00 暫停服務。\n\n- 請提前完成案件登打。'),
    },
    {
      id: 'rules',
      warning: false,
      from: new Date('2026-11-01T01:00:00Z'),
      title: '使用規範更新',
      body: parseTextBlocks('使用規範自十一月一日起適用新版，登入時請閱讀並同意。'),
    },
  ],
  downloads: [
    { name: '操作手冊', href: '/downloads/manual', kind: 'PDF', size: '2.4 MB' },
    { name: '業務帳號申請表', href: '/downloads/form', kind: 'ODT', size: '38 KB' },
  ],
  links: [{ name: '自然人憑證鎖卡解碼', href: 'https://moica.nat.gov.tw/unblockcard.html' }],
};

export const rulesText = `## 一、帳號之使用

業務帳號僅供經核准之人員本人執行公務使用，不得借予他人，亦不得將查得之資料提供業務以外之用途。

- 人員異動或離職時，應於異動日前提出申請，權限當日終止。
- 一日密碼僅供未能使用憑證之例外情形，並須經核准。
- 發現帳號遭冒用時，應立即通知服務台。

## 二、個人資料之蒐集與利用

為辦理帳號管理、身分確認及稽核，本服務蒐集您的姓名、身分證字號、出生月日、聯絡方式與登入紀錄，利用期間為帳號存續期間及法令所定之保存期間，利用對象為各業務系統之主管機關。

您得依個人資料保護法第三條行使查詢、閱覽、製給複製本、補充或更正等權利。未提供前述資料者，無法開通帳號。`;

export const textStates: Record<string, TextPageModel> = {
  'text-rules': { kind: 'rules', version: '2026-11', blocks: parseTextBlocks(rulesText) },
  'text-privacy': { kind: 'privacy', version: '2026-11', blocks: parseTextBlocks(rulesText) },
};

const managers: ManagersModel = {
  navigation: navigationAt(undefined),
  agency: '市政府',
  categories: [
    { id: 'csm', name: '公司登記與管理', chosen: true },
    { id: 'fms', name: '工廠登記與管理', chosen: false },
  ],
  narrowed: true,
  count: 62,
  managers: [
    {
      name: '陳志明',
      agency: '桃園市政府經濟發展局',
      unit: '工商登記科',
      phone: '03-0000-0000',
      extension: '5201',
      categories: ['公司登記與管理', '工廠登記與管理'],
    },
    { name: '林怡君', agency: '臺中市政府', categories: ['公司登記與管理'] },
  ],
  showsEmail: false,
  page: 1,
  pages: 2,
  nextHref: '#',
};

export const managersStates: Record<string, ManagersModel> = {
  managers,
  'managers-none': { ...managers, count: 0, managers: [], pages: 1 },
};
