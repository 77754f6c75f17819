import { defineMessages } from './define-messages.ts';

/** The frame of every page. */
export const layoutMessages = defineMessages({
  'layout.documentTitle': { zh: '{title}｜{site}', en: '{title} | {site}' },
  'layout.skipToContent': { zh: '跳到主要內容', en: 'Skip to main content' },
  'layout.topMark': { zh: '頁首區：網站名稱與語言切換', en: 'Top of page: site name and language' },
  'layout.contentMark': { zh: '主要內容區', en: 'Main content' },
  'layout.bottomMark': { zh: '頁尾區：服務單位與聯絡方式', en: 'Foot of page: who runs this service' },
  'layout.navigation': { zh: '網站功能', en: 'Site functions' },
  'layout.navigation.home': { zh: '我的首頁', en: 'My home' },
  'layout.navigation.profile': { zh: '個人資料', en: 'Profile' },
  'layout.navigation.certificates': { zh: '憑證', en: 'Certificates' },
  'layout.navigation.password': { zh: '修改密碼', en: 'Password' },
  'layout.navigation.activity': { zh: '登入紀錄', en: 'Activity' },
  'layout.navigation.consents': { zh: '資料提供', en: 'Consents' },
  'layout.navigation.registry': { zh: '註冊服務', en: 'Registration' },
  'layout.navigation.operators': { zh: '系統維運', en: 'Operations' },
  'layout.logOut': { zh: '登出', en: 'Log out' },
  'layout.runBy': { zh: '服務單位：{owner}', en: 'Run by {owner}' },
  'layout.helpDesk': { zh: '需要協助', en: 'Need help?' },
  'layout.helpDesk.phone': { zh: '電話', en: 'Telephone' },
  'layout.helpDesk.email': { zh: '電子郵件', en: 'E-mail' },
  'layout.helpDesk.hours': { zh: '服務時間', en: 'Hours' },
  'layout.steps': { zh: '目前步驟', en: 'Where you are' },
});
