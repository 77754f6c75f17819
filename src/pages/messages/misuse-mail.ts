import { defineMessages } from './define-messages.ts';

/** Mails after somebody said 「這不是我」. No name in them: to managers the unit and the opaque id of the account. */
export const misuseMailMessages = defineMessages({
  'mail.misuse.subject': { zh: '【{site}】已收到您的通報', en: '[{site}] Your report has been taken' },
  'mail.misuse.open.body': {
    zh: `您好：

您於 {now}（臺北時間）通報：{at} 的一筆紀錄不是您本人。

您帳號在其他地方的登入已全部結束，尚未使用的檢查碼與今日的一日密碼已作廢。
請修改密碼；自然人憑證遺失時，請向內政部憑證管理中心（MOICA）或戶政事務所辦理停用或廢止。

這次通報不是您本人操作？請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

at {now} (Taipei time) you reported that an entry of {at} was not you.

Every other sign-in of your account has been ended; unused check codes and today's one-day password are worthless.
Please change your password. If your card is lost, have it suspended or revoked at MOICA or a household registration office.

You did not report this? Please call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.misuse.passwordClosed.body': {
    zh: `您好：

您於 {now}（臺北時間）通報：{at} 的一筆紀錄不是您本人。

您帳號在其他地方的登入已全部結束，尚未使用的檢查碼與今日的一日密碼已作廢。
對方知道您的密碼，因此密碼已停用；需要以密碼登入時，請向管理者申請還原密碼。憑證登入不受影響。

這次通報不是您本人操作？請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

at {now} (Taipei time) you reported that an entry of {at} was not you.

Every other sign-in of your account has been ended; unused check codes and today's one-day password are worthless.
Whoever it was knew your password, so it no longer works. If you need one, ask your manager to bring your opening password back. Your card still works.

You did not report this? Please call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.misuseOf.subject': {
    zh: '【{site}】有人通報帳號遭他人使用',
    en: '[{site}] Misuse of an account was reported',
  },
  'mail.misuseOf.open.body': {
    zh: `您好：

{unit} 的一位使用者於 {now}（臺北時間）通報，帳號中有一筆紀錄不是本人。

帳號代碼：{account}

該帳號的其他登入已結束。請與使用者聯絡確認；處理情形可在稽核紀錄以帳號代碼查詢。
服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

at {now} (Taipei time) somebody of {unit} reported that an entry of their account was not them.

Account: {account}

Its other sign-ins have been ended. Please get in touch with the person; the audit trail tells the details by the account above.
Help desk: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.misuseOf.passwordClosed.body': {
    zh: `您好：

{unit} 的一位使用者於 {now}（臺北時間）通報，帳號中有一筆紀錄不是本人，對方並且知道密碼。

帳號代碼：{account}

該帳號的其他登入已結束，密碼已停用。請與使用者聯絡確認身分後，再辦理還原密碼。
處理情形可在稽核紀錄以帳號代碼查詢。
服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

at {now} (Taipei time) somebody of {unit} reported that an entry of their account was not them, and that whoever it was knew the password.

Account: {account}

Its other sign-ins have been ended and the password no longer works. Make sure who you are talking to before you bring the opening password back.
The audit trail tells the details by the account above.
Help desk: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
});
