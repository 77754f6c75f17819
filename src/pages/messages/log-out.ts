import { defineMessages } from './define-messages.ts';

/** Logging out of the hub. */
export const logOutMessages = defineMessages({
  'logOut.title': { zh: '確定要登出嗎？', en: 'Log out?' },
  'logOut.fromSystem': { zh: '「{system}」請求結束您的登入。', en: '{system} asks to end your session.' },
  'logOut.consequence': {
    zh: '登出後，您由此登入的各業務系統也會一併登出。請先儲存尚未完成的資料。',
    en: 'Every system you entered from here is logged out as well. Please save unfinished work first.',
  },
  'logOut.submit': { zh: '登出', en: 'Log out' },
  'logOut.submit.busy': { zh: '登出中…', en: 'Logging out…' },
  'logOut.stay': { zh: '不登出，繼續使用', en: 'Stay logged in' },
  'loggedOut.title': { zh: '您已登出', en: 'You have logged out' },
  'loggedOut.body': {
    zh: '我們已通知您進入過的各業務系統。使用公用電腦時，請一併關閉瀏覽器。',
    en: 'The systems you entered are being told. On a shared computer, please close the browser too.',
  },
  'loggedOut.backToSystem': { zh: '您是由「{system}」登出的。', en: 'You came from {system}.' },
  'loggedOut.logIn': { zh: '重新登入', en: 'Sign in again' },
});
