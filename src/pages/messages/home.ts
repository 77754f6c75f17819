import { defineMessages } from './define-messages.ts';

/** My home (我的首頁). */
export const homeMessages = defineMessages({
  'home.title': { zh: '我的首頁', en: 'My home' },
  'home.greeting': { zh: '{name}，您好', en: 'Welcome, {name}' },
  'home.kind.general': { zh: '業務帳號一般使用者', en: 'Official, general user' },
  'home.kind.manager': { zh: '業務帳號註冊管理者', en: 'Official, account registration manager' },
  'home.kind.programme-officer': { zh: '計畫承辦人', en: 'Programme officer' },
  'home.account': { zh: '帳號資料', en: 'Your account' },
  'home.kind': { zh: '使用者類型', en: 'Kind of user' },
  'home.agency': { zh: '所屬機關', en: 'Agency' },
  'home.unit': { zh: '單位', en: 'Unit' },
  'home.lastPasswordLogin': { zh: '上次密碼登入', en: 'Last password sign-in' },
  'home.lastCertificateLogin': { zh: '上次憑證登入', en: 'Last certificate sign-in' },
  'home.never': { zh: '尚無紀錄', en: 'None yet' },
  'home.notYou': {
    zh: '時間與您的記憶不符時，請到登入紀錄按「這不是我」，或立即聯絡服務台。',
    en: 'If these times are not yours, say so in your activity, or call the help desk at once.',
  },
  'home.activity': { zh: '登入紀錄', en: 'Activity' },
  'home.sessions': { zh: '目前登入與全部登出', en: 'Open sign-ins; log out everywhere' },
  'home.toDo': { zh: '待辦事項', en: 'What remains to do' },
  'home.toDo.register-card': { zh: '註冊自然人憑證', en: 'Register your card' },
  'home.toDo.register-card.body': {
    zh: '完成後才能以憑證登入並使用需要憑證的系統。',
    en: 'After that you can sign in with the card and use the systems that need it.',
  },
  'home.toDo.certificate-ending': {
    zh: '憑證將於 {until} 到期',
    en: 'Your certificate ends on {until}',
  },
  'home.toDo.certificate-ending.body': {
    zh: '請先展期或換發；換發後的新憑證須重新註冊，才能繼續登入。',
    en: 'Have it renewed in time. A new certificate is registered anew before you can sign in with it.',
  },
  'home.toDo.certificate-expired': { zh: '憑證已於 {until} 到期', en: 'Your certificate ended on {until}' },
  'home.toDo.certificate-expired.body': {
    zh: '這張憑證不能再登入。請註冊展期或換發後的憑證。',
    en: 'You can no longer sign in with it. Please register the renewed certificate.',
  },
  'home.toDo.password-window': { zh: '密碼登入到 {until} 為止', en: 'Password sign-in ends on {until}' },
  'home.toDo.password-window.body': {
    zh: '請在此之前註冊自然人憑證；逾期須由管理者啟用一日密碼才能登入。',
    en: 'Register your card before then; later, only a manager can enable a one-day password for you.',
  },
  'home.toDo.password-today': { zh: '一日密碼今日有效', en: 'One-day password, today only' },
  'home.toDo.password-today.body': {
    zh: '今日午夜後須再次由管理者啟用，或改用憑證登入。',
    en: 'After midnight a manager must enable it again, or sign in with your card.',
  },
  'home.toDo.password-expiring': { zh: '請在 {until} 前修改密碼', en: 'Change your password by {until}' },
  'home.toDo.password-expiring.body': {
    zh: '密碼須定期修改；逾期後，以密碼登入時會先要求修改。',
    en: 'A password has its term. Past it, a password sign-in asks for a new one first.',
  },
  'home.toDo.password-expired': { zh: '密碼已逾使用期限', en: 'Your password has passed its term' },
  'home.toDo.password-expired.body': {
    zh: '請修改密碼；否則下次以密碼登入時會先要求修改。',
    en: 'Please change it; otherwise the next password sign-in asks for a new one first.',
  },
  'home.systems': { zh: '個人化應用系統列表', en: 'Your systems' },
  'home.systems.count': { zh: '共 {count} 個', en: '{count} in all' },
  'home.systems.empty': { zh: '您目前沒有可以進入的系統', en: 'There is no system you may enter yet' },
  'home.systems.empty.body': {
    zh: '請向所屬機關的業務帳號註冊管理者申請所需系統的角色。角色設定後，系統會出現在這裡。',
    en: 'Ask the account registration manager of your agency for the roles you need. Systems appear here once a role is given.',
  },
  'home.system.open': { zh: '進入系統', en: 'Enter' },
  'home.system.openNamed': { zh: '進入系統：{system}', en: 'Enter {system}' },
  'home.system.noAddress': { zh: '請由該系統的網址進入', en: 'Enter it at its own address' },
  'home.system.needsCertificate': { zh: '須使用憑證', en: 'Card needed' },
  'home.system.withoutCertificate': { zh: '您可免憑證進入', en: 'You may enter without the card' },
  'home.system.step-up': {
    zh: '進入時會請您插入自然人憑證。',
    en: 'You will be asked for your card on entering.',
  },
  'home.system.certificate-required': {
    zh: '須以自然人憑證登入才能進入；這次您未使用憑證。',
    en: 'Needs a sign-in with your citizen certificate; you did not use it this time.',
  },
  'home.system.second-factor-required': {
    zh: '須以密碼加檢查碼，或以憑證登入才能進入。',
    en: 'Needs a sign-in with password and check code, or with the card.',
  },
  'home.system.owner': { zh: '主管單位：{owner}', en: 'Owned by {owner}' },
});
