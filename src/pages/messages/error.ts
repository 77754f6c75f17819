import { defineMessages } from './define-messages.ts';

/** One title and one piece of advice for each error code of the domain, and for OIDC authorization errors. */
export const errorMessages = defineMessages({
  'error.code': { zh: '錯誤代碼', en: 'Error code' },
  'error.requestId': { zh: '請求編號', en: 'Request id' },
  'error.tellHelpDesk': {
    zh: '聯絡服務台時，請提供以下資料：',
    en: 'When you ask the help desk, please give them:',
  },
  'error.home': { zh: '回到我的首頁', en: 'To my home' },
  'error.bad-request.title': { zh: '這個請求無法處理', en: 'This request could not be understood' },
  'error.bad-request.advice': {
    zh: '送出的內容不完整或格式不正確。請回到上一頁，重新填寫後再送出。',
    en: 'What was sent is incomplete or malformed. Please go back, fill it in anew and send it again.',
  },
  'error.form-expired.title': { zh: '這份表單已過期', en: 'This form has expired' },
  'error.form-expired.advice': {
    zh: '頁面開啟太久或已在別的分頁送出。請回到上一頁並重新整理，再填寫一次。',
    en: 'The page was open too long, or was sent from another tab. Please go back, reload and fill it in again.',
  },
  'error.cross-site.title': { zh: '這個請求來自其他網站', en: 'This request came from another site' },
  'error.cross-site.advice': {
    zh: '為了保護您的帳號，我們沒有處理。請直接從本網站操作。',
    en: 'To protect your account nothing was done. Please start from this site itself.',
  },
  'error.not-permitted.title': { zh: '您沒有權限使用這項功能', en: 'You may not use this function' },
  'error.not-permitted.advice': {
    zh: '業務上需要時，請向所屬機關的業務帳號註冊管理者申請。',
    en: 'If your duties need it, ask the account registration manager of your agency.',
  },
  'error.certificate-needed.title': {
    zh: '這項功能需要以憑證登入',
    en: 'This function asks for a sign-in with your card',
  },
  'error.certificate-needed.advice': {
    zh: '您有這項功能的權限，但目前不是以憑證登入。請插入自然人憑證並以憑證登入，完成後會回到這裡。',
    en: 'You may use it, but you did not sign in with your card this time. Insert it and sign in; you then come back here.',
  },
  'error.certificate-needed.logIn': { zh: '以憑證登入', en: 'Sign in with the card' },
  'error.not-found.title': { zh: '找不到這個頁面', en: 'There is no such page' },
  'error.not-found.advice': {
    zh: '網址可能有誤，或頁面已經移動。請檢查網址，或從首頁開始。',
    en: 'The address may be wrong, or the page has moved. Please check it, or start from the home page.',
  },
  'error.method-not-allowed.title': {
    zh: '不能以這種方式開啟這個網址',
    en: 'This address cannot be used in that way',
  },
  'error.method-not-allowed.advice': {
    zh: '請從頁面上的按鈕或連結操作，不要直接輸入網址或重新整理送出後的頁面。',
    en: 'Please use the buttons and links of the pages rather than typing this address or reloading.',
  },
  'error.not-unique.title': { zh: '已有相同的資料', en: 'This exists already' },
  'error.not-unique.advice': {
    zh: '同樣的資料已經登記，因此沒有再新增。請確認後再試。',
    en: 'The same data is registered already, so nothing was added. Please check and try again.',
  },
  'error.changed-meanwhile.title': { zh: '資料已被他人更新', en: 'Someone else has changed this meanwhile' },
  'error.changed-meanwhile.advice': {
    zh: '您的修改沒有儲存，對方的修改也沒有被覆蓋。請重新開啟頁面，確認後再修改。',
    en: 'Your change was not saved and theirs was not overwritten. Please open the page again and repeat your change.',
  },
  'error.too-large.title': { zh: '送出的內容太大', en: 'Too much was sent' },
  'error.too-large.advice': {
    zh: '請縮短內容或縮小檔案後再試。',
    en: 'Please shorten the text or the file and try again.',
  },
  'error.too-many.title': { zh: '操作太頻繁', en: 'Too many requests' },
  'error.too-many.advice': { zh: '請稍候幾分鐘再試。', en: 'Please wait a few minutes and try again.' },
  'error.wrong-host.title': { zh: '網址的主機名稱不正確', en: 'The host name is not ours' },
  'error.wrong-host.advice': {
    zh: '請改用正式公告的網址。',
    en: 'Please use the address that was announced for this service.',
  },
  'error.internal.title': { zh: '系統發生錯誤', en: 'Something went wrong on our side' },
  'error.internal.advice': {
    zh: '這不是您的操作造成的，錯誤已經記錄。請稍後再試；持續發生時請聯絡服務台。',
    en: 'It is not your doing, and it has been recorded. Please try again later; if it persists, tell the help desk.',
  },
  'error.directory-unavailable.title': {
    zh: '帳號目錄暫時無法使用',
    en: 'The account directory is out of reach',
  },
  'error.directory-unavailable.advice': {
    zh: '我們正在處理，請稍後再試。您的資料沒有變更。',
    en: 'We are working on it; please try again later. Nothing of yours was changed.',
  },
  'error.store-unavailable.title': { zh: '系統暫時無法儲存資料', en: 'Nothing can be stored at present' },
  'error.store-unavailable.advice': {
    zh: '這次操作沒有完成，也沒有留下部分結果。請稍後再試。',
    en: 'What you asked was not done, nor half done. Please try again later.',
  },
  'error.interaction-gone.title': { zh: '這次登入已經失效', en: 'This sign-in is no longer valid' },
  'error.interaction-gone.advice': {
    zh: '登入頁開啟太久、已經完成，或是在別的瀏覽器開始的。請回到業務系統，重新按登入。',
    en: 'It was open too long, is finished, or began in another browser. Go back to your system and sign in again.',
  },
  'error.invalid_client.title': { zh: '這個業務系統尚未登記', en: 'This system is not registered' },
  'error.invalid_client.advice': {
    zh: '把您帶到這裡的系統沒有在本站登記，或登記已停用。請告知該系統的維護單位。',
    en: 'The system that sent you here is not registered with us, or no longer. Please tell those who run it.',
  },
  'error.invalid_redirect_uri.title': { zh: '返回網址不正確', en: 'The return address is not registered' },
  'error.invalid_redirect_uri.advice': {
    zh: '該系統要求返回的網址與登記不符，為了您的安全，我們沒有繼續。請告知該系統的維護單位。',
    en: 'The system asked to return to an address that is not registered, so for your safety we stopped. Please tell those who run it.',
  },
  'error.invalid_request.title': {
    zh: '業務系統送來的登入請求有誤',
    en: 'The system sent a faulty sign-in request',
  },
  'error.invalid_request.advice': {
    zh: '請回到該系統再試一次；仍然發生時，請告知該系統的維護單位。',
    en: 'Go back to the system and try again; if it persists, please tell those who run it.',
  },
  'error.authorization.title': { zh: '登入沒有完成', en: 'The sign-in was not completed' },
  'error.authorization.advice': {
    zh: '請回到業務系統，重新按登入；仍然發生時請聯絡服務台。',
    en: 'Go back to your system and sign in again; if it persists, tell the help desk.',
  },
});
