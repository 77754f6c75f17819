import { defineMessages } from './define-messages.ts';

/** The person's own certificates: list, history, removal, registration (自然人憑證註冊). */
export const certificateMessages = defineMessages({
  'certificates.title': { zh: '憑證', en: 'Certificates' },
  'certificates.lead': {
    zh: '註冊到您帳號的憑證。註冊後即可以憑證登入，並使用需要憑證的系統。',
    en: 'The certificates registered to your account. You can sign in with them and use the systems that need one.',
  },
  'certificates.empty': { zh: '您還沒有註冊憑證', en: 'You have not registered a certificate yet' },
  'certificates.empty.body': {
    zh: '備妥您的自然人憑證與讀卡機，約一分鐘即可完成。',
    en: 'Have your citizen certificate card and a reader at hand; it takes about a minute.',
  },
  'certificates.register': { zh: '註冊自然人憑證', en: 'Register your card' },
  'certificates.registerAnother': { zh: '註冊另一張憑證', en: 'Register another certificate' },
  'certificates.registerAnother.body': {
    zh: '展期或換發新卡後，請註冊新的憑證；它會取代原來的卡片，原來的紀錄會保留。',
    en: 'After a renewal, register the new card. It takes the place of the old one, which stays in the history.',
  },
  'certificates.medium.card': { zh: '自然人憑證（卡片）', en: 'Citizen certificate (card)' },
  'certificates.medium.mobile': { zh: '行動自然人憑證', en: 'Mobile citizen certificate' },
  'certificates.standing.valid': { zh: '有效，剩 {days} 天', en: 'Valid, {days} days left' },
  'certificates.standing.ending': { zh: '即將到期，剩 {days} 天', en: 'Ending, {days} days left' },
  'certificates.standing.expired': { zh: '已到期', en: 'Ended' },
  'certificates.standing.not-yet-valid': { zh: '尚未生效', en: 'Not valid yet' },
  'certificates.ending.body': {
    zh: '這張憑證將於 {until} 到期。請到內政部憑證管理中心網站或戶政事務所展期或換發，再回到這裡註冊新的憑證。',
    en: 'It ends on {until}. Have it renewed with MOICA or a household registration office, then register the new one here.',
  },
  'certificates.expired.body': {
    zh: '這張憑證已不能登入。展期或換發後，請註冊新的憑證。',
    en: 'You can no longer sign in with it. Have it renewed, then register the new one.',
  },
  'certificates.lastWayIn': {
    zh: '這是您唯一的登入方式，因此不能移除。要更換時，請直接註冊新的憑證。',
    en: 'It is your only way to sign in, so it cannot be removed. To replace it, register the new one.',
  },
  'certificates.fact.medium': { zh: '種類', en: 'Kind' },
  'certificates.fact.holder': { zh: '持有人', en: 'Holder' },
  'certificates.fact.issuer': { zh: '簽發機關', en: 'Issuer' },
  'certificates.fact.validity': { zh: '有效期間', en: 'Valid' },
  'certificates.fact.validity.days': { zh: '{from} 至 {until}', en: '{from} to {until}' },
  'certificates.fact.serial': { zh: '憑證序號', en: 'Serial number' },
  'certificates.fact.registeredAt': { zh: '註冊時間', en: 'Registered' },
  'certificates.fact.lastUsedAt': { zh: '上次登入', en: 'Last sign-in' },
  'certificates.fact.endedAt': { zh: '結束時間', en: 'Ended' },
  'certificates.fact.reason': { zh: '原因', en: 'Reason' },
  'certificates.former': { zh: '先前註冊的憑證', en: 'Certificates registered before' },
  'certificates.reason.replaced': { zh: '由新憑證取代', en: 'Replaced by a new one' },
  'certificates.reason.removed': { zh: '由您移除', en: 'Removed by you' },
  'certificates.reason.withdrawn': { zh: '由管理者移除', en: 'Removed by a manager' },
  'certificates.notice.removed': {
    zh: '已移除憑證，並已寄出通知信。這張憑證不能再登入；您在其他瀏覽器的登入已結束。',
    en: 'The certificate is removed, and a notice is on its way to you. You can no longer sign in with it; your sessions in other browsers have ended.',
  },
  'certificates.logIn': { zh: '以憑證重新登入', en: 'Sign in with the card' },
  'certificates.refusal.certificate-needed': {
    zh: '這個動作須先以憑證登入；您這次是以其他方式登入。',
    en: 'This needs a sign-in with your card; this time you signed in another way.',
  },
  'certificates.refusal.too-long-ago': {
    zh: '為了確認是您本人，這個動作只能在以憑證登入後 {minutes} 分鐘內進行。請以憑證再登入一次。',
    en: 'To be sure it is you, this can be done within {minutes} minutes of a card sign-in only. Please sign in with the card once more.',
  },

  'certificates.register.title': { zh: '自然人憑證註冊', en: 'Register your card' },
  'certificates.register.lead': {
    zh: '將您的自然人憑證註冊到這個帳號。請接上讀卡機、插入卡片，輸入 PIN 碼後按下按鈕。',
    en: 'Register your citizen certificate to this account: connect the reader, insert the card, enter its PIN and press the button.',
  },
  'certificates.register.need.name': {
    zh: '須是「{name}」本人的自然人憑證：姓名與身分證字號末四碼須與帳號相同。',
    en: 'It must be the card of {name}: name and last four digits of the national ID must be those of the account.',
  },
  'certificates.register.need.replaces': {
    zh: '新的卡片會取代原來註冊的卡片；原來的卡片從此不能登入，紀錄會保留。',
    en: 'A new card takes the place of the registered one, which can no longer sign in and stays in the history.',
  },
  'certificates.register.need.afterwards': {
    zh: '註冊後請以憑證登入；密碼只有在管理者啟用一日密碼的日子才能登入。',
    en: 'From then on, sign in with the card. The password works only on days for which your manager enables it.',
  },
  'certificates.register.back': { zh: '返回憑證', en: 'Back to certificates' },
  'certificates.register.done': { zh: '憑證已註冊', en: 'Your certificate is registered' },
  'certificates.register.done.body': {
    zh: '今後請以憑證登入。通知信已寄到您的電子信箱。這次的登入不是以這張憑證進行，請以憑證重新登入，才能使用需要憑證的系統。',
    en: 'From now on, sign in with the card; a notice is on its way to your mailbox. This session was not begun with it: sign in with the card to enter systems that need one.',
  },
  'certificates.register.done.replaced': {
    zh: '原來註冊的卡片已不能登入，並列入先前註冊的憑證。',
    en: 'The card registered before can no longer sign in; it is listed among the former ones.',
  },
  'certificates.register.done.list': { zh: '查看憑證', en: 'Show certificates' },
  'certificates.register.error.no-signature': {
    zh: '沒有收到卡片的簽章。請輸入 PIN 碼後再按一次按鈕；瀏覽器須允許執行 JavaScript。',
    en: 'No signature of the card arrived. Please enter the PIN and press the button again; JavaScript must be allowed.',
  },
  'certificates.register.error.not-enabled': {
    zh: '您的帳號目前不在啟用狀態，沒有註冊。請洽所屬機關的業務帳號註冊管理者。',
    en: 'Your account is not enabled at present, and nothing was registered. Please ask the manager of your agency.',
  },
  'certificates.register.error.not-a-person': {
    zh: '這不是自然人憑證。請插入您本人的自然人憑證。',
    en: 'This is not a citizen certificate. Please insert your own card.',
  },
  'certificates.register.error.other-holder': {
    zh: '憑證的身分證字號末四碼與帳號不同。請使用您本人的自然人憑證；仍有疑問時，請洽所屬機關的業務帳號註冊管理者。',
    en: 'The last four digits of the national ID differ from the account. Use your own card; if it is yours, ask the manager of your agency.',
  },
  'certificates.register.error.name-mismatch': {
    zh: '憑證上的姓名與帳號的姓名不同，因此沒有註冊。這次的嘗試已留下紀錄；請洽所屬機關的業務帳號註冊管理者確認姓名（罕用字或更名），更正帳號後再註冊。',
    en: 'The name on the card differs from the account, so nothing was registered. The attempt is on record: ask the manager of your agency to check the name (rare characters, a change of name), then register again.',
  },
  'certificates.register.error.already-registered': {
    zh: '這張憑證已註冊在您的帳號，不必再註冊。',
    en: 'This very certificate is registered to your account already.',
  },
  'certificates.register.error.changed-meanwhile': {
    zh: '您的帳號資料剛才有變更，沒有註冊。請再試一次。',
    en: 'Your account was changed meanwhile, and nothing was registered. Please try again.',
  },

  'certificates.remove': { zh: '移除', en: 'Remove' },
  'certificates.remove.title': { zh: '移除這張憑證？', en: 'Remove this certificate?' },
  'certificates.remove.body': {
    zh: '移除後，立即不能再以這張憑證登入，您在其他瀏覽器的登入也會結束。卡片本身不受影響，在其他網站仍可使用。',
    en: 'From then on you cannot sign in with it here, and your sessions in other browsers end. The card itself is not affected and works elsewhere.',
  },
  'certificates.remove.remaining': { zh: '您仍可以下列憑證登入：', en: 'You can still sign in with:' },
  'certificates.remove.again': {
    zh: '之後要再使用時，須重新註冊。移除的時間會留在紀錄中，並寄出通知信。',
    en: 'To use it again, register it anew. The removal is recorded, and a notice is mailed to you.',
  },
  'certificates.remove.yes': { zh: '移除這張憑證', en: 'Remove this certificate' },
  'certificates.remove.busy': { zh: '移除中…', en: 'Removing…' },
  'certificates.remove.no': { zh: '不移除，返回', en: 'Keep it; go back' },
  'certificates.remove.error.certificate-needed': {
    zh: '移除憑證須先以憑證登入，沒有移除。',
    en: 'Removing a certificate needs a sign-in with your card. Nothing was removed.',
  },
  'certificates.remove.error.too-long-ago': {
    zh: '距離您以憑證登入已經太久，沒有移除。請以憑證重新登入後再試。',
    en: 'Your sign-in with the card was too long ago. Nothing was removed; sign in with the card again and retry.',
  },
  'certificates.remove.error.not-registered': {
    zh: '這張憑證已不在您的帳號中。',
    en: 'That certificate is not registered to your account any more.',
  },
  'certificates.remove.error.last-way-in': {
    zh: '這是您唯一的登入方式，因此不能移除。要更換時，請直接註冊新的憑證。',
    en: 'It is your only way to sign in, so it cannot be removed. To replace it, register the new one.',
  },
  'certificates.remove.error.changed-meanwhile': {
    zh: '您的帳號資料剛才有變更，沒有移除。請確認下列憑證後再試一次。',
    en: 'Your account was changed meanwhile, and nothing was removed. Look at the list and try again.',
  },
});
