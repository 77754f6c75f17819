import { defineMessages } from './define-messages.ts';

/** Logged in, but not admitted to the system asked for. */
export const refusedMessages = defineMessages({
  'refused.title': { zh: '目前無法進入「{system}」', en: 'You cannot enter {system} at present' },
  'refused.signedInAs': { zh: '您已以「{name}」的身分登入。', en: 'You are signed in as {name}.' },
  'refused.why': { zh: '原因', en: 'Why' },
  'refused.whatToDo': { zh: '接下來怎麼做', en: 'What to do' },
  'refused.no-admitting-role.why': {
    zh: '您的帳號沒有這個系統的角色。',
    en: 'Your account holds no role of this system.',
  },
  'refused.no-admitting-role.first': {
    zh: '業務上需要使用時，請向所屬機關的業務帳號註冊管理者申請這個系統的角色。',
    en: 'If your duties need it, ask the account registration manager of your agency for a role of this system.',
  },
  'refused.no-admitting-role.second': {
    zh: '角色設定完成後，重新進入這個系統即可，不必另開帳號。',
    en: 'Once the role is given, just enter the system again; no new account is needed.',
  },
  'refused.certificate-required.why': {
    zh: '您有這個系統的角色，但它必須以自然人憑證登入；您這次是以一日密碼登入。',
    en: 'You hold a role of this system, but it asks for a sign-in with your citizen certificate; this time you used a password.',
  },
  'refused.certificate-required.first': {
    zh: '請改用憑證登入後再進入這個系統。',
    en: 'Sign in with your card, then enter the system again.',
  },
  'refused.certificate-required.second': {
    zh: '今日無法使用憑證而業務急需時，請向管理者申請這個系統的未帶憑證角色。',
    en: 'If you cannot use your card today and the work is urgent, ask your manager for the role without certificate.',
  },
  'refused.second-factor-required.why': {
    zh: '您有這個系統的角色，但它要求更嚴謹的登入方式；開帳密碼只能用來開通帳號。',
    en: 'You hold a role of this system, but it asks for a stronger sign-in; the opening password only opens the account.',
  },
  'refused.second-factor-required.first': {
    zh: '請登出後，改以一日密碼與檢查碼登入。',
    en: 'Sign out, then sign in with password and check code.',
  },
  'refused.second-factor-required.second': {
    zh: '若已註冊自然人憑證，也可以憑證登入。',
    en: 'If your card is registered, you can sign in with it as well.',
  },
  'refused.back': { zh: '回到{system}', en: 'Back to {system}' },
  'refused.back.hint': {
    zh: '返回後，該系統會收到「未獲准登入」的通知。',
    en: 'The system will be told that you were not admitted.',
  },
  'refused.home': { zh: '前往我的首頁', en: 'Go to my home' },
  'refused.owner': { zh: '主管單位：{owner}', en: 'Owned by {owner}' },
});
