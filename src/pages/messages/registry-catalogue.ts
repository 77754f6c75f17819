import { defineMessages } from './define-messages.ts';

/** The catalogue in the registration service (系統目錄). */
export const registryCatalogueMessages = defineMessages({
  'registry.place.catalogue': { zh: '系統目錄', en: 'Catalogue' },
  'registry.place.catalogue.body': {
    zh: '維護應用系統類別、角色代碼與業務系統。',
    en: 'Keep categories, role codes and business systems.',
  },
  'registry.catalogue.lead': {
    zh: '變更在本處理程序立即生效，其他處理程序最遲 {seconds} 秒。',
    en: 'A change counts at once in this process, and in every other within {seconds} seconds.',
  },
  'registry.catalogue.back': { zh: '返回系統目錄', en: 'Back to the catalogue' },
  'registry.catalogue.categories': { zh: '應用系統類別與角色', en: 'Categories and roles' },
  'registry.catalogue.systems': { zh: '業務系統', en: 'Business systems' },
  'registry.catalogue.add.category': { zh: '新增類別', en: 'Add a category' },
  'registry.catalogue.add.role': { zh: '新增角色', en: 'Add a role' },
  'registry.catalogue.add.system': { zh: '新增系統', en: 'Add a system' },
  'registry.catalogue.change.category': { zh: '修改類別', en: 'Change a category' },
  'registry.catalogue.change.role': { zh: '修改角色', en: 'Change a role' },
  'registry.catalogue.change.system': { zh: '修改系統', en: 'Change a system' },
  'registry.catalogue.id': { zh: '代碼', en: 'ID' },
  'registry.catalogue.id.category': { zh: '類別代碼', en: 'ID of the category' },
  'registry.catalogue.id.role': { zh: '角色代碼', en: 'Role code' },
  'registry.catalogue.id.system': { zh: '系統代碼', en: 'ID of the system' },
  'registry.catalogue.id.hint': {
    zh: '小寫英數字、- 與 _，最多 64 字；新增後不能更改',
    en: 'Lower-case letters, digits, - and _, at most 64; it stays as it is',
  },
  'registry.catalogue.name': { zh: '名稱', en: 'Name' },
  'registry.catalogue.nameEn': { zh: '英文名稱', en: 'English name' },
  'registry.catalogue.description': { zh: '用途說明', en: 'What it is for, in Chinese' },
  'registry.catalogue.descriptionEn': { zh: '英文用途說明', en: 'What it is for, in English' },
  'registry.catalogue.owner': { zh: '主管機關', en: 'Agency that owns it' },
  'registry.catalogue.url': { zh: '系統網址', en: 'Where its tile leads' },
  'registry.catalogue.url.hint': {
    zh: '我的首頁的方塊連到這裡；留空則不能由首頁開啟',
    en: 'The tile on my home opens it; empty: there is no opening it from there',
  },
  'registry.catalogue.category': { zh: '所屬類別', en: 'Category' },
  'registry.catalogue.requires': { zh: '登入要求', en: 'Login that it counts at' },
  'registry.catalogue.requires.hint': {
    zh: '登入強度不足時，這個角色不會給系統',
    en: 'At a weaker login the system is not told of this role',
  },
  'registry.catalogue.requirement.certificate': { zh: '憑證', en: 'Certificate' },
  'registry.catalogue.requirement.second-factor': { zh: '第二因子', en: 'Second factor' },
  'registry.catalogue.withoutCertificate': { zh: '未帶憑證角色', en: 'For days without the card' },
  'registry.catalogue.withoutCertificate.short': { zh: '未帶憑證', en: 'Without card' },
  'registry.catalogue.withoutCertificate.hint': {
    zh: '系統要求憑證時，持有者未帶憑證也能進入；登入要求須為第二因子',
    en: 'Lets in without a card where the system asks for one; needs the second factor above',
  },
  'registry.catalogue.givenBy': { zh: '其他可給予的類別', en: 'Given by managers of these, too' },
  'registry.catalogue.givenBy.hint': {
    zh: '持有這些類別的管理者也能給這個角色',
    en: 'Managers who hold one of these may give the role as well',
  },
  'registry.catalogue.leastRequirement': { zh: '最低登入強度', en: 'Least login' },
  'registry.catalogue.leastRequirement.hint': {
    zh: '要求憑證時，只有未帶憑證角色能以第二因子進入',
    en: 'With a certificate asked for, only roles for days without the card let in by second factor',
  },
  'registry.catalogue.admits': { zh: '可進入者', en: 'Admits' },
  'registry.catalogue.admitsCategories': { zh: '可進入的類別', en: 'Categories that admit' },
  'registry.catalogue.admitsCategories.hint': {
    zh: '持有類別中任一角色即可進入',
    en: 'Any role of these admits',
  },
  'registry.catalogue.admitsRoles': { zh: '另可進入的角色', en: 'Single roles that admit' },
  'registry.catalogue.admitsRoles.hint': {
    zh: '類別不在上列時，逐一指定角色',
    en: 'Role by role, where the category as a whole does not admit',
  },
  'registry.catalogue.noRoles': { zh: '這個類別還沒有角色', en: 'This category has no role yet' },
  'registry.catalogue.notice.added': { zh: '已新增', en: 'Added' },
  'registry.catalogue.notice.changed': { zh: '已儲存', en: 'Saved' },
  'registry.catalogue.notice.removed': { zh: '已刪除', en: 'Removed' },
  'registry.catalogue.ask.category': { zh: '刪除這個類別？', en: 'Remove this category?' },
  'registry.catalogue.ask.category.body': {
    zh: '沒有管理者或程式可授予這個類別，也沒有系統或角色指定它。',
    en: 'No manager and no program gives roles of it, and no system and no role names it.',
  },
  'registry.catalogue.ask.category.rolesFirst': {
    zh: '這個類別還有角色，請先刪除其下的角色。',
    en: 'It still has roles; remove those first.',
  },
  'registry.catalogue.ask.role': { zh: '刪除這個角色？', en: 'Remove this role?' },
  'registry.catalogue.ask.role.body': {
    zh: '沒有帳號持有這個角色，也沒有系統指定它。刪除後不能再授予。',
    en: 'No account holds it, and no system names it. From now on it is not given any more.',
  },
  'registry.catalogue.held.role': {
    zh: '還有帳號持有這個角色，或有系統指定它，請先逐一取消後再刪除；否則日後新增同一代碼時，舊有的權限會一併恢復。要先停止它的作用，請修改可憑它進入的系統。',
    en: 'Accounts still hold it, or systems name it. Take it away there first: with the same code added one day, the old rights would be back. To stop its effect at once, change the systems it admits to.',
  },
  'registry.catalogue.held.category': {
    zh: '還有管理者或程式可授予這個類別，或有系統、角色指定它，請先逐一取消後再刪除；否則日後新增同一代碼時，舊有的權限會一併恢復。',
    en: 'Managers or programs may still give roles of it, or systems and roles name it. Take it away there first: with the same ID added one day, the old rights would be back.',
  },
  'registry.catalogue.held.system': {
    zh: '還有依賴方或介面服務這個系統，請先修改後再刪除（登錄在設定檔者由維運人員修改）；否則日後新增同一代碼時，新系統的角色會一併提供給它們。要先停止它的作用，請取消可進入它的類別與角色。',
    en: 'Relying parties or resources still serve it. Change those first (operators change what the configuration file names): with the same ID added one day, they would be given the roles of the new system. To stop its effect at once, let no category and no role admit to it.',
  },
  'registry.catalogue.held.role.add': {
    zh: '還有帳號持有這個代碼的角色，或有系統指定它，是先前刪除後留下的；新增後會立即恢復權限，因此沒有新增。請先逐一取消，或改用別的代碼。',
    en: 'Accounts still hold a role of this code, or systems name it, left from one that was removed. The old rights would be back at once, so nothing was added. Take it away there first, or choose another code.',
  },
  'registry.catalogue.held.category.add': {
    zh: '還有管理者或程式可授予這個代碼的類別，或有系統、角色指定它，是先前刪除後留下的；新增後會立即恢復權限，因此沒有新增。請先逐一取消，或改用別的代碼。',
    en: 'Managers or programs may still give roles of a category of this ID, or systems and roles name it, left from one that was removed. The old rights would be back at once, so nothing was added. Take it away there first, or choose another ID.',
  },
  'registry.catalogue.held.system.add': {
    zh: '還有依賴方或介面服務這個代碼的系統，是先前刪除後留下的；新增後它們會立即得到新系統的角色，因此沒有新增。請先修改，或改用別的代碼。',
    en: 'Relying parties or resources still serve a system of this ID, left from one that was removed. They would be given the roles of the new one at once, so nothing was added. Change those first, or choose another ID.',
  },
  'registry.catalogue.error.held': {
    zh: '這個代碼還有人持有或指定',
    en: 'This ID is still held or named',
  },
  'registry.catalogue.entries': { zh: '指定它的系統與角色', en: 'Systems and roles that name it' },
  'registry.catalogue.parties': {
    zh: '服務它的依賴方與介面',
    en: 'Relying parties and resources that serve it',
  },
  'registry.catalogue.programs': { zh: '可授予的程式', en: 'Programs that may give it' },
  'registry.catalogue.ask.system': { zh: '刪除這個系統？', en: 'Remove this system?' },
  'registry.catalogue.ask.system.body': {
    zh: '首頁方塊消失。沒有依賴方服務這個系統；帳號上的角色不受影響。',
    en: 'Its tile goes. No relying party serves it; roles on accounts stay.',
  },
  'registry.catalogue.holders': { zh: '持有的帳號', en: 'Accounts that hold it' },
  'registry.catalogue.people': { zh: '列出持有者（最多 50 位）', en: 'Who they are (50 at most)' },
  'registry.catalogue.admitted': { zh: '憑它可進入的系統', en: 'Systems it admits to' },
  'registry.catalogue.rolesLeft': { zh: '其下的角色', en: 'Roles in it' },
  'registry.catalogue.error.id': {
    zh: '請填小寫英數字、- 與 _，最多 64 字，且未被使用的代碼',
    en: 'Give lower-case letters, digits, - and _, at most 64, that are not taken yet',
  },
  'registry.catalogue.error.text': {
    zh: '請填一行文字，最多 200 字',
    en: 'Give one line of text of at most 200 characters',
  },
  'registry.catalogue.error.url': {
    zh: '請填完整的 https 網址，或留空',
    en: 'Give a complete https address, or leave it empty',
  },
  'registry.catalogue.error.requires': {
    zh: '未帶憑證角色的登入要求須為第二因子',
    en: 'A role for days without the card counts at the second factor',
  },
  'registry.catalogue.error.category': { zh: '請選一個類別', en: 'Choose a category' },
  'registry.catalogue.error.other': {
    zh: '選取的類別或角色已不在目錄中，請取消勾選',
    en: 'A category or role that is ticked is no longer in the catalogue; take it out',
  },
});
