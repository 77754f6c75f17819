/** The languages of the pages; Traditional Chinese first. */
export const languages = ['zh-TW', 'en'] as const;

export type Language = (typeof languages)[number];

/** A text in every language; a missing one is a type error. `{name}` stands for a parameter. */
export interface Message {
  readonly zh: string;
  readonly en: string;
}

export function defineMessages<Key extends string>(
  messages: Record<Key, Message>,
): Readonly<Record<Key, Message>> {
  return messages;
}

/** The text of `message` in `language`. */
export function textIn(language: Language, message: Message): string {
  return language === 'en' ? message.en : message.zh;
}
