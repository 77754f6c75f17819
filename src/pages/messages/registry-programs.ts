import { defineMessages } from './define-messages.ts';

/** Rights of programs at the API, in the registration of a relying party. */
export const registryProgramsMessages = defineMessages({
  'registry.parties.part.api': { zh: '程式介面（API）', en: 'Interface for programs (API)' },
  'registry.parties.api.hint': {
    zh: '給自行維護帳號的程式，例如人事系統；其他系統請留空',
    en: 'For programs that keep accounts by themselves, such as a personnel system; otherwise leave it empty',
  },
  'registry.parties.apiScopes': { zh: '可執行的功能', en: 'What it may do' },
  'registry.parties.api.scope.accounts.read': {
    zh: '查詢帳號（accounts.read）',
    en: 'Search and read accounts (accounts.read)',
  },
  'registry.parties.api.scope.accounts.write': {
    zh: '新增與修改帳號（accounts.write）',
    en: 'Open and change accounts (accounts.write)',
  },
  'registry.parties.api.scope.accounts.export': {
    zh: '匯出帳號（accounts.export）',
    en: 'Take lists out (accounts.export)',
  },
  'registry.parties.api.scope.accounts.remove': {
    zh: '刪除帳號（accounts.remove）',
    en: 'Delete accounts (accounts.remove)',
  },
  'registry.parties.api.scope.roles.write': { zh: '設定角色（roles.write）', en: 'Set roles (roles.write)' },
  'registry.parties.apiScopeOid': { zh: '管轄範圍起始 OID', en: 'OID at and below which it sees accounts' },
  'registry.parties.apiCategories': {
    zh: '可設定的應用系統類別',
    en: 'Categories of which it may give roles',
  },
  'registry.parties.error.api': {
    zh: '使用程式介面時，請至少選一項功能，填寫正確的 OID，並使用金鑰或密鑰驗證',
    en: 'For the interface choose at least one function, give a correct OID, and let it prove who it is',
  },
});
