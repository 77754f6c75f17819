import { defineMessages } from './define-messages.ts';

/** Forms: the summary of errors and what a single field can say. */
export const fieldMessages = defineMessages({
  'field.summary': { zh: '請先修正下列項目', en: 'Please mend the following first' },
  'field.code': { zh: '服務台代碼：{code}', en: 'Code for the help desk: {code}' },
  'field.errorPrefix': { zh: '錯誤：', en: 'Error: ' },
  'field.tooLong': { zh: '內容太長，請縮短後再試。', en: 'This is too long. Please shorten it.' },
  'field.show': { zh: '顯示', en: 'Show' },
  'field.hide': { zh: '隱藏', en: 'Hide' },
  'field.showPassword': { zh: '顯示密碼', en: 'Show password' },
  'field.capsLock': { zh: '大寫鎖定（Caps Lock）已開啟', en: 'Caps Lock is on' },
});
