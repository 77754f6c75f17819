import { findMessage, type MessageKey } from './catalogue.ts';
import { textIn, type Language } from './define-messages.ts';

export type MessageParams = Readonly<Record<string, string | number>>;

const placeholder = /\{([a-zA-Z]+)\}/g;

/** The text of `key` with its parameters filled in, as plain text: escaping is the template's. */
export function translate(language: Language, key: MessageKey, params: MessageParams = {}): string {
  return translateKey(language, key, params);
}

/** As translate, for a key that is known only at run time; throws when there is no such key or parameter. */
export function translateKey(language: Language, key: string, params: MessageParams = {}): string {
  const message = findMessage(key);
  if (!message) throw new Error(`no message has the key ${key}`);
  return textIn(language, message).replace(placeholder, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) throw new Error(`message ${key} needs the parameter ${name}`);
    return String(value);
  });
}
