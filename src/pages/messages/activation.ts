import { defineMessages } from './define-messages.ts';

/** Opening the account: where one stands, and the rules of use. */
export const activationMessages = defineMessages({
  'activation.step.agree': { zh: '同意規範並修改密碼', en: 'Agree and change password' },
  'activation.step.logIn': { zh: '以新密碼重新登入', en: 'Sign in with the new password' },
  'activation.step.card': { zh: '註冊自然人憑證', en: 'Register your card' },
  'activation.rules.title': { zh: '使用規範與個人資料告知', en: 'Rules of use and your personal data' },
  'activation.rules.lead.first-login': {
    zh: '首次使用前，請閱讀並同意下列規範。同意後接著設定您自己的密碼。',
    en: 'Before first use, please read the rules below and agree to them. Next you choose your own password.',
  },
  'activation.rules.lead.new-version': {
    zh: '規範已有新版本。請閱讀並同意後繼續登入。',
    en: 'There is a new version of the rules. Please read it and agree to continue signing in.',
  },
  'activation.rules.region': { zh: '規範全文', en: 'Text of the rules' },
  'activation.rules.version': { zh: '版本 {version}', en: 'Version {version}' },
  'activation.rules.agree': { zh: '我已閱讀並同意上述規範', en: 'I have read these rules and agree to them' },
  'activation.rules.submit': { zh: '同意並繼續', en: 'Agree and continue' },
  'activation.rules.submit.busy': { zh: '處理中…', en: 'One moment…' },
  'activation.rules.decline': { zh: '不同意，結束登入', en: 'I do not agree; end sign-in' },
  'activation.rules.error.agree': {
    zh: '須勾選同意才能繼續；若不同意，請選擇結束登入。',
    en: 'Tick the box to continue, or end the sign-in if you do not agree.',
  },
});
