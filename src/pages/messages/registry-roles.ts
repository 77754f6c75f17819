import { defineMessages } from './define-messages.ts';

/** Roles (角色設定). */
export const registryRolesMessages = defineMessages({
  'registry.roles': { zh: '角色設定', en: 'Roles' },
  'registry.roles.lead': {
    zh: '勾選的角色即為儲存後持有的角色；取消勾選就是收回。截止日當天仍有效，次日自動失效。',
    en: 'What is ticked is what the person will hold; unticking takes a role back. It counts through its last day and ends by itself.',
  },
  'registry.roles.effect': {
    zh: '生效時間：不透明的存取權杖於下次使用時生效；JWT 存取權杖最遲 5 分鐘內生效。若失去某系統的全部角色，該系統的登入會同時結束。',
    en: 'When it counts: opaque access tokens at their next use, JWT access tokens within 5 minutes. Whoever loses the last role of a system is logged out there.',
  },
  'registry.roles.none': {
    zh: '您沒有可設定的應用系統類別。',
    en: 'There is no category of which you may give roles.',
  },
  'registry.roles.fixed': {
    zh: '您未持有這個類別，僅供檢視；請由持有該類別的管理者設定。',
    en: 'You do not hold this category, so it is only shown; a manager who does can change it.',
  },
  'registry.roles.allows': { zh: '可進入：{systems}。', en: 'Lets into: {systems}.' },
  'registry.roles.allowsNothing': {
    zh: '目前沒有系統使用這個角色。',
    en: 'No system uses this role at present.',
  },
  'registry.roles.requires.certificate': {
    zh: '須以憑證登入。',
    en: 'Asks for a certificate sign-in.',
  },
  'registry.roles.requires.second-factor': {
    zh: '一日密碼或兩階段驗證登入即可。',
    en: 'A one-day password or a second factor is enough.',
  },
  'registry.roles.withoutCertificate': {
    zh: '未帶憑證的當日使用：一日密碼登入即可。',
    en: 'For a day without the card: a one-day password is enough.',
  },
  'registry.roles.until': { zh: '截止日（選填）', en: 'Last day (optional)' },
  'registry.roles.noEnd': { zh: '無截止日', en: 'No end' },
  'registry.roles.ended': { zh: '已於 {until} 截止。', en: 'Ended on {until}.' },
  'registry.roles.unknown': {
    zh: '帳號上還有系統目錄已不存在的角色：{roles}',
    en: 'The account also has roles that the catalogue does not know any more: {roles}',
  },
  'registry.roles.unknown.officer': {
    zh: '儲存後會一併移除。',
    en: 'Saving removes them.',
  },
  'registry.roles.submit': { zh: '儲存角色', en: 'Save roles' },
  'registry.meanwhile': {
    zh: '這段期間，別人更改了這個帳號',
    en: 'Somebody else has changed this account meanwhile',
  },
  'registry.meanwhile.entry': {
    zh: '這段期間，別人更改了這筆資料',
    en: 'Somebody else has changed this meanwhile',
  },
  'registry.meanwhile.file': {
    zh: '對方已換過檔案，現在是上面這一個；您選的檔案沒有存入，仍要更換時請再選一次',
    en: 'The other person has replaced the file, by the one above. The file that you chose was not kept; choose it again if it is still to go in',
  },
  'registry.meanwhile.conflict.choice': {
    zh: '目前資料（對方）如下；上面是您選的：',
    en: 'On file now (theirs), above is what you chose:',
  },
  'registry.meanwhile.body': {
    zh: '什麼都還沒有寫入。不同之處列在欄位下方；請核對後再儲存，未列出的欄位以對方的資料為準。',
    en: 'Nothing was written. What differs stands under the fields; look at it and save again. Fields without a note keep what the other person wrote.',
  },
  'registry.meanwhile.theirs': { zh: '對方已改成這個值', en: 'The other person has changed it to this' },
  'registry.meanwhile.conflict': {
    zh: '目前資料（對方）：{value}；上面是您輸入的',
    en: 'On file now (theirs): {value}; above is what you typed',
  },
  'registry.meanwhile.conflict.removed': {
    zh: '對方已清空這個欄位；上面是您輸入的',
    en: 'The other person has emptied this; above is what you typed',
  },
});
