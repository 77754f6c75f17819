import { defineMessages } from './define-messages.ts';

/** Opening an account (公務員新增作業), and the fields that opening and changing share. */
export const registryOpenMessages = defineMessages({
  'registry.place.open': { zh: '公務員新增作業', en: 'Open an account' },
  'registry.place.open.body': {
    zh: '為管轄範圍內的公務員開立帳號，並可同時設定角色；開立後有交付說明可列印。',
    en: 'Open an account for an official of your jurisdiction, with roles at once; what to hand on can be printed.',
  },
  'registry.open.lead': {
    zh: '機關與管轄範圍由您的帳號帶入，不能更改；標示「選填」以外的欄位都要填。',
    en: 'Agency and jurisdiction come from your own account and cannot be changed; all fields but those marked optional are needed.',
  },
  'registry.open.lead.programme-officer': {
    zh: '請選擇機關；標示「選填」以外的欄位都要填。',
    en: 'Choose the agency; all fields but those marked optional are needed.',
  },
  'registry.open.fixed': { zh: '由管理者帳號帶入', en: 'From your own account' },
  'registry.open.agency': { zh: '機關', en: 'Agency' },
  'registry.open.agencyName': { zh: '機關名稱', en: 'Agency' },
  'registry.open.agencyCode': { zh: '機關代碼', en: 'Agency code' },
  'registry.open.agencyOid': { zh: '機關OID', en: 'Agency OID' },
  'registry.open.jurisdictionOid': { zh: '管轄範圍起始OID', en: 'Jurisdiction root OID' },
  'registry.open.person': { zh: '本人資料', en: 'The person' },
  'registry.open.contact': { zh: '聯絡資料', en: 'How to reach them' },
  'registry.open.optional': { zh: '{label}（選填）', en: '{label} (optional)' },
  'registry.open.unit': {
    zh: '單位（選填，未填即機關本身）',
    en: 'Unit (optional; without one, the agency itself)',
  },
  'registry.open.name': { zh: '姓名', en: 'Name' },
  'registry.open.name.hint': { zh: '與自然人憑證相同', en: 'As on the card' },
  'registry.open.nationalId': {
    zh: '身分證字號／統一證號',
    en: 'National ID or resident certificate number',
  },
  'registry.open.nationalId.hint': {
    zh: '1 個英文字母加 9 碼，例：A123456789',
    en: 'One letter and nine digits, such as A123456789',
  },
  'registry.open.birthday': { zh: '出生月日', en: 'Month and day of birth' },
  'registry.open.birthday.hint': {
    zh: '月日各 2 碼，例：2 月 15 日填 0215',
    en: 'Two digits each: 0215 for 15 February',
  },
  'registry.open.email': { zh: '電子郵件信箱', en: 'E-mail' },
  'registry.open.email.hint': {
    zh: '首次登入的檢查碼寄到這裡，請填本人公務信箱',
    en: 'The check codes go there: the person’s own office address',
  },
  'registry.open.roles': { zh: '角色（選填）', en: 'Roles (optional)' },
  'registry.open.roles.hint': {
    zh: '只列出您可設定的類別；之後也可由「角色設定」更改。',
    en: 'Those of the categories you may give; they can be changed later.',
  },
  'registry.open.roles.none': {
    zh: '您沒有可設定的應用系統類別，請先開立帳號，再由持有類別的管理者設定角色。',
    en: 'You may give roles of no category; open the account, and a manager who holds one gives the roles.',
  },
  'registry.open.submit': { zh: '開立帳號', en: 'Open the account' },
  'registry.open.busy': { zh: '開立中…', en: 'Opening…' },
  'registry.open.duplicate': { zh: '這個人已經有帳號', en: 'This person has an account already' },
  'registry.open.duplicate.seen': {
    zh: '同一身分證字號的帳號已在您的管轄範圍內，不能重複開立。要調動單位、設定角色或還原密碼，請直接使用這個帳號。',
    en: 'An account with this national ID is within your jurisdiction; it cannot be opened twice. Use it to move the person, set roles or reset the password.',
  },
  'registry.open.duplicate.open': { zh: '檢視 {name} 的帳號', en: 'See the account of {name}' },
  'registry.open.duplicate.elsewhere': {
    zh: '同一身分證字號的帳號已在其他機關，不能重複開立。請本人或您洽原機關的註冊管理者辦理異動或刪除；不清楚原機關時，請洽服務台。',
    en: 'An account with this national ID is kept by another agency; it cannot be opened twice. Ask that agency’s manager to move or delete it; if you do not know which agency it is, ask the help desk.',
  },
  'registry.open.done': { zh: '帳號已開立', en: 'The account is open' },
  'registry.open.done.lead': {
    zh: '{name} 的帳號已開立。請把下列說明交給本人；本人須在 {day} 當日完成首次登入。',
    en: 'The account of {name} is open. Hand the following on; the person must sign in for the first time on {day}.',
  },
  'registry.open.done.mailed': {
    zh: '已寄信通知本人；信中不含密碼的組成方式，請另外告知。',
    en: 'A mail is on its way to the person; how the password is made is not in it, so tell them.',
  },
  'registry.open.done.hand': { zh: '交給本人的說明', en: 'For the person' },
  'registry.open.done.account': { zh: '帳號', en: 'Account name' },
  'registry.open.done.account.body': {
    zh: '本人的身分證字號（或統一證號）',
    en: 'The person’s own national ID',
  },
  'registry.open.done.password': { zh: '開帳密碼', en: 'Opening password' },
  'registry.open.done.password.body': {
    zh: '{prefix} ＋ 出生月日 4 碼 ＋ 身分證字號末 4 碼（英文大小寫須相符）',
    en: '{prefix}, then the four digits of month and day of birth, then the last four of the national ID; capitals matter',
  },
  'registry.open.done.day': { zh: '有效日', en: 'Good on' },
  'registry.open.done.day.body': { zh: '{day} 當日 24 時前', en: '{day}, until midnight' },
  'registry.open.done.steps': { zh: '本人接著要做的事', en: 'What the person does next' },
  'registry.open.done.step.code': {
    zh: '在登入頁選「一日密碼登入」，輸入帳號、開帳密碼，按「寄送檢查碼」，到信箱收 Email 檢查碼。',
    en: 'Choose “One-day password” on the sign-in page, give account name and opening password, ask for the check code, and read it from the mail.',
  },
  'registry.open.done.step.plain': {
    zh: '在登入頁選「一日密碼登入」，輸入帳號與開帳密碼。',
    en: 'Choose “One-day password” on the sign-in page and give account name and opening password.',
  },
  'registry.open.done.step.change': {
    zh: '依畫面修改密碼，再以新密碼重新登入。',
    en: 'Change the password as the page asks, and sign in again with the new one.',
  },
  'registry.open.done.step.card': {
    zh: '註冊自然人憑證（{hours} 小時內）；之後一律以憑證登入。',
    en: 'Register the card within {hours} hours; from then on, sign in with it.',
  },
  'registry.open.done.step.late': {
    zh: '當日沒有完成：請管理者「還原密碼」，開帳密碼於還原當日再次有效。',
    en: 'Not done that day: ask the manager to reset the password; the opening password is then good again on that day.',
  },
  'registry.open.done.again': { zh: '再開立一個帳號', en: 'Open another' },
  'registry.open.done.see': { zh: '檢視帳號', en: 'See the account' },
  'registry.open.done.print': { zh: '可直接列印本頁', en: 'This page can be printed' },
  'registry.field.error.missing': { zh: '請填寫{label}', en: 'Give this: {label}' },
  'registry.field.error.malformed': {
    zh: '{label}太長或含有特殊控制字元，請核對',
    en: '{label}: too long, or with control characters; look again',
  },
  'registry.field.error.nationalId.format': {
    zh: '身分證字號應為 1 個英文字母加 9 碼（統一證號第 2 碼可為 8、9 或 A–D），請核對',
    en: 'A national ID is one letter and nine digits (a resident number may have 8, 9 or A–D second); look again',
  },
  'registry.field.error.nationalId.checksum': {
    zh: '身分證字號的檢查碼不符，可能打錯一個字，請逐字核對',
    en: 'The check digit of the national ID does not fit: one character may be mistyped; compare each',
  },
  'registry.field.error.birthday.format': {
    zh: '出生月日應為 4 碼且日期存在，例：2 月 15 日填 0215',
    en: 'Month and day of birth are four digits of a day that exists: 0215 for 15 February',
  },
  'registry.field.error.email.format': {
    zh: '電子郵件信箱格式不正確，例：name@example.gov.tw',
    en: 'This is no e-mail address such as name@example.gov.tw',
  },
  'registry.field.error.until.format': {
    zh: '角色截止日應為存在的日期，例：2026-12-31',
    en: 'The last day of a role is a day that exists, such as 2026-12-31',
  },
});
