import { defineMessages } from './define-messages.ts';

/** Mails, as plain text. No name and no account in them: a mailbox may be read by others. */
export const mailMessages = defineMessages({
  'mail.checkCode.subject': { zh: '【{site}】登入檢查碼', en: '[{site}] Your check code' },
  'mail.checkCode.body': {
    zh: `您好：

您的登入檢查碼是

    {code}

有效至 {until}（臺北時間），只能使用一次。
請在原來的登入頁填入，請勿轉告任何人；本站人員不會向您詢問檢查碼。

這不是您本人要求的？表示有人輸入了您的帳號與密碼。
請勿理會這組檢查碼，並立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

your check code is

    {code}

It is good until {until} (Taipei time) and can be used once.
Enter it on the sign-in page you came from and tell it to nobody; we never ask for it.

Not you? Then someone has entered your account and password.
Do not use this code, and call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.oneDayEnabled.subject': { zh: '【{site}】一日密碼已啟用', en: '[{site}] One-day password enabled' },
  'mail.oneDayEnabled.body': {
    zh: `您好：

您的業務帳號已由管理者啟用一日密碼，{day} 當日有效，至當晚 24:00（臺北時間）為止。

登入時請填入檢查碼：

    {code}

請由登入頁的「一日密碼登入／首次登入」登入；當日首次登入須先修改密碼。
忘記密碼時，請向管理者申請還原密碼。

您沒有申請？請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

your manager has enabled a one-day password for your account. It is good on {day}, until midnight Taipei time.

When you sign in, enter this check code:

    {code}

Choose "One-day password / first sign-in" on the sign-in page. The first sign-in of the day asks you to change the password.
If you have forgotten it, ask your manager for a reset.

You did not ask for this? Please call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.activated.subject': { zh: '【{site}】帳號已開通', en: '[{site}] Your account is open' },
  'mail.activated.body': {
    zh: `您好：

您的業務帳號已於 {at}（臺北時間）開通。

請在 {until} 前以新密碼登入並註冊自然人憑證；之後請以憑證登入。

不是您本人操作？請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

your account was opened at {at} (Taipei time).

Please sign in with your new password and register your card before {until}; after that, sign in with the card.

This was not you? Please call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.passwordChanged.subject': { zh: '【{site}】密碼已修改', en: '[{site}] Your password was changed' },
  'mail.passwordChanged.body': {
    zh: `您好：

您的帳號密碼已於 {at}（臺北時間）修改。

不是您本人操作？請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

the password of your account was changed at {at} (Taipei time).

This was not you? Please call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.certificateRegistered.subject': {
    zh: '【{site}】已註冊憑證',
    en: '[{site}] A certificate was registered',
  },
  'mail.certificateRegistered.body': {
    zh: `您好：

您的業務帳號已於 {at}（臺北時間）註冊一張憑證。今後請以憑證登入。

不是您本人操作？表示有人可以用那張憑證登入您的帳號，請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

at {at} (Taipei time) a certificate was registered to your account. From now on, sign in with it.

This was not you? Then somebody else can sign in to your account with that certificate; call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.certificateRemoved.subject': {
    zh: '【{site}】已移除憑證',
    en: '[{site}] A certificate was removed',
  },
  'mail.certificateRemoved.body': {
    zh: `您好：

您的業務帳號已於 {at}（臺北時間）移除一張憑證，該憑證不能再用於登入。

不是您本人操作？請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

at {at} (Taipei time) a certificate was removed from your account. It can no longer be used to sign in.

This was not you? Please call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.confirmAddress.subject': {
    zh: '【{site}】確認新的電子郵件地址',
    en: '[{site}] Confirm your new address',
  },
  'mail.confirmAddress.body': {
    zh: `您好：

有人要求將業務帳號的電子郵件改為這個地址。確認碼是

    {code}

有效至 {until}（臺北時間），只能使用一次。
請在原來的「個人資料維護」頁填入，請勿轉告任何人；填入之前，原來的地址繼續有效。

這不是您本人要求的？請勿理會本信，地址不會變更。
服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

somebody asked for the mail of an account to go to this address. The confirmation code is

    {code}

It is good until {until} (Taipei time) and can be used once.
Enter it on the profile page you came from and tell it to nobody. Until then the former address stays in force.

Not you? Then ignore this mail, and nothing will change.
Help desk: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.addressChanged.subject': {
    zh: '【{site}】電子郵件地址已變更',
    en: '[{site}] Your e-mail address was changed',
  },
  'mail.addressChanged.body': {
    zh: `您好：

您的業務帳號已於 {at}（臺北時間）改用另一個電子郵件地址，今後的通知與檢查碼不再寄到這裡。

不是您本人操作？表示有人在您的帳號中變更了資料，請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

at {at} (Taipei time) your account was given another e-mail address. Notices and check codes no longer come here.

This was not you? Then somebody has changed your account; call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.closed.subject': { zh: '【{site}】目前不能以密碼登入', en: '[{site}] Password sign-in is closed' },
  'mail.closed.disabled.body': {
    zh: `您好：

您剛才要求寄送檢查碼，但您的帳號目前停用，不能登入。
請洽所屬機關的業務帳號註冊管理者。

不是您本人操作？表示有人輸入了您的帳號與密碼，請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

you asked for a check code, but your account is disabled at present.
Please ask the account registration manager of your agency.

This was not you? Then someone has entered your account and password; call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.closed.not-enabled-today.body': {
    zh: `您好：

您剛才要求寄送檢查碼，但今日未啟用一日密碼，因此沒有寄出檢查碼。
請使用憑證登入，或向所屬機關的業務帳號註冊管理者申請啟用一日密碼。

不是您本人操作？表示有人輸入了您的帳號與密碼，請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

you asked for a check code, but a one-day password is not enabled for today, so none was made.
Please sign in with your card, or ask your manager to enable a one-day password.

This was not you? Then someone has entered your account and password; call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
  'mail.closed.opening-password-expired.body': {
    zh: `您好：

您剛才要求寄送檢查碼，但開帳密碼只在開立（或還原）當日有效，現已失效。
請向所屬機關的業務帳號註冊管理者申請還原密碼。

不是您本人操作？表示有人輸入了您的帳號與密碼，請立即聯絡服務台：{helpDesk}

{site}
（本信由系統自動寄出，請勿直接回覆。）
`,
    en: `Hello,

you asked for a check code, but the opening password was good on the day of opening or reset only.
Please ask the account registration manager of your agency for a reset.

This was not you? Then someone has entered your account and password; call the help desk at once: {helpDesk}

{site}
(Sent automatically; please do not reply.)
`,
  },
});
