import { defineMessages } from './define-messages.ts';

/** Forms: the summary of errors and what a single field can say. */
export const fieldMessages = defineMessages({
  'field.summary': { zh: '尚未完成，請看下列說明', en: 'Not done yet; please read below' },
  'field.code': { zh: '服務台代碼：{code}', en: 'Code for the help desk: {code}' },
  'field.errorPrefix': { zh: '錯誤：', en: 'Error: ' },
  'field.show': { zh: '顯示', en: 'Show' },
  'field.hide': { zh: '隱藏', en: 'Hide' },
  'field.showPassword': { zh: '顯示密碼', en: 'Show password' },
  'field.capsLock': { zh: '大寫鎖定（Caps Lock）已開啟', en: 'Caps Lock is on' },
});
