import { defineMessages } from './define-messages.ts';

/** The door where the browser shows the certificate: its page, and what is told when it does not open. */
export const certificateTlsMessages = defineMessages({
  'login.certificateTls.title': { zh: '瀏覽器憑證登入', en: 'Sign in with a browser certificate' },
  'login.certificateTls.lead': {
    zh: '由瀏覽器直接向本站出示自然人憑證，不需要憑證元件，也不需要輸入帳號。',
    en: 'The browser itself shows your citizen certificate to this site. Neither the card component nor an account name is needed.',
  },
  'login.certificateTls.step.press': {
    zh: '插入卡片，按下面的按鈕。',
    en: 'Insert your card and press the button below.',
  },
  'login.certificateTls.step.choose': {
    zh: '瀏覽器會詢問要向「{host}」出示哪一張憑證：請選您本人的簽章憑證。',
    en: 'The browser asks which certificate to show to “{host}”: choose your own one for signing.',
  },
  'login.certificateTls.step.pin': {
    zh: '系統要求時輸入卡片的 PIN 碼；完成後會自動回到這裡並登入。',
    en: 'Enter the card’s PIN when your computer asks for it. You then come back here and are signed in.',
  },
  'login.certificateTls.submit': { zh: '選擇憑證並登入', en: 'Choose a certificate and sign in' },
  'login.certificateTls.another': {
    zh: '瀏覽器會記得您選過的憑證。要改選另一張時，請先關閉瀏覽器的所有視窗，再重新開啟。',
    en: 'The browser remembers the certificate that you chose. To choose another, close all windows of the browser first.',
  },
  'login.certificateTls.noPage': {
    zh: '若按下後瀏覽器顯示無法連線，表示卡片沒有完成簽章：請按「上一頁」，確認卡片已插妥後再試一次。',
    en: 'If the browser says that it cannot connect, the card did not sign: go back, check that the card is inserted, and try again.',
  },
  'login.certificateTls.atHand.pin': {
    zh: 'PIN 碼：由您的電腦詢問，不會送到本站',
    en: 'PIN: your computer asks for it; it never reaches this site',
  },
  'login.certificateTls.atHand.driver': {
    zh: '驅動程式：電腦已安裝卡片的驅動程式，並接上讀卡機',
    en: 'Driver: the card’s driver installed, and a reader connected',
  },
  'login.certificateTls.error.no-proof': {
    zh: '這次出示的憑證已使用過或已逾時。',
    en: 'The certificate was shown too long ago, or was used already.',
  },
  'login.certificateTls.error.no-proof.next': {
    zh: '請再按一次「選擇憑證並登入」，並在兩分鐘內完成。',
    en: 'Please press the button once more and finish within two minutes.',
  },
  'login.certificateTls.error.foreign-proof': {
    zh: '出示的憑證不屬於這次的登入。',
    en: 'The certificate was shown for another sign-in.',
  },
  'login.certificateTls.error.foreign-proof.next': {
    zh: '若您同時開了兩個分頁，請只在最後開啟的分頁操作，並再試一次。',
    en: 'If the page is open in two tabs, use the one opened last, and try again.',
  },
  'login.certificateTls.error.no-certificate': {
    zh: '瀏覽器沒有出示任何憑證。',
    en: 'The browser showed no certificate.',
  },
  'login.certificateTls.error.no-certificate.next': {
    zh: '請確認卡片已插妥、驅動程式已安裝。若剛才按了取消，請關閉瀏覽器的所有視窗後重新開啟再試；仍然不行時，請改用「憑證登入」（憑證元件）。',
    en: 'Check that the card is inserted and its driver installed. If you cancelled the choice, close all windows of the browser and try again; or use “Certificate sign-in” with the card component.',
  },
  'login.certificateTls.wrong-usage.next': {
    zh: '卡片上有簽章與加密兩張憑證，登入要選簽章憑證。請關閉瀏覽器的所有視窗後重新開啟，再選另一張。',
    en: 'A card holds a certificate for signing and one for encryption; choose the first. Close all windows of the browser to choose anew.',
  },
  'login.certificateTls.weak-algorithm.next': {
    zh: '卡片較舊時，請換發新卡後重新註冊。',
    en: 'If the card is old, have it replaced and register the new one.',
  },
});
