import { defineMessages } from './define-messages.ts';

/** The login page: its frame, and the one-day password and first login form. */
export const loginMessages = defineMessages({
  'login.documentTitle': { zh: '登入', en: 'Sign in' },
  'login.doors': { zh: '登入方式', en: 'Ways to sign in' },
  'login.door.one-day-password': { zh: '一日密碼登入／首次登入', en: 'One-day password / first sign-in' },
  'login.door.one-day-password.needs': { zh: '備妥密碼與電子信箱', en: 'Password and your mailbox' },
  'login.door.certificate': { zh: '憑證登入', en: 'Certificate sign-in' },
  'login.door.certificate.needs': {
    zh: '備妥自然人憑證、讀卡機與 PIN 碼',
    en: 'Your card, a reader and its PIN',
  },
  'login.door.certificate-tls': { zh: '瀏覽器憑證登入', en: 'Browser certificate' },
  'login.door.certificate-tls.needs': {
    zh: '備妥自然人憑證，免裝憑證元件',
    en: 'Your card, without the component',
  },
  'login.entering': { zh: '您將登入', en: 'You are signing in to' },
  'login.enteringOwner': { zh: '主管單位：{owner}', en: 'Owned by {owner}' },
  'login.enteringOnce': {
    zh: '登入一次，即可進入您有權使用的各業務系統。',
    en: 'Sign in once to enter every system you may use.',
  },
  'login.title': { zh: '一日密碼登入／首次登入', en: 'One-day password / first sign-in' },
  'login.lead': {
    zh: '首次開通帳號，或管理者已啟用當日一日密碼者使用。',
    en: 'For opening your account, and for days on which your manager has enabled a one-day password.',
  },
  'login.atHand': { zh: '請先備妥', en: 'Have at hand' },
  'login.atHand.account': {
    zh: '帳號：您的身分證字號或居留證號碼',
    en: 'Account: your national or resident ID number',
  },
  'login.atHand.password': {
    zh: '密碼：首次登入請用管理者告知的開帳密碼；之後請用您自行設定的密碼',
    en: 'Password: the opening password your manager told you; later, the one you chose',
  },
  'login.atHand.mailbox': {
    zh: '電子信箱：8 位數檢查碼會寄到您留存的信箱',
    en: 'Mailbox: an 8-digit check code is sent to your address on file',
  },
  'login.account': { zh: '帳號', en: 'Account' },
  'login.account.hint': {
    zh: '身分證字號或居留證號碼，共 10 碼',
    en: 'National or resident ID number, 10 characters',
  },
  'login.password': { zh: '密碼', en: 'Password' },
  'login.code': { zh: 'Email 檢查碼', en: 'E-mailed check code' },
  'login.code.hint': {
    zh: '8 位數字。還沒有檢查碼時，先填帳號與密碼，再按「寄送檢查碼」。',
    en: '8 digits. If you have none yet, fill in account and password, then choose "Send me a code".',
  },
  'login.certificate.title': { zh: '憑證登入', en: 'Sign in with your card' },
  'login.certificate.lead': {
    zh: '插入自然人憑證，輸入 PIN 碼後按「以憑證登入」。不需要輸入帳號。',
    en: 'Insert your citizen certificate, enter its PIN and sign in. No account name is needed.',
  },
  'login.certificate.stepUp': {
    zh: '{name}，您已登入，但這個系統必須以自然人憑證登入。請插入您的卡片；完成後會直接進入系統。',
    en: '{name}, you are signed in, but this needs a sign-in with your card. Insert it; you then go straight on.',
  },
  'login.certificate.noneRegistered': {
    zh: '您的帳號還沒有註冊自然人憑證，請先註冊，再進入這個系統。',
    en: 'No card is registered to your account yet. Register it first, then enter this system.',
  },
  'login.certificate.toRegistration': { zh: '前往註冊自然人憑證', en: 'Register your card' },
  'login.certificate.atHand.card': {
    zh: '卡片：已註冊到帳號的自然人憑證',
    en: 'Card: the citizen certificate registered to your account',
  },
  'login.certificate.atHand.pin': {
    zh: 'PIN 碼：6 至 8 位數字，連續錯誤三次卡片會鎖住',
    en: 'PIN: 6 to 8 digits; three wrong ones lock the card',
  },
  'login.certificate.atHand.component': {
    zh: '憑證元件：電腦已安裝「跨平台網頁元件」，並接上讀卡機',
    en: 'Component: the card component installed, and a reader connected',
  },
  'login.certificate.error.missing': {
    zh: '沒有收到卡片的簽章。請輸入 PIN 碼後再按一次「以憑證登入」。',
    en: 'No signature of the card arrived. Please enter the PIN and sign in again.',
  },
  'login.certificate.error.tooMany': {
    zh: '這個網路位址失敗的登入太多，請稍候再試。',
    en: 'Too many sign-ins have failed from this network address. Please wait a while.',
  },
  'login.certificate.error.disabled': {
    zh: '您的帳號目前停用，請洽所屬機關的業務帳號註冊管理者。',
    en: 'Your account is disabled at present. Please ask the account registration manager of your agency.',
  },
  'login.certificate.error.notOpened': {
    zh: '您的帳號尚未開通或已還原密碼。請先以「首次登入」開通帳號；卡片仍然註冊著，開通後即可使用。',
    en: 'Your account has not been opened yet, or was reset. Please open it by the first sign-in; your card stays registered and works from then on.',
  },
  'login.captcha': { zh: '驗證碼', en: 'Captcha' },
  'login.captcha.label': { zh: '我不是機器人', en: 'I am not a robot' },
  'login.captcha.verifying': { zh: '驗證中…', en: 'Checking…' },
  'login.captcha.verified': { zh: '驗證完成', en: 'Checked' },
  'login.captcha.failed': {
    zh: '驗證未完成，請再按一次。',
    en: 'The check did not succeed. Please try once more.',
  },
  'login.captcha.expired': {
    zh: '驗證已逾時，請再按一次。',
    en: 'The check has expired. Please try once more.',
  },
  'login.captcha.wait': { zh: '驗證進行中，請稍候。', en: 'Still checking, one moment please.' },
  'login.captcha.required': { zh: '請先完成驗證。', en: 'Please complete the check first.' },
  'login.captcha.noScript': {
    zh: '驗證碼需要啟用 JavaScript。請在瀏覽器設定中允許本網站執行 JavaScript 後重新整理；無法啟用時請洽服務台。',
    en: 'The captcha needs JavaScript. Please allow it for this site and reload, or ask the help desk.',
  },
  'login.captcha.picture': {
    zh: '圖形驗證碼；看不清楚時，可換一張圖或播放語音',
    en: 'Picture of the captcha; if you cannot read it, get another or listen to it',
  },
  'login.captcha.renew': { zh: '換一張圖', en: 'Another picture' },
  'login.captcha.sound': { zh: '語音播放', en: 'Listen' },
  'login.captcha.typed': {
    zh: '請輸入圖中或語音中的 6 個英數字，不分大小寫',
    en: 'The 6 letters and digits of the picture or the sound; capitals do not matter',
  },
  'login.submit': { zh: '登入', en: 'Sign in' },
  'login.submit.busy': { zh: '登入中…', en: 'Signing in…' },
  'login.sendCode': { zh: '寄送檢查碼', en: 'Send me a code' },
  'login.sendCode.busy': { zh: '寄送中…', en: 'Sending…' },
  'login.sendCode.again': { zh: '{seconds} 秒後可再寄送', en: 'Send again in {seconds} s' },
  'login.sendCode.failed': {
    zh: '目前無法寄送檢查碼，您填寫的內容都還在。請稍候再按一次。',
    en: 'The code could not be requested just now. What you typed is still here; please try again shortly.',
  },
  'login.cancel': { zh: '取消登入', en: 'Cancel' },
  'login.notice.activated': {
    zh: '帳號已開通。請用您剛設定的新密碼重新登入。',
    en: 'Your account is open. Please sign in anew with the password you just chose.',
  },
  'login.notice.code-on-its-way': {
    zh: '帳號與密碼若正確，檢查碼已寄往您留存的電子信箱，通常一分鐘內送達。請收信後填入檢查碼並登入。',
    en: 'If account and password were right, a code is on its way to your address on file, usually within a minute. Enter it and sign in.',
  },
  'login.notice.signed-out': { zh: '您已登出。', en: 'You have signed out.' },
  'login.notice.expired': {
    zh: '因閒置過久，先前的登入已結束。請重新登入。',
    en: 'Your earlier session ended after a time without activity. Please sign in again.',
  },
  'login.directoryDown': {
    zh: '帳號目錄暫時無法使用，目前不能登入。我們正在處理，請稍後再試。',
    en: 'The account directory is out of reach, so signing in is not possible just now. Please try again later.',
  },
  'login.error.refused': {
    zh: '無法登入。請確認帳號、密碼與檢查碼是否正確，以及今日是否已啟用一日密碼；連續錯誤多次，登入會暫停一段時間。',
    en: 'We could not sign you in. Please check account, password and code, and whether a one-day password is enabled for today. After several failures signing in pauses for a while.',
  },
  'login.error.disabled': {
    zh: '您的帳號目前停用，請洽所屬機關的業務帳號註冊管理者。',
    en: 'Your account is disabled at present. Please ask the account registration manager of your agency.',
  },
  'login.error.openingExpired': {
    zh: '開帳密碼只在開立當日有效。請向所屬機關的業務帳號註冊管理者申請還原密碼。',
    en: 'The opening password was good on the day of opening only. Please ask your manager for a reset.',
  },
  'login.error.notEnabledToday': {
    zh: '今日未啟用一日密碼。請使用憑證登入，或向所屬機關的業務帳號註冊管理者申請。',
    en: 'A one-day password is not enabled for today. Use your card, or ask your manager.',
  },
  'login.error.account': {
    zh: '請輸入帳號（身分證字號或居留證號碼）。',
    en: 'Please enter your account (ID number).',
  },
  'login.error.password': { zh: '請輸入密碼。', en: 'Please enter your password.' },
  'login.error.code': {
    zh: '請輸入信件中的 8 位數檢查碼。',
    en: 'Please enter the 8-digit code from the mail.',
  },
  'login.error.captcha': { zh: '請完成驗證碼後再試一次。', en: 'Please complete the captcha and try again.' },
  'login.error.captchaMissing': {
    zh: '請輸入圖中或語音中的 6 個英數字。',
    en: 'Please enter the 6 letters and digits of the picture or the sound.',
  },
  'login.error.captchaImage': {
    zh: '驗證碼不符、已使用過或已逾時。已換一張新圖，請輸入新圖中的英數字。',
    en: 'The characters did not match, were used already or have expired. There is a new picture: please enter its characters.',
  },
  'login.error.captchaAgain': {
    zh: '驗證碼只能使用一次或已逾時，請重新驗證後再試一次。',
    en: 'The captcha was used already or has expired. Please complete it anew.',
  },
});
