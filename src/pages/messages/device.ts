import { defineMessages } from './define-messages.ts';

/** Device flow: letting an app on another device sign in. */
export const deviceMessages = defineMessages({
  'device.enter.title': { zh: '讓另一台裝置登入', en: 'Sign in on another device' },
  'device.enter.lead': {
    zh: '請輸入裝置畫面上顯示的代碼。下一頁會說明是哪一個系統提出的請求，由您決定是否允許。',
    en: 'Type the code that the device shows. The next page tells which system asks, and you decide.',
  },
  'device.code': { zh: '裝置代碼', en: 'Device code' },
  'device.code.hint': {
    zh: '八個英文字母，例如 BCDF-GHJK；不分大小寫，橫線可以省略',
    en: 'Eight letters, such as BCDF-GHJK; upper or lower case, with or without the hyphen',
  },
  'device.enter.submit': { zh: '下一步', en: 'Next' },
  'device.enter.submit.busy': { zh: '查詢中…', en: 'Looking it up…' },
  'device.error.missing': {
    zh: '請輸入裝置畫面上的代碼。',
    en: 'Please type the code that the device shows.',
  },
  'device.error.unknown': {
    zh: '查無這組代碼。請對照裝置畫面再輸入一次；代碼產生十分鐘後失效，屆時請在裝置上重新取得。',
    en: 'There is no such code. Please compare it with the device and type it again. A code ends after ten minutes; the device can then show a new one.',
  },
  'device.error.expired': {
    zh: '這組代碼已逾時。請在裝置上重新取得代碼。',
    en: 'This code has run out. Please have the device show a new one.',
  },
  'device.error.used': {
    zh: '這組代碼已經用過。請在裝置上重新取得代碼。',
    en: 'This code has been used already. Please have the device show a new one.',
  },
  'device.confirm.title': {
    zh: '要讓「{system}」在另一台裝置上登入嗎？',
    en: 'Let {system} sign in on another device?',
  },
  'device.confirm.lead': {
    zh: '請先確認下列代碼與裝置畫面上的相同。',
    en: 'First make sure that the device shows the code below.',
  },
  'device.confirm.address': { zh: '請求來自的網路位址', en: 'Asked from the network address' },
  'device.confirm.warning': {
    zh: '只有您自己正在操作那台裝置時才可以允許。如果代碼是別人用電話、訊息或郵件交給您的，請選「不允許」。',
    en: 'Allow this only if you are using that device yourself. If somebody gave you the code by phone, message or mail, do not allow it.',
  },
  'device.confirm.given': { zh: '允許後，裝置會取得', en: 'If you allow it, the device is given' },
  'device.confirm.submit': { zh: '允許並登入', en: 'Allow and sign in' },
  'device.confirm.submit.busy': { zh: '處理中…', en: 'One moment…' },
  'device.confirm.refuse': { zh: '不允許', en: 'Do not allow' },
  'device.outcome.approved.title': { zh: '裝置已獲准登入', en: 'The device may sign in' },
  'device.outcome.approved.body': {
    zh: '請回到裝置繼續操作，這個頁面可以關閉。您登出時，裝置也會一併登出。',
    en: 'Please go on at the device; you can close this page. When you log out, the device is logged out too.',
  },
  'device.outcome.declined.title': { zh: '裝置未獲准登入', en: 'The device may not sign in' },
  'device.outcome.declined.body': {
    zh: '沒有提供任何資料，這個頁面可以關閉。如果您沒有要登入任何裝置，不需要再做什麼。',
    en: 'Nothing was given to it; you can close this page. If you did not mean to sign in anywhere, there is nothing more to do.',
  },
  'device.outcome.too-many.title': { zh: '代碼輸入錯誤次數過多', en: 'Too many wrong codes' },
  'device.outcome.too-many.body': {
    zh: '為了安全，您所在的網路暫時不能再輸入代碼。請於十五分鐘後再試。',
    en: 'For safety, no more codes are taken from your network for now. Please try again in fifteen minutes.',
  },
  'device.outcome.again': { zh: '輸入另一組代碼', en: 'Type another code' },
});
