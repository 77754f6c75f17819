import { defineMessages } from './define-messages.ts';

/** Why a signature made by a card is refused, and what to do next: at login and at registration. */
export const cardVerdictMessages = defineMessages({
  'card.verdict.no-challenge': {
    zh: '這次的簽署已逾時或已使用過。',
    en: 'This signature came too late, or was used already.',
  },
  'card.verdict.no-challenge.next': {
    zh: '頁面已備妥新的簽署文字，請重新輸入 PIN 碼再按一次按鈕。',
    en: 'The page now has a new text to sign: please enter the PIN and press the button again.',
  },
  'card.verdict.foreign-challenge': {
    zh: '簽署的文字不屬於這次的操作。',
    en: 'What was signed does not belong to this page.',
  },
  'card.verdict.foreign-challenge.next': {
    zh: '若您同時開了兩個分頁，請只在最後開啟的分頁操作；頁面已備妥新的簽署文字，請再試一次。',
    en: 'If the page is open in two tabs, use the one opened last. There is a new text to sign; please try again.',
  },
  'card.verdict.bad-signature': {
    zh: '卡片的簽章無法通過驗證。',
    en: 'The signature of the card could not be verified.',
  },
  'card.verdict.bad-signature.next': {
    zh: '請再試一次；仍然發生時，請更新憑證元件，或將代碼告知服務台。',
    en: 'Please try again; if it persists, update the card component or give the code to the help desk.',
  },
  'card.verdict.malformed': {
    zh: '憑證的內容無法辨識。',
    en: 'The certificate could not be read.',
  },
  'card.verdict.malformed.next': {
    zh: '請確認插入的是自然人憑證；仍然發生時，請將代碼告知服務台。',
    en: 'Check that the card is a citizen certificate; if it persists, give the code to the help desk.',
  },
  'card.verdict.untrusted': {
    zh: '這張憑證不是由本站信任的憑證管理中心簽發。',
    en: 'The certificate was not issued by an authority that this site trusts.',
  },
  'card.verdict.untrusted.next': {
    zh: '請使用內政部憑證管理中心簽發的自然人憑證。',
    en: 'Please use a citizen certificate issued by MOICA.',
  },
  'card.verdict.not-yet-valid': {
    zh: '這張憑證還沒有到生效日期。',
    en: 'The certificate is not valid yet.',
  },
  'card.verdict.not-yet-valid.next': {
    zh: '新辦的卡片請於生效後再使用；急需時可向管理者申請一日密碼。',
    en: 'A new card works from its first day on; if urgent, ask your manager for a one-day password.',
  },
  'card.verdict.expired': { zh: '這張憑證已過期。', en: 'The certificate has expired.' },
  'card.verdict.expired.next': {
    zh: '請到內政部憑證管理中心網站或戶政事務所展期或換發，再重新註冊憑證。今日急需時，可向管理者申請一日密碼。',
    en: 'Renew it with MOICA or a household registration office, then register it anew. If urgent, ask your manager for a one-day password.',
  },
  'card.verdict.wrong-usage': {
    zh: '這張憑證不是簽章用的憑證。',
    en: 'This certificate is not one for signing.',
  },
  'card.verdict.wrong-usage.next': {
    zh: '卡片上有簽章與加密兩張憑證，登入要使用簽章憑證。請更新憑證元件後再試。',
    en: 'A card holds a certificate for signing and one for encryption; here the first is needed. Please update the component and retry.',
  },
  'card.verdict.wrong-policy': {
    zh: '這張憑證的保證等級不符合規定。',
    en: 'The certificate is not of the assurance level that is required.',
  },
  'card.verdict.wrong-policy.next': {
    zh: '請使用內政部憑證管理中心簽發的自然人憑證。',
    en: 'Please use a citizen certificate issued by MOICA.',
  },
  'card.verdict.weak-algorithm': {
    zh: '簽章或憑證使用了不夠安全的演算法。',
    en: 'The signature or the certificate uses an algorithm that is no longer safe.',
  },
  'card.verdict.weak-algorithm.next': {
    zh: '請更新憑證元件；卡片較舊時，請換發新卡。',
    en: 'Update the card component; if the card is old, have it replaced.',
  },
  'card.verdict.revoked': {
    zh: '這張憑證已被廢止。',
    en: 'The certificate has been revoked.',
  },
  'card.verdict.revoked.next': {
    zh: '曾經掛失或換發者，請使用新的卡片並重新註冊；您沒有申請廢止時，請洽內政部憑證管理中心。',
    en: 'If you reported the card lost or had it replaced, use the new card and register it. Otherwise ask MOICA.',
  },
  'card.verdict.revocation-unknown': {
    zh: '目前無法確認這張憑證是否已被廢止，因此不能使用。',
    en: 'Whether the certificate has been revoked cannot be found out just now, so it cannot be used.',
  },
  'card.verdict.revocation-unknown.next': {
    zh: '這不是您的卡片有問題。請幾分鐘後再試；持續發生時，請將代碼告知服務台。',
    en: 'Nothing is wrong with your card. Please try again in a few minutes; if it persists, give the code to the help desk.',
  },
  'card.verdict.test-certificate': {
    zh: '這是測試用的憑證，不能在正式系統使用。',
    en: 'This is a test certificate; it cannot be used here.',
  },
  'card.verdict.test-certificate.next': {
    zh: '請使用您本人的自然人憑證。',
    en: 'Please use your own citizen certificate.',
  },
  'card.verdict.name-mismatch': {
    zh: '憑證上的資料與帳號不符。',
    en: 'The certificate and the account do not belong to the same person.',
  },
  'card.verdict.name-mismatch.next': {
    zh: '請使用您本人的自然人憑證；姓名有罕用字或曾經更名時，請洽所屬機關的業務帳號註冊管理者。',
    en: 'Use your own card; if your name has rare characters or was changed, ask the manager of your agency.',
  },
  'card.verdict.not-bound': {
    zh: '這張憑證還沒有註冊到任何帳號。',
    en: 'This certificate is not registered to any account.',
  },
  'card.verdict.not-bound.next': {
    zh: '請先以密碼登入，在「我的首頁」註冊自然人憑證；換過新卡者，新的憑證要重新註冊。還沒有帳號者，請向所屬機關的業務帳號註冊管理者申請。',
    en: 'Sign in with your password first and register the card at your home page; a renewed card is registered anew. Without an account, ask the manager of your agency.',
  },
  'card.verdict.bound-elsewhere': {
    zh: '這張憑證已註冊到另一個帳號。',
    en: 'This certificate is registered to another account.',
  },
  'card.verdict.bound-elsewhere.next': {
    zh: '請洽所屬機關的業務帳號註冊管理者確認。',
    en: 'Please ask the account registration manager of your agency.',
  },
});
