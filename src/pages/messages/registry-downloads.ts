import { defineMessages } from './define-messages.ts';

/** Files that everybody may take, in the registration service (下載). */
export const registryDownloadsMessages = defineMessages({
  'registry.place.downloads': { zh: '檔案下載', en: 'Downloads' },
  'registry.place.downloads.body': {
    zh: '上傳手冊與表單，決定名稱、順序與出現的頁面。',
    en: 'Upload manuals and forms; set their titles, their order and the pages that offer them.',
  },
  'registry.downloads.lead': {
    zh: '儲存後立即供所有人下載，不須登入。設定檔中的檔案排在最前，只供查閱。',
    en: 'Saved, a file can be taken by everybody at once, logged in or not. Those of the configuration come first and are shown for reading.',
  },
  'registry.downloads.add': { zh: '新增檔案', en: 'Add a file' },
  'registry.downloads.back': { zh: '返回檔案下載', en: 'Back to downloads' },
  'registry.downloads.title': { zh: '名稱', en: 'Title' },
  'registry.downloads.file': { zh: '檔案', en: 'File' },
  'registry.downloads.place': { zh: '出現的頁面', en: 'Offered on' },
  'registry.downloads.place.hint': {
    zh: '只決定連結出現在哪裡；知道網址的人都能下載',
    en: 'Where the link stands; whoever knows the address can take the file',
  },
  'registry.downloads.place.both': { zh: '登入頁與我的首頁', en: 'Login page and my home' },
  'registry.downloads.place.login': { zh: '登入頁', en: 'Login page' },
  'registry.downloads.place.home': { zh: '我的首頁', en: 'My home' },
  'registry.downloads.order': { zh: '順序', en: 'Order' },
  'registry.downloads.up': { zh: '上移', en: 'Up' },
  'registry.downloads.up.of': { zh: '上移「{title}」', en: 'Up: {title}' },
  'registry.downloads.down': { zh: '下移', en: 'Down' },
  'registry.downloads.down.of': { zh: '下移「{title}」', en: 'Down: {title}' },
  'registry.downloads.titleZh': { zh: '中文名稱', en: 'Title in Chinese' },
  'registry.downloads.titleEn': { zh: '英文名稱', en: 'Title in English' },
  'registry.downloads.file.hint': {
    zh: '最大 20 MB；PDF、DOCX、XLSX、ODT、ODS、PNG、JPG，或 UTF-8 的 CSV、TXT。不收含巨集的檔案',
    en: 'At most 20 MB; PDF, DOCX, XLSX, ODT, ODS, PNG, JPG, or CSV and TXT in UTF-8. None with macros',
  },
  'registry.downloads.present': { zh: '目前的檔案：', en: 'The present file:' },
  'registry.downloads.replace': { zh: '換成另一個檔案', en: 'Replace it by another file' },
  'registry.downloads.replace.hint': {
    zh: '不選則保留目前的檔案。',
    en: 'Without one the present file stays.',
  },
  'registry.downloads.form.add': { zh: '新增檔案', en: 'Add a file' },
  'registry.downloads.form.change': { zh: '修改檔案', en: 'Change a file' },
  'registry.downloads.list.meanwhile': {
    zh: '已有人改過清單，順序未變動。以下是目前的清單，請再試一次。',
    en: 'Somebody has changed the list meanwhile, and nothing was moved. This is how it is now; try again.',
  },
  'registry.downloads.notice.saved': { zh: '檔案已儲存', en: 'The file has been saved' },
  'registry.downloads.notice.moved': { zh: '順序已變更', en: 'The order has been changed' },
  'registry.downloads.notice.removed': { zh: '檔案已刪除', en: 'The file has been removed' },
  'registry.downloads.empty': { zh: '沒有檔案', en: 'There is none' },
  'registry.downloads.empty.body': {
    zh: '有手冊或表單要提供時，請新增一個。',
    en: 'Add one when there is a manual or a form to offer.',
  },
  'registry.downloads.ask': { zh: '刪除這個檔案？', en: 'Remove this file?' },
  'registry.downloads.ask.body': {
    zh: '立即無法下載，無法復原。稽核紀錄保留名稱與雜湊值，不保留內容。',
    en: 'It can no longer be taken from now on, and this cannot be undone. The audit trail keeps its titles and hash, not what is in it.',
  },
  'registry.downloads.error.title': {
    zh: '請填一行文字，最多 200 字',
    en: 'Give one line of text of at most 200 characters',
  },
  'registry.downloads.error.no-file': { zh: '請選擇檔案', en: 'Choose a file' },
  'registry.downloads.error.kind': {
    zh: '這種檔案不能提供下載；請選擇說明所列的格式',
    en: 'Files of this kind are not kept; choose one of the kinds listed',
  },
  'registry.downloads.error.content': {
    zh: '檔案內容與副檔名不符，或檔案已損壞；請用產生它的軟體重新存檔',
    en: 'What is in the file is not what its name says, or it is damaged; save it anew with the program that made it',
  },
  'registry.downloads.error.macros': {
    zh: '檔案含有巨集；請另存為不含巨集的格式',
    en: 'The file has macros; save it without them',
  },
  'registry.downloads.error.name': {
    zh: '檔名含有不能使用的字元、沒有副檔名，或超過 120 字；請改名後再上傳',
    en: 'The file’s name has characters that cannot be used, no ending, or more than 120 characters; give it another name',
  },
  'registry.downloads.error.too-large': {
    zh: '檔案超過 20 MB；請壓縮圖片或分成數個檔案',
    en: 'The file is larger than 20 MB; make its pictures smaller or divide it',
  },
});
