import { defineMessages } from './define-messages.ts';

/** The mail that an account was opened. How the opening password is made is not in it: a mailbox may be read by others. */
export const openingMailMessages = defineMessages({
  'mail.opened.subject': { zh: '【{site}】帳號已開立', en: '[{site}] An account was opened for you' },
  'mail.opened.body': {
    zh: `您好：

所屬機關的業務帳號註冊管理者已為您開立業務帳號。

請於 {day} 當日（臺北時間）由登入頁的「一日密碼登入／首次登入」完成首次登入：
一、帳號為您的身分證字號，開帳密碼的組成方式請向管理者詢問，僅當日有效。
二、依頁面指示修改密碼後，以新密碼重新登入。
三、註冊自然人憑證，之後請以憑證登入。
當日未完成時，請向管理者申請還原密碼。

您不認識這個帳號？請聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

the account registration manager of your agency has opened an account for you.

Please sign in for the first time on {day} (Taipei time), by "One-day password / first sign-in" on the sign-in page:
1. Your account name is your national ID. Your manager tells you how the opening password is made; it is good on that day only.
2. Set a new password as the page asks, and sign in again with it.
3. Register your card, and sign in with it from then on.
If you cannot do so on that day, ask your manager for a reset.

You know of no such account? Please call the help desk: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
});
