import { defineMessages } from './define-messages.ts';

/** The form that a card signs, and what may come of asking the card, in the browser. */
export const cardMessages = defineMessages({
  'card.noScript': {
    zh: '憑證登入需要啟用 JavaScript，才能與您電腦上的憑證元件溝通。請在瀏覽器設定中允許本網站執行 JavaScript 後重新整理。',
    en: 'Signing with a card needs JavaScript, to reach the card component on your computer. Please allow it for this site and reload.',
  },
  'card.pin': { zh: '憑證 PIN 碼', en: 'Card PIN' },
  'card.pin.hint': {
    zh: '6 至 8 位數字。PIN 碼只交給您電腦上的憑證元件，不會傳送到本網站。',
    en: '6 to 8 digits. The PIN goes only to the card component on your computer, never to this site.',
  },
  'card.choose': { zh: '有多張卡片？選擇讀卡機', en: 'Several cards? Choose the reader' },
  'card.choice': { zh: '請選擇要使用的卡片', en: 'Choose the card to use' },
  'card.chosen': { zh: '使用的讀卡機：{slot}', en: 'Reader in use: {slot}' },
  'card.signs.login': {
    zh: '按下按鈕後，您的卡片會簽署「登入 {host}」這件事。簽署的是一段只能用一次、兩分鐘內有效的文字，沒有其他效力。',
    en: 'Your card will sign that you sign in to {host}: a line of text that is good once, for two minutes, and for nothing else.',
  },
  'card.signs.register': {
    zh: '按下按鈕後，您的卡片會簽署「將這張憑證註冊到您在 {host} 的帳號」這件事。簽署的是一段只能用一次、兩分鐘內有效的文字，沒有其他效力。',
    en: 'Your card will sign that it be registered to your account at {host}: a line of text that is good once, for two minutes, and for nothing else.',
  },
  'card.signs.text': { zh: '查看要簽署的文字', en: 'Show the text to be signed' },
  'card.submit.login': { zh: '以憑證登入', en: 'Sign in with the card' },
  'card.submit.register': { zh: '註冊這張憑證', en: 'Register this card' },
  'card.busy': { zh: '卡片作業中…', en: 'Working with the card…' },
  'card.stage.opening': {
    zh: '正在開啟憑證元件的小視窗…',
    en: 'Opening the small window of the card component…',
  },
  'card.stage.signing': {
    zh: '卡片正在簽署，請不要拔出卡片，也不要關閉小視窗。',
    en: 'The card is signing. Please leave the card in the reader and the small window open.',
  },
  'card.stage.sending': { zh: '簽署完成，正在確認憑證…', en: 'Signed. Checking the certificate…' },
  'card.link.unlock': { zh: '前往解鎖卡片（內政部憑證管理中心）', en: 'Unlock the card (MOICA)' },
  'card.link.download': { zh: '下載憑證元件', en: 'Get the card component' },

  'card.outcome.pin-missing': { zh: '請輸入憑證 PIN 碼。', en: 'Please enter the PIN of your card.' },
  'card.outcome.pin-missing.next': {
    zh: '插入卡片後輸入 PIN 碼，再按一次按鈕。',
    en: 'Insert the card, enter its PIN and press the button again.',
  },
  'card.outcome.popup-blocked': {
    zh: '瀏覽器擋下了憑證元件的小視窗。',
    en: 'The browser blocked the small window of the card component.',
  },
  'card.outcome.popup-blocked.next': {
    zh: '請在網址列右側按「已封鎖彈出式視窗」，選擇「一律允許本網站」，再重新輸入 PIN 碼。',
    en: 'Use the "pop-up blocked" sign in the address bar, choose to always allow this site, then enter the PIN again.',
  },
  'card.outcome.not-installed': {
    zh: '找不到憑證元件：這台電腦可能還沒有安裝，或元件沒有執行。',
    en: 'The card component did not answer: it may not be installed on this computer, or is not running.',
  },
  'card.outcome.not-installed.next': {
    zh: '請安裝「跨平台網頁元件」；已安裝者請重新啟動元件（或重新開機），再試一次。',
    en: 'Install the card component. If it is installed, start it again (or restart the computer) and try once more.',
  },
  'card.outcome.window-closed': {
    zh: '憑證元件的小視窗在完成前被關閉了。',
    en: 'The small window of the card component was closed before it had finished.',
  },
  'card.outcome.window-closed.next': {
    zh: '請重新輸入 PIN 碼再試一次，並讓小視窗自行關閉。',
    en: 'Please enter the PIN again and let the small window close by itself.',
  },
  'card.outcome.bad-answer': {
    zh: '憑證元件的回覆無法辨識。',
    en: 'The answer of the card component could not be understood.',
  },
  'card.outcome.bad-answer.next': {
    zh: '請再試一次；仍然發生時，請更新憑證元件。',
    en: 'Please try again; if it persists, bring the card component up to date.',
  },
  'card.outcome.no-challenge': {
    zh: '目前無法取得要簽署的文字，卡片沒有簽署任何內容。',
    en: 'The text to be signed could not be had just now; the card has signed nothing.',
  },
  'card.outcome.no-challenge.next': {
    zh: '請重新整理頁面後再試；仍然發生時，請回到業務系統重新按登入。',
    en: 'Reload the page and try again; if it persists, go back to your system and sign in again.',
  },
  'card.outcome.component-request': {
    zh: '憑證元件不接受這次的請求，元件版本可能太舊。',
    en: 'The card component did not accept the request; it may be too old.',
  },
  'card.outcome.component-request.next': {
    zh: '請更新憑證元件後再試一次。',
    en: 'Bring the card component up to date and try again.',
  },
  'card.outcome.component-failed': {
    zh: '憑證元件發生錯誤，或等候卡片回應逾時。',
    en: 'The card component failed, or the card took too long to answer.',
  },
  'card.outcome.component-failed.next': {
    zh: '請拔出卡片再插入，等候數秒後再試；仍然發生時請重新開機。',
    en: 'Take the card out, insert it again, wait a few seconds and retry; if it persists, restart the computer.',
  },
  'card.outcome.component-other': {
    zh: '憑證元件回報了錯誤。',
    en: 'The card component reported an error.',
  },
  'card.outcome.component-other.next': {
    zh: '請拔出卡片再插入後重試；仍然發生時，請更新憑證元件，或將錯誤代碼告知服務台。',
    en: 'Take the card out, insert it and retry; if it persists, update the component or give the code to the help desk.',
  },
  'card.outcome.domain-not-allowed': {
    zh: '憑證元件不允許本網站使用卡片。',
    en: 'The card component does not let this site use the card.',
  },
  'card.outcome.domain-not-allowed.next': {
    zh: '請更新憑證元件；仍然發生時，請將錯誤代碼告知服務台，由服務台申請開放本網站。',
    en: 'Update the card component; if it persists, give the code to the help desk, who can have this site admitted.',
  },
  'card.outcome.cancelled': { zh: '您取消了這次簽署。', en: 'You cancelled the signature.' },
  'card.outcome.cancelled.next': {
    zh: '要繼續時，請重新輸入 PIN 碼再按一次按鈕；也可以改用其他登入方式。',
    en: 'To go on, enter the PIN and press the button again; or choose another way to sign in.',
  },
  'card.outcome.no-pin': { zh: '憑證元件沒有收到 PIN 碼。', en: 'The card component got no PIN.' },
  'card.outcome.no-pin.next': {
    zh: '請重新輸入 PIN 碼再試一次。',
    en: 'Please enter the PIN and try again.',
  },
  'card.outcome.no-reader': { zh: '找不到讀卡機。', en: 'No card reader was found.' },
  'card.outcome.no-reader.next': {
    zh: '請確認讀卡機已接上電腦且燈號亮起；換一個 USB 插座後再試一次。',
    en: 'Check that the reader is connected and lit; try another USB socket, then try again.',
  },
  'card.outcome.no-card': { zh: '讀卡機中沒有卡片。', en: 'There is no card in the reader.' },
  'card.outcome.no-card.next': {
    zh: '請插入自然人憑證，晶片朝上並插到底；有多台讀卡機時，請選擇讀卡機。',
    en: 'Insert your citizen certificate, chip up and all the way; with several readers, choose the reader.',
  },
  'card.outcome.card-login-failed': {
    zh: '無法以這個 PIN 碼開啟卡片。',
    en: 'The card could not be opened with this PIN.',
  },
  'card.outcome.card-login-failed.next': {
    zh: '請確認 PIN 碼後再試；連續錯誤三次，卡片會自行鎖住。',
    en: 'Please check the PIN and try again; after three wrong PINs the card locks itself.',
  },
  'card.outcome.wrong-pin': { zh: 'PIN 碼錯誤。', en: 'The PIN was wrong.' },
  'card.outcome.wrong-pin.next': {
    zh: '請確認後再輸入；連續錯誤三次，卡片會自行鎖住。',
    en: 'Please check it and try again; after three wrong PINs the card locks itself.',
  },
  'card.outcome.wrong-pin-two-left': {
    zh: 'PIN 碼錯誤，還可以再試 2 次。',
    en: 'The PIN was wrong. 2 tries are left.',
  },
  'card.outcome.wrong-pin-two-left.next': {
    zh: '請確認後再輸入；用完後卡片會自行鎖住，需要解鎖才能使用。',
    en: 'Please check it and try again; without tries left the card locks itself and must be unlocked.',
  },
  'card.outcome.wrong-pin-one-left': {
    zh: 'PIN 碼錯誤，只剩 1 次機會。',
    en: 'The PIN was wrong. 1 try is left.',
  },
  'card.outcome.wrong-pin-one-left.next': {
    zh: '沒有把握時請先不要再試：再錯一次，卡片就會鎖住，需要解鎖才能使用。',
    en: 'If you are not sure, do not try again now: one more wrong PIN locks the card, and it must be unlocked.',
  },
  'card.outcome.pin-length': {
    zh: 'PIN 碼的長度不正確。',
    en: 'The PIN has the wrong length.',
  },
  'card.outcome.pin-length.next': {
    zh: '自然人憑證的 PIN 碼是 6 至 8 位數字，請重新輸入。',
    en: 'The PIN of a citizen certificate has 6 to 8 digits; please enter it again.',
  },
  'card.outcome.locked': {
    zh: '卡片已鎖住：PIN 碼連續錯誤三次。',
    en: 'The card is locked after three wrong PINs.',
  },
  'card.outcome.locked.next': {
    zh: '請以申辦時設定的用戶代碼線上解鎖，或攜帶身分證到戶政事務所辦理。',
    en: 'Unlock it online with the user code chosen on application, or at a household registration office.',
  },
  'card.outcome.key-not-read': {
    zh: '讀不到卡片上的金鑰。',
    en: 'The key on the card could not be read.',
  },
  'card.outcome.key-not-read.next': {
    zh: '請確認插入的是自然人憑證，擦拭晶片後再試；仍然發生時，卡片可能已損壞，請洽內政部憑證管理中心。',
    en: 'Check that it is a citizen certificate, wipe the chip and retry; if it persists the card may be damaged: ask MOICA.',
  },
  'card.outcome.certificate-not-read': {
    zh: '讀不到卡片上的憑證。',
    en: 'The certificate on the card could not be read.',
  },
  'card.outcome.certificate-not-read.next': {
    zh: '請確認卡片已開卡，擦拭晶片後再試；仍然發生時，請洽內政部憑證管理中心。',
    en: 'Check that the card has been activated, wipe the chip and retry; if it persists, ask MOICA.',
  },
  'card.outcome.sign-failed': { zh: '卡片無法完成簽署。', en: 'The card could not sign.' },
  'card.outcome.sign-failed.next': {
    zh: '請拔出卡片再插入，重新輸入 PIN 碼後再試一次。',
    en: 'Take the card out, insert it again, enter the PIN and retry.',
  },
  'card.outcome.card-not-yet-valid': {
    zh: '卡片上的憑證還沒有到生效日期。',
    en: 'The certificate on the card is not valid yet.',
  },
  'card.outcome.card-not-yet-valid.next': {
    zh: '請確認這台電腦的日期與時間；憑證生效後即可使用。',
    en: 'Check the date and time of this computer; the card can be used once its certificate is valid.',
  },
  'card.outcome.card-expired': {
    zh: '卡片上的憑證已過期。',
    en: 'The certificate on the card has expired.',
  },
  'card.outcome.card-expired.next': {
    zh: '請到內政部憑證管理中心網站或戶政事務所展期或換發，再重新註冊新的憑證。今日急需時，可向管理者申請一日密碼。',
    en: 'Renew it with MOICA or a household registration office, then register it anew. If urgent, ask your manager for a one-day password.',
  },
  'card.outcome.wrong-card-moica': {
    zh: '卡片種類不符：元件回報不是可用的自然人憑證（MOICA）。',
    en: 'The wrong kind of card: not a usable citizen certificate (MOICA), says the component.',
  },
  'card.outcome.wrong-card-moica.next': {
    zh: '請改插您本人的自然人憑證；有多張卡片時，請選擇讀卡機。',
    en: 'Insert your own citizen certificate; with several cards, choose the reader.',
  },
  'card.outcome.wrong-card-moeaca': {
    zh: '卡片種類不符：元件回報工商憑證（MOEACA）不符。',
    en: 'The wrong kind of card, says the component about a business certificate (MOEACA).',
  },
  'card.outcome.wrong-card-moeaca.next': {
    zh: '這裡要使用您本人的自然人憑證，請更換卡片後再試。',
    en: 'Here your own citizen certificate is needed; please change the card and try again.',
  },
  'card.outcome.wrong-card-gca': {
    zh: '卡片種類不符：元件回報政府機關憑證（GCA）不符。',
    en: 'The wrong kind of card, says the component about a government certificate (GCA).',
  },
  'card.outcome.wrong-card-gca.next': {
    zh: '這裡要使用您本人的自然人憑證，請更換卡片後再試。',
    en: 'Here your own citizen certificate is needed; please change the card and try again.',
  },
  'card.outcome.wrong-card-xca': {
    zh: '卡片種類不符：元件回報組織及團體憑證（XCA）不符。',
    en: 'The wrong kind of card, says the component about an organisation certificate (XCA).',
  },
  'card.outcome.wrong-card-xca.next': {
    zh: '這裡要使用您本人的自然人憑證，請更換卡片後再試。',
    en: 'Here your own citizen certificate is needed; please change the card and try again.',
  },
});
