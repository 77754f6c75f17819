import { defineMessages } from './define-messages.ts';

/** Consent: what a relying party that is not one of the hub's own asks to be given. */
export const consentMessages = defineMessages({
  'consent.title': { zh: '「{system}」請求取得您的資料', en: '{system} asks for your data' },
  'consent.documentTitle': { zh: '「{system}」等候您決定', en: '{system} waits for your decision' },
  'consent.lead': {
    zh: '同意後，這個系統會取得下列資料；未列出的資料不會提供。',
    en: 'If you agree, this system is given the data below, and nothing that is not listed.',
  },
  'consent.scope.openid': { zh: '登入識別', en: 'Your sign-in' },
  'consent.scope.openid.detail': {
    zh: '一組不含個人資料的帳號代碼，以及您登入的方式與時間',
    en: 'An account identifier that tells nothing about you, and how and when you signed in',
  },
  'consent.scope.profile': { zh: '姓名', en: 'Name' },
  'consent.scope.profile.detail': { zh: '您的姓名', en: 'Your name' },
  'consent.scope.email': { zh: '電子信箱', en: 'E-mail' },
  'consent.scope.email.detail': {
    zh: '您留存的電子信箱及是否已確認',
    en: 'Your address on file and whether it is confirmed',
  },
  'consent.scope.phone': { zh: '電話', en: 'Telephone' },
  'consent.scope.phone.detail': { zh: '您留存的公務電話', en: 'Your office telephone number' },
  'consent.scope.organization': { zh: '所屬機關與職稱', en: 'Agency and title' },
  'consent.scope.organization.detail': {
    zh: '機關與單位的名稱、代碼、OID，以及您的職稱',
    en: 'Names, codes and OIDs of your agency and unit, and your title',
  },
  'consent.scope.roles': { zh: '角色', en: 'Roles' },
  'consent.scope.roles.detail': { zh: '您在這個系統的角色代碼', en: 'Your role codes in this system' },
  'consent.scope.national_id': { zh: '身分證字號', en: 'National ID' },
  'consent.scope.national_id.detail': {
    zh: '您的身分證字號；每次提供都會留下紀錄',
    en: 'Your national ID number; every release is recorded',
  },
  'consent.scope.offline_access': { zh: '持續存取', en: 'Lasting access' },
  'consent.scope.offline_access.detail': {
    zh: '在您登出之前，不需再次詢問即可更新上列資料',
    en: 'It may refresh the data above without asking again until you sign out',
  },
  'consent.scope.other': { zh: '其他權限', en: 'Further permission' },
  'consent.native.title': { zh: '「{system}」請求以您的帳號登入', en: '{system} asks to sign you in' },
  'consent.native.lead': {
    zh: '您裝置上的應用程式要以您的帳號登入，不會取得新的資料。如果您剛才沒有開啟這個應用程式，請不要繼續。',
    en: 'This app on your device asks to sign you in. It is given nothing new. If you have not just opened the app yourself, do not go on.',
  },
  'consent.native.agree': { zh: '繼續登入', en: 'Sign in' },
  'consent.native.decline': { zh: '取消', en: 'Cancel' },
  'consent.agree': { zh: '同意並繼續', en: 'Agree and continue' },
  'consent.decline': { zh: '不同意，返回系統', en: 'I do not agree; go back' },
  'consent.hint': {
    zh: '同意後不再詢問，直到您撤回為止；您可以隨時在「我的首頁」撤回。',
    en: 'You are not asked again until you withdraw your consent, which you can do at any time on My home.',
  },
});
