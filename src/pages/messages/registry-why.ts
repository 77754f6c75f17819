import { defineMessages } from './define-messages.ts';

/** Why somebody may not, or why it cannot be done now; and what every form of a deed asks for. */
export const registryWhyMessages = defineMessages({
  'registry.why.certificate-required': {
    zh: '這項功能須以憑證登入後使用',
    en: 'This function asks for a sign-in with a certificate',
  },
  'registry.why.not-a-manager': {
    zh: '您不是業務帳號註冊管理者',
    en: 'You are not an account registration manager',
  },
  'registry.why.scope-missing': {
    zh: '這個程式沒有這項權限',
    en: 'This program lacks the scope that is needed',
  },
  'registry.why.own-account': {
    zh: '不能更改自己的帳號，請由上層管理者辦理',
    en: 'Nobody changes their own account; a manager above you does',
  },
  'registry.why.manager-not-below': {
    zh: '對方也是管理者，且管轄範圍不在您的範圍之下；請由上層管理者或計畫承辦人辦理',
    en: 'This is a manager whose jurisdiction is not below yours; a manager above both, or a programme officer, can do it',
  },
  'registry.why.programme-officers-only': {
    zh: '僅計畫承辦人可以辦理',
    en: 'Only programme officers can do this',
  },
  'registry.why.outside-jurisdiction': {
    zh: '單位不在您的管轄範圍內，請改選範圍內的單位',
    en: 'The unit is outside your jurisdiction; choose one within it',
  },
  'registry.why.category-not-held': {
    zh: '您不能設定這個類別的角色，請由持有該類別的管理者辦理',
    en: 'You do not hold the category of this role; a manager who does can give it',
  },
  'registry.why.unknown-role': {
    zh: '系統目錄中沒有這個角色，請重新整理頁面',
    en: 'The catalogue has no such role; load the page again',
  },
  'registry.why.unknown-category': {
    zh: '系統目錄中沒有這個類別，請重新整理頁面',
    en: 'The catalogue has no such category; load the page again',
  },
  'registry.why.account-not-enabled': {
    zh: '帳號不是啟用狀態，不能啟用一日密碼；未開帳或忘記密碼時請還原密碼',
    en: 'The account is not enabled; a one-day password is for accounts in use. If it was not opened, reset its password',
  },
  'registry.why.no-mail-address': {
    zh: '帳號沒有電子郵件信箱，檢查碼無處可寄；請先修改帳號補上信箱',
    en: 'The account has no e-mail address to send the code to; add one first',
  },
  'registry.why.not-enabled-today': {
    zh: '今日沒有啟用一日密碼，不需取消',
    en: 'No one-day password is enabled today; there is nothing to take back',
  },
  'registry.why.never-activated': {
    zh: '本人尚未完成首次登入，不能直接啟用；請還原密碼，由本人以開帳密碼登入',
    en: 'The person never signed in; reset the password, and they sign in with the opening password',
  },
  'registry.why.grant-ended': {
    zh: '角色的截止日已過，請改填今日以後的日期，或取消勾選',
    en: 'The last day of a role has passed; give a later one, or untick the role',
  },
  'registry.why.role-twice': { zh: '同一個角色選了兩次', en: 'The same role was chosen twice' },
  'registry.why.too-many-elsewhere': {
    zh: '您最近輸入的人員中，已有多位在您的管轄範圍以外有帳號。為避免探查他人，24 小時內暫停開立帳號與變更身分證字號；急件請洽服務台',
    en: 'Several of the people you entered lately have accounts outside your jurisdiction. So that nobody is looked up this way, opening accounts and changing national IDs pauses for up to 24 hours; in urgent cases the service desk helps',
  },
  'registry.why.not-registered': {
    zh: '所選的憑證已不在帳號上，請重新整理頁面',
    en: 'The certificates chosen are not on the account any more; load the page again',
  },
  'registry.warrant': { zh: '辦理依據', en: 'What this rests on' },
  'registry.warrant.hint': {
    zh: '將記入異動紀錄，日後可查。',
    en: 'Kept in the audit trail with what you do.',
  },
  'registry.warrant.formNumber': { zh: '表單或公文文號', en: 'Form or letter number' },
  'registry.warrant.formNumber.hint': {
    zh: '例：D-06-09-1150312-004',
    en: 'For example D-06-09-1150312-004',
  },
  'registry.warrant.reason': { zh: '事由', en: 'Reason' },
  'registry.warrant.reason.hint': {
    zh: '一句話說明；請勿填寫個人資料',
    en: 'One sentence; no personal data, please',
  },
  'registry.warrant.error.formNumber.missing': {
    zh: '請填寫表單或公文文號',
    en: 'Give the number of the form or letter',
  },
  'registry.warrant.error.formNumber.malformed': {
    zh: '文號請勿超過 60 個字，且不可含特殊控制字元',
    en: 'The number may have 60 characters at most, and no control characters',
  },
  'registry.warrant.error.reason.missing': { zh: '請填寫事由', en: 'Give the reason' },
  'registry.warrant.error.reason.malformed': {
    zh: '事由請勿超過 200 個字，且不可含特殊控制字元',
    en: 'The reason may have 200 characters at most, and no control characters',
  },
  'registry.organization.hint': {
    zh: '輸入單位名稱或 OID 的一部分，再從清單選取',
    en: 'Type a part of the name or of the OID, and choose from the list',
  },
  'registry.organization.suggested': {
    zh: '找到 {count} 個單位，按上下鍵選取',
    en: '{count} organisations found; choose with the arrow keys',
  },
  'registry.organization.suggestedNone': {
    zh: '管轄範圍內沒有符合的單位',
    en: 'No organisation of your jurisdiction fits',
  },
  'registry.organization.error.missing': {
    zh: '請選擇單位：輸入名稱或 OID',
    en: 'Choose an organisation: type its name or OID',
  },
  'registry.organization.error.unknown': {
    zh: '管轄範圍內沒有這個單位，請核對名稱或 OID',
    en: 'Your jurisdiction has no such organisation; look at the name or OID again',
  },
  'registry.organization.error.several': {
    zh: '不只一個單位含有這些字，請輸入完整名稱或 OID',
    en: 'Several organisations have this in their names; type the whole name, or the OID',
  },
  'registry.organization.error.no-code': {
    zh: '這個機關沒有機關代碼，請先在機關資料補上',
    en: 'This organisation has no agency code; add one to the organisations first',
  },
});
