import type { Language } from './messages/define-messages.ts';

/** What a page needs to know of the request besides its model. */
export interface ViewContext {
  readonly language: Language;
  readonly requestId: string;
  /** Path and query of a GET that shows this page again: where the language switch leads. */
  readonly path: string;
}

/** The same page in the other language. */
export function languageSwitch({ language, path }: ViewContext): { language: Language; href: string } {
  const other: Language = language === 'en' ? 'zh-TW' : 'en';
  const url = new URL(path, 'http://localhost');
  url.searchParams.set('lang', other);
  return { language: other, href: url.pathname.replace(/^\/+/, '/') + url.search };
}
