import { defineMessages } from './define-messages.ts';

/** Changing the password. */
export const passwordMessages = defineMessages({
  'password.title': { zh: '修改密碼', en: 'Change your password' },
  'password.reason.first-login': {
    zh: '開帳密碼只供首次登入。請設定您自己的密碼，完成後帳號即開通，再以新密碼登入。',
    en: 'The opening password serves the first sign-in only. Choose your own; your account is then open and you sign in anew.',
  },
  'password.reason.one-day': {
    zh: '今日首次以一日密碼登入，請先更換密碼再繼續。',
    en: 'This is your first one-day sign-in today. Please change the password before going on.',
  },
  'password.reason.expired': {
    zh: '您的密碼已超過使用期限，請更換後再繼續。',
    en: 'Your password has passed its term. Please change it before going on.',
  },
  'password.reason.by-person': {
    zh: '請先輸入目前的密碼，再設定新密碼。',
    en: 'Enter your current password first, then choose a new one.',
  },
  'password.current': { zh: '目前的密碼', en: 'Current password' },
  'password.error.currentRequired': { zh: '請輸入目前的密碼。', en: 'Please enter your current password.' },
  'password.error.currentWrong': {
    zh: '目前的密碼不正確，請重新輸入。連續錯誤 {failures} 次，密碼登入會暫時鎖定。',
    en: 'That is not your current password. After {failures} wrong tries password sign-in is locked for a while.',
  },
  'password.error.locked': {
    zh: '錯誤次數過多，密碼已暫時鎖定。請至少等候 {minutes} 分鐘再試。',
    en: 'Too many wrong tries; the password is locked. Please wait at least {minutes} minutes.',
  },
  'password.tooYoung': {
    zh: '密碼於 {changed} 修改過，{from} 之後才能再次修改。懷疑密碼外洩時，請向所屬機關的管理者申請還原密碼。',
    en: 'The password was changed on {changed} and can be changed again from {from}. If somebody may know it, ask your manager for a reset.',
  },
  'password.changed': { zh: '密碼已修改', en: 'The password was changed' },
  'password.changed.body': {
    zh: '下次以密碼登入時，請使用新密碼。通知已寄到您的電子郵件。',
    en: 'Use the new one at your next password sign-in. A notice has been mailed to you.',
  },
  'password.changed.home': { zh: '回我的首頁', en: 'Back to my home' },
  'password.sessions.end': {
    zh: '修改後，結束我的其他 {count} 個登入（各業務系統會一併登出）',
    en: 'After the change, end my {count} other sessions (every system there is logged out)',
  },
  'password.sessions.ended': { zh: '已結束其他 {count} 個登入。', en: '{count} other sessions were ended.' },
  'password.sessions.left': {
    zh: '您另有 {count} 個登入仍然有效。',
    en: 'You have {count} other sessions that are still open.',
  },
  'password.closed': { zh: '以密碼登入的方式已關閉', en: 'The way in by password is closed' },
  'password.closed.body': {
    zh: '這個帳號目前沒有密碼：您通報「這不是我」之後，原來的密碼即已失效，任何人都不能再用它登入。',
    en: 'The account has no password at present: once you report “this was not me”, the old one is void and lets nobody in any more.',
  },
  'password.closed.advice': {
    zh: '憑證登入不受影響。要再使用密碼，請向所屬機關的管理者申請還原密碼，再於當日以開帳密碼登入並設定新密碼。',
    en: 'Signing in with your card goes on as before. To have a password again, ask your manager for a reset, sign in with the opening password on that day and set a new one.',
  },
  'password.standing.changedAt': { zh: '上次修改', en: 'Last changed' },
  'password.standing.until': { zh: '應修改期限', en: 'To be changed by' },
  'password.standing.unknown': { zh: '沒有紀錄', en: 'Not on record' },
  'password.standing.note': {
    zh: '密碼每 {days} 天至少修改一次；修改後 {minimum} 天內不能再次修改。',
    en: 'A password is to be changed at least every {days} days, and not again within {minimum} days.',
  },
  'password.new': { zh: '新密碼', en: 'New password' },
  'password.again': { zh: '再輸入一次新密碼', en: 'New password once more' },
  'password.again.same': { zh: '兩次輸入相同', en: 'Both are the same' },
  'password.rules': { zh: '密碼須符合', en: 'The password needs' },
  'password.rules.met': { zh: '已符合', en: 'met' },
  'password.rules.unmet': { zh: '尚未符合', en: 'not yet met' },
  'password.rules.onServer': { zh: '送出時檢查', en: 'checked when sent' },
  'password.rule.length': { zh: '至少 {minimum} 個字元', en: 'at least {minimum} characters' },
  'password.rule.upper': { zh: '大寫英文字母', en: 'an upper-case letter' },
  'password.rule.lower': { zh: '小寫英文字母', en: 'a lower-case letter' },
  'password.rule.digit': { zh: '數字', en: 'a digit' },
  'password.rule.special': { zh: '特殊符號，例如 ! # % + -', en: 'a special character, such as ! # % + -' },
  'password.rule.not-personal': { zh: '不含帳號、姓名或生日', en: 'no account, name or birthday in it' },
  'password.rule.not-recent': { zh: '不與最近 3 次密碼相同', en: 'none of your last 3 passwords' },
  'password.rule.not-common': { zh: '不是常見密碼', en: 'not a common password' },
  'password.submit': { zh: '修改密碼', en: 'Change password' },
  'password.submit.busy': { zh: '處理中…', en: 'One moment…' },
  'password.error.required': { zh: '請輸入新密碼。', en: 'Please enter a new password.' },
  'password.error.againRequired': {
    zh: '請再輸入一次新密碼。',
    en: 'Please enter the new password once more.',
  },
  'password.error.different': {
    zh: '兩次輸入的密碼不同，請重新輸入。',
    en: 'The two do not match. Please enter them again.',
  },
  'password.error.length': {
    zh: '密碼太短：至少要 {minimum} 個字元。',
    en: 'Too short: at least {minimum} characters.',
  },
  'password.error.tooLong': { zh: '密碼太長：最多 128 個字元。', en: 'Too long: at most 128 characters.' },
  'password.error.upper': { zh: '請加入大寫英文字母。', en: 'Please add an upper-case letter.' },
  'password.error.lower': { zh: '請加入小寫英文字母。', en: 'Please add a lower-case letter.' },
  'password.error.digit': { zh: '請加入數字。', en: 'Please add a digit.' },
  'password.error.special': { zh: '請加入特殊符號。', en: 'Please add a special character.' },
  'password.error.not-personal': {
    zh: '密碼含有您的帳號、姓名或生日，請換一組。',
    en: 'It contains your account, name or birthday. Please choose another.',
  },
  'password.error.not-recent': {
    zh: '這是最近用過的密碼，請換一組。',
    en: 'You used this one recently. Please choose another.',
  },
  'password.error.not-common': {
    zh: '這是常見密碼，容易被猜中，請換一組。',
    en: 'This is a common password and easily guessed. Please choose another.',
  },
  'password.error.characters': {
    zh: '密碼含有無法輸入的控制字元，請重新輸入。',
    en: 'It contains control characters. Please enter it again.',
  },
});
