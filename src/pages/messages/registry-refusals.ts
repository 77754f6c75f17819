import { defineMessages } from './define-messages.ts';

/** Why a manager may not, by the reason that permission.ts or the deed gives; `{about}` is the role, category or field. */
export const registryRefusalMessages = defineMessages({
  'registry.why.certificate-required': {
    zh: '管理功能須以憑證登入後使用。請改以自然人憑證登入。',
    en: 'These functions need a session signed in with a certificate. Please sign in with your card.',
  },
  'registry.why.not-a-manager': {
    zh: '您不是業務帳號註冊管理者，不能使用這項功能。',
    en: 'You are not an account registration manager and cannot use this function.',
  },
  'registry.why.scope-missing': {
    zh: '用戶端的權杖沒有這項功能所需的授權範圍。',
    en: "The client's token lacks the scope that this function needs.",
  },
  'registry.why.own-account': {
    zh: '不能變更自己的帳號。請由上層管理者或計畫承辦人辦理。',
    en: 'Nobody changes their own account here. A manager above you, or a programme officer, can.',
  },
  'registry.why.manager-not-below': {
    zh: '這是管理者帳號，只有管轄範圍涵蓋其範圍的上層管理者或計畫承辦人可以變更。',
    en: 'This is a manager. Only a manager whose jurisdiction lies above theirs, or a programme officer, may change it.',
  },
  'registry.why.programme-officers-only': {
    zh: '這項變更由計畫承辦人辦理。',
    en: 'Programme officers alone make this change.',
  },
  'registry.why.outside-jurisdiction': {
    zh: '所選單位不在您的管轄範圍內。',
    en: 'The unit chosen lies outside your jurisdiction.',
  },
  'registry.why.category-not-held': {
    zh: '角色 {about} 所屬的類別不在您可設定的類別之內。',
    en: 'The role {about} belongs to a category that you may not give.',
  },
  'registry.why.unknown-role': { zh: '沒有 {about} 這個角色。', en: 'There is no role {about}.' },
  'registry.why.unknown-category': { zh: '沒有 {about} 這個類別。', en: 'There is no category {about}.' },
  'registry.why.account-not-enabled': {
    zh: '帳號未啟用，不能啟用一日密碼。',
    en: 'The account is not enabled, so that a one-day password cannot be.',
  },
  'registry.why.no-mail-address': {
    zh: '帳號沒有電子郵件地址，無法寄送檢查碼。請先補上地址。',
    en: 'There is no e-mail address to send the check code to. Please add one first.',
  },
  'registry.why.not-enabled-today': {
    zh: '今日沒有啟用中的一日密碼。',
    en: 'No one-day password is enabled for today.',
  },
  'registry.why.never-activated': {
    zh: '帳號尚未由本人開通，不能直接啟用。請還原密碼，由本人完成首次登入。',
    en: 'Its owner has not activated the account, so that it cannot be enabled. Reset the password; the first sign-in opens it.',
  },
  'registry.why.grant-ended': {
    zh: '角色 {about} 的截止日已過。',
    en: 'The last day of the role {about} has passed.',
  },
  'registry.why.role-twice': {
    zh: '角色 {about} 重複。',
    en: 'The role {about} is there twice.',
  },
  'registry.why.too-many-elsewhere': {
    zh: '您最近輸入的人員中，已有多位在您的管轄範圍以外有帳號。為避免探查他人，24 小時內暫停開立帳號與變更身分證字號；急件請洽服務台。',
    en: 'Several of the people you entered lately have accounts outside your jurisdiction. So that nobody is looked up this way, opening accounts and changing national IDs pauses for up to 24 hours; in urgent cases the service desk helps.',
  },
  'registry.why.not-registered': {
    zh: '帳號沒有註冊這張憑證。',
    en: 'That certificate is not registered to the account.',
  },
});
