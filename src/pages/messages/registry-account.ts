import { defineMessages } from './define-messages.ts';

/** One account: what is shown of it, what is done to it, what became of it. */
export const registryAccountMessages = defineMessages({
  'registry.account.identity': { zh: '基本資料', en: 'The person' },
  'registry.account.change': { zh: '修改作業', en: 'Change the account' },
  'registry.account.noUnit': { zh: '機關本身', en: 'The agency itself' },
  'registry.account.roles': { zh: '角色', en: 'Roles' },
  'registry.account.roles.none': {
    zh: '沒有角色，登入後看不到任何系統。',
    en: 'None; no system can be entered.',
  },
  'registry.account.certificates': { zh: '已註冊的憑證', en: 'Certificates' },
  'registry.account.certificates.none': {
    zh: '尚未註冊憑證；本人開通後自行註冊。',
    en: 'None registered; the person registers the card after the first sign-in.',
  },
  'registry.account.certificates.former': { zh: '先前註冊過 {count} 張', en: '{count} registered before' },
  'registry.account.deeds': { zh: '辦理', en: 'What you can do' },
  'registry.account.standing': { zh: '帳號狀況', en: 'Standing' },
  'registry.account.oneDay.enabled': {
    zh: '{at} 由 {by} 啟用，今日有效',
    en: 'Enabled by {by} at {at}, for today',
  },
  'registry.account.oneDay.none': { zh: '今日未啟用', en: 'Not enabled today' },
  'registry.account.openingDay': { zh: '開帳密碼有效日', en: 'Opening password good on' },
  'registry.account.readOnly': {
    zh: '這個帳號您只能檢視。',
    en: 'You may look at this account, not change it.',
  },
  'registry.account.done.enable': { zh: '帳號已啟用。', en: 'The account is enabled.' },
  'registry.account.done.disable': {
    zh: '帳號已停用，進行中的登入已全部結束。',
    en: 'The account is disabled; the person is logged out everywhere.',
  },
  'registry.account.done.close': {
    zh: '帳號已設為未開帳，進行中的登入已全部結束。要重新開通請還原密碼。',
    en: 'The account is set back to not opened; the person is logged out. Reset the password to let them begin anew.',
  },
  'registry.account.done.reset-password': {
    zh: '密碼已還原：開帳密碼今日有效，本人須重新完成首次登入。',
    en: 'The password is reset: the opening password is good today, and the person signs in as for the first time.',
  },
  'registry.account.done.one-day-password': {
    zh: '一日密碼已啟用，今日有效；檢查碼已寄往本人信箱。',
    en: 'The one-day password is enabled for today; the check code is on its way to the person.',
  },
  'registry.account.done.withdraw-one-day-password': {
    zh: '一日密碼已取消，寄出的檢查碼已失效，登入也已結束。',
    en: 'The one-day password is taken back; the code that was mailed is dead, and the person is logged out.',
  },
  'registry.account.done.remove-certificates': {
    zh: '憑證已移除，已寄信通知本人。',
    en: 'The certificates are removed; a mail tells the person.',
  },
  'registry.account.done.remove': { zh: '帳號已刪除。', en: 'The account is deleted.' },
  'registry.account.done.change': { zh: '變更已儲存。', en: 'The changes are saved.' },
  'registry.account.done.same': {
    zh: '沒有不同之處，未作更動。',
    en: 'Nothing differed; nothing was changed.',
  },
  'registry.account.done.roles': {
    zh: '角色已儲存。不透明權杖於下次使用時生效，JWT 存取權杖 5 分鐘內生效。',
    en: 'The roles are saved. They count at the next use of opaque tokens, and within 5 minutes for JWT access tokens.',
  },
  'registry.account.done.office': { zh: '管轄設定已儲存。', en: 'Office and jurisdiction are saved.' },
  'registry.change.hint.nationalId': {
    zh: '不更改請留空；改成他人的字號時，原註冊的憑證會一併移除',
    en: 'Leave empty to keep it; certificates that do not fit a new holder are removed with it',
  },
  'registry.change.hint.birthday': {
    zh: '不更改請留空；月日各 2 碼，例：0215',
    en: 'Leave empty to keep it; two digits each, such as 0215',
  },
  'registry.change.hint.email': {
    zh: '更改後須由本人以檢查碼確認，原信箱會收到通知',
    en: 'A new address counts from its first code; the old one is told',
  },
  'registry.change.place': { zh: '單位', en: 'Unit' },
  'registry.change.unit.hint': {
    zh: '調動單位請輸入名稱或 OID，再從清單選取；清空即為機關本身',
    en: 'To move the person, type a name or OID and choose; empty is the agency itself',
  },
  'registry.change.duplicate': {
    zh: '這個身分證字號已是另一個帳號的，未作更動',
    en: 'This national ID is another account’s; nothing was changed',
  },
  'registry.change.duplicate.elsewhere': {
    zh: '該帳號在其他機關，請洽服務台。',
    en: 'That account is kept by another agency; ask the help desk.',
  },
  'registry.deed.follows': { zh: '接下來會發生', en: 'What will follow' },
  'registry.deed.enable': { zh: '啟用帳號', en: 'Enable the account' },
  'registry.deed.enable.body': {
    zh: '本人可再以原來的憑證登入；角色與設定不變。',
    en: 'The person can sign in again with the same certificate; roles and settings are as before.',
  },
  'registry.deed.disable': { zh: '停用帳號', en: 'Disable the account' },
  'registry.deed.disable.body': {
    zh: '本人立即被登出所有系統，且不能再登入；今日的一日密碼與檢查碼失效。憑證與角色保留，之後可再啟用。',
    en: 'The person is logged out of every system at once and can sign in no more; a one-day password of today and its code end. Certificates and roles stay; it can be enabled again.',
  },
  'registry.deed.close': { zh: '改為未開帳', en: 'Set back to not opened' },
  'registry.deed.close.body': {
    zh: '密碼清除，本人立即被登出且不能登入，須再還原密碼、由首次登入重新開通。憑證保留。',
    en: 'The password is cleared, and the person is logged out and cannot sign in until the password is reset and the first sign-in is done anew. Certificates stay.',
  },
  'registry.deed.reset-password': { zh: '還原密碼', en: 'Reset the password' },
  'registry.deed.reset-password.body': {
    zh: '開帳密碼今日再次有效，原密碼失效；帳號回到未開帳，本人被登出，須於今日完成首次登入。已註冊的憑證保留。',
    en: 'The opening password is good again today and the old one is gone; the account is set back to not opened, the person is logged out and signs in for the first time again, today. Certificates stay registered.',
  },
  'registry.deed.one-day-password': { zh: '啟用一日密碼', en: 'Enable a one-day password' },
  'registry.deed.one-day-password.body': {
    zh: '本人今日（臺北時間）可以密碼加檢查碼登入；第一次登入時須修改密碼。只能進入不要求憑證的角色與系統。',
    en: 'The person can sign in with password and check code today (Taipei time), and must change the password at the first such sign-in. Only roles and systems that ask for no certificate are open.',
  },
  'registry.deed.one-day-password.to': {
    zh: '檢查碼將寄往 {email}。',
    en: 'The check code goes to {email}.',
  },
  'registry.deed.withdraw-one-day-password': {
    zh: '取消今日的一日密碼',
    en: 'Take back today’s one-day password',
  },
  'registry.deed.withdraw-one-day-password.body': {
    zh: '寄出的檢查碼失效，本人被登出；密碼今日不能再用來登入。',
    en: 'The code that was mailed is dead, the person is logged out, and the password does not log in today any more.',
  },
  'registry.deed.remove-certificates': { zh: '移除憑證', en: 'Remove certificates' },
  'registry.deed.remove-certificates.body': {
    zh: '移除的憑證不能再登入，本人被登出並收到通知信。沒有其他憑證時，請啟用一日密碼，讓本人重新註冊。',
    en: 'The certificates removed log in no more; the person is logged out and told by mail. Where none is left, enable a one-day password so that the card can be registered anew.',
  },
  'registry.deed.remove-certificates.which': { zh: '要移除的憑證', en: 'Which to remove' },
  'registry.deed.remove': { zh: '刪除帳號', en: 'Delete the account' },
  'registry.deed.remove.body': {
    zh: '刪除無法復原：本人立即被登出所有系統，角色、憑證與設定全部移除。憑證與身分證字號釋出，之後可重新開立帳號，憑證須重新註冊。異動紀錄依法保留。',
    en: 'Deleting cannot be undone: the person is logged out of every system at once, and roles, certificates and settings are removed. Certificates and national ID are free again; an account can be opened anew, and the card registered anew. The audit trail keeps what the law asks.',
  },
  'registry.deed.remove.roles': { zh: '將收回的角色：', en: 'Roles that end:' },
  'registry.meanwhile.question': {
    zh: '什麼都還沒有寫入。請看目前的資料，仍要辦理時再送出一次。',
    en: 'Nothing was written. Look at the account as it is now; send again if it is still to be done.',
  },
  'registry.meanwhile.roles': {
    zh: '什麼都還沒有寫入。下面是您的勾選；請與對方設定的角色比對後再儲存。',
    en: 'Nothing was written. Below is what you ticked; compare it with what the other person has set, and save again.',
  },
  'registry.meanwhile.roles.theirs': { zh: '帳號目前的角色：', en: 'Roles that the account has now:' },
  'registry.meanwhile.office': {
    zh: '什麼都還沒有寫入。下面是您的填寫；請與對方設定的內容比對後再儲存。',
    en: 'Nothing was written. Below is what you filled in; compare it with what the other person has set, and save again.',
  },
  'registry.meanwhile.office.theirs': { zh: '帳號目前是：', en: 'The account is now:' },
  'registry.removal': { zh: '刪除帳號', en: 'Delete accounts' },
  'registry.removal.lead': {
    zh: '您將刪除下列 {count} 個帳號。',
    en: 'You are about to delete {count} account(s).',
  },
  'registry.removal.left': {
    zh: '另有 {count} 個所選帳號不能由您刪除或已不存在，未列入。',
    en: '{count} more of those chosen are not yours to delete or are gone, and are left out.',
  },
  'registry.removal.phrase': { zh: '刪除 {count} 筆', en: 'delete {count}' },
  'registry.removal.confirmation': {
    zh: '請輸入「{phrase}」以確認',
    en: 'Type “{phrase}” to confirm',
  },
  'registry.removal.confirmation.hint': {
    zh: '含空白，數字為帳號數',
    en: 'With the space; the figure is how many',
  },
  'registry.removal.error.confirmation': {
    zh: '確認文字不符，請照樣輸入',
    en: 'The words do not match; type them as shown',
  },
  'registry.removal.submit': { zh: '刪除 {count} 個帳號', en: 'Delete {count} account(s)' },
  'registry.removal.busy': { zh: '刪除中…', en: 'Deleting…' },
  'registry.removal.gone': { zh: '已不存在', en: 'it is gone already' },
  'registry.removal.changed': {
    zh: '期間已有人更改，未刪除；請再看一次',
    en: 'somebody has changed it meanwhile; it was not deleted, look again',
  },
  'registry.removed': { zh: '刪除結果', en: 'What was deleted' },
  'registry.removed.count': { zh: '已刪除 {count} 個帳號。', en: '{count} account(s) deleted.' },
  'registry.removed.kept': { zh: '{count} 個未刪除', en: '{count} not deleted' },
  'registry.removed.back': { zh: '回查詢作業', en: 'Back to the list' },
  'registry.by.system': { zh: '系統', en: 'The system' },
  'registry.by.elsewhere': { zh: '管轄範圍外的人員', en: 'Somebody outside your jurisdiction' },
  'registry.history': { zh: '異動紀錄', en: 'History' },
  'registry.history.lead': {
    zh: '這個帳號在您管轄範圍內的登入與異動，新的在前；個人資料的內容不列出。',
    en: 'Sign-ins and changes of this account within your jurisdiction, newest first; the content of personal fields is left out.',
  },
  'registry.history.time': { zh: '時間', en: 'When' },
  'registry.history.what': { zh: '事項', en: 'What' },
  'registry.history.by': { zh: '辦理人', en: 'By whom' },
  'registry.history.facts': { zh: '內容', en: 'Details' },
  'registry.history.older': { zh: '更早的紀錄', en: 'Older' },
  'registry.history.empty': { zh: '沒有更早的紀錄', en: 'Nothing older' },
  'registry.history.empty.body': {
    zh: '只列出管轄範圍內的紀錄；較舊的紀錄請洽計畫承辦人。',
    en: 'Only what happened within your jurisdiction is listed; ask a programme officer for more.',
  },
});
