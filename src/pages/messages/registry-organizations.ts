import { defineMessages } from './define-messages.ts';

/** Organisations in the registration service (機關). */
export const registryOrganizationsMessages = defineMessages({
  'registry.place.organizations': { zh: '機關', en: 'Organisations' },
  'registry.place.organizations.body': {
    zh: '維護機關與單位的 OID、名稱與機關代碼。',
    en: 'Keep the OIDs, names and codes of agencies and units.',
  },
  'registry.organizations.add': { zh: '新增機關', en: 'Add an organisation' },
  'registry.organizations.back': { zh: '返回機關', en: 'Back to organisations' },
  'registry.organizations.search': { zh: '機關名稱或 OID', en: 'Name or OID' },
  'registry.organizations.search.hint': {
    zh: '名稱輸入一部分即可；OID 由開頭輸入',
    en: 'A part of the name, or the beginning of the OID',
  },
  'registry.organizations.count': { zh: '共 {count} 筆', en: '{count} in all' },
  'registry.organizations.more': {
    zh: '顯示前 {count} 筆，請輸入更完整的條件',
    en: 'The first {count}; type more to narrow it down',
  },
  'registry.organizations.below': { zh: '之下一層：{count} 筆', en: 'one level below: {count}' },
  'registry.organizations.up': { zh: '上一層', en: 'One level up' },
  'registry.organizations.tree': { zh: '下層', en: 'Below' },
  'registry.organizations.open': { zh: '下層單位', en: 'What lies below' },
  'registry.organizations.name': { zh: '名稱', en: 'Name' },
  'registry.organizations.code': { zh: '機關代碼', en: 'Agency code' },
  'registry.organizations.code.hint': {
    zh: '例如 387000000A；單位可留空',
    en: 'Such as 387000000A; none for a unit',
  },
  'registry.organizations.oid.hint': {
    zh: '以點分隔的數字，例如 2.16.886.101.90027；新增後不能更改',
    en: 'Numbers with dots, such as 2.16.886.101.90027; it stays as it is',
  },
  'registry.organizations.rename.hint': {
    zh: '改名不會更動帳號上已記載的機關名稱',
    en: 'Accounts keep the name that they were opened with',
  },
  'registry.organizations.empty': { zh: '沒有機關', en: 'There is none' },
  'registry.organizations.empty.body': {
    zh: '請改用搜尋，或新增一個。',
    en: 'Search for it, or add one.',
  },
  'registry.organizations.form.add': { zh: '新增機關', en: 'Add an organisation' },
  'registry.organizations.form.change': { zh: '修改機關', en: 'Change an organisation' },
  'registry.organizations.notice.added': { zh: '機關已新增', en: 'The organisation has been added' },
  'registry.organizations.notice.changed': { zh: '已儲存', en: 'Saved' },
  'registry.organizations.error.oid': {
    zh: '請填正確的 OID，例如 2.16.886.101.90027',
    en: 'Give a proper OID, such as 2.16.886.101.90027',
  },
  'registry.organizations.error.oid-taken': {
    zh: '這個 OID 的機關已經存在，未作更動；要改名稱或代碼，請搜尋後修改',
    en: 'There is an organisation of this OID already, left as it is; to give it another name or code, search for it and change it',
  },
  'registry.organizations.error.name': {
    zh: '請填一行文字，最多 200 字',
    en: 'Give one line of text of at most 200 characters',
  },
  'registry.organizations.error.code': {
    zh: '請填最多 20 個英數字，或留空',
    en: 'Give at most 20 letters and digits, or leave it empty',
  },
});
