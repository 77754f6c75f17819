import { defineMessages } from './define-messages.ts';

/** Announcements in the registration service (公告). */
export const registryNoticesMessages = defineMessages({
  'registry.place.notices': { zh: '公告', en: 'Announcements' },
  'registry.place.notices.body': {
    zh: '撰寫登入頁與我的首頁的公告，設定起訖時間。',
    en: 'Write what stands on the login page and on my home, from when until when.',
  },
  'registry.notices.lead': {
    zh: '儲存後立即出現在登入頁與我的首頁。設定檔中的公告只供查閱。',
    en: 'Saved, it stands on the login page and on my home at once. Those of the configuration are shown for reading.',
  },
  'registry.notices.add': { zh: '新增公告', en: 'Add an announcement' },
  'registry.notices.back': { zh: '返回公告', en: 'Back to announcements' },
  'registry.notices.title': { zh: '標題', en: 'Title' },
  'registry.notices.from': { zh: '開始時間', en: 'Shown from' },
  'registry.notices.until': { zh: '結束時間', en: 'Shown until' },
  'registry.notices.until.hint': { zh: '臺北時間；到時自動不再顯示', en: 'Taipei time; it goes by itself' },
  'registry.notices.state': { zh: '狀態', en: 'State' },
  'registry.notices.state.later': { zh: '尚未開始', en: 'Not yet shown' },
  'registry.notices.state.shown': { zh: '顯示中', en: 'Shown' },
  'registry.notices.state.over': { zh: '已結束', en: 'Over' },
  'registry.notices.level': { zh: '重要程度', en: 'Level' },
  'registry.notices.level.hint': {
    zh: '重要公告排在最前並以紅色標示',
    en: 'Important ones stand first and in red',
  },
  'registry.notices.level.info': { zh: '一般', en: 'Ordinary' },
  'registry.notices.level.warning': { zh: '重要', en: 'Important' },
  'registry.notices.titleZh': { zh: '中文標題', en: 'Title in Chinese' },
  'registry.notices.bodyZh': { zh: '中文內容', en: 'Text in Chinese' },
  'registry.notices.titleEn': { zh: '英文標題', en: 'Title in English' },
  'registry.notices.bodyEn': { zh: '英文內容', en: 'Text in English' },
  'registry.notices.body.hint': {
    zh: '純文字，空一行分段，行首加「- 」為條列；最多 2000 字',
    en: 'Plain text; empty lines part paragraphs, lines that begin with “- ” make a list; at most 2000 characters',
  },
  'registry.notices.preview': { zh: '預覽', en: 'How it will look' },
  'registry.notices.preview.button': { zh: '預覽', en: 'Preview' },
  'registry.notices.form.add': { zh: '新增公告', en: 'Add an announcement' },
  'registry.notices.form.change': { zh: '修改公告', en: 'Change an announcement' },
  'registry.notices.notice.saved': { zh: '公告已儲存', en: 'The announcement has been saved' },
  'registry.notices.notice.removed': { zh: '公告已刪除', en: 'The announcement has been removed' },
  'registry.notices.empty': { zh: '沒有公告', en: 'There is none' },
  'registry.notices.empty.body': {
    zh: '需要通知使用者時，請新增一則。',
    en: 'Add one when people are to be told something.',
  },
  'registry.notices.ask': { zh: '刪除這則公告？', en: 'Remove this announcement?' },
  'registry.notices.ask.body': {
    zh: '立即從登入頁與我的首頁消失，無法復原。稽核紀錄保留內容。',
    en: 'It goes from the login page and my home at once, for good. The audit trail keeps what it said.',
  },
  'registry.notices.error.title': {
    zh: '請填一行文字，最多 200 字',
    en: 'Give one line of text of at most 200 characters',
  },
  'registry.notices.error.body': {
    zh: '請填內容，最多 2000 字',
    en: 'Give a text of at most 2000 characters',
  },
  'registry.notices.error.from': { zh: '請填日期與時間', en: 'Give a date and a time' },
  'registry.notices.error.until': {
    zh: '請填晚於開始的日期與時間',
    en: 'Give a date and a time after the beginning',
  },
});
