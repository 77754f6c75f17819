/** The few helpers that templates have; they translate and format, and decide nothing. */
import type Handlebars from 'handlebars';
import { formatDateTime } from './date-time.ts';
import type { FieldError } from './field-error.ts';
import type { Language } from './messages/define-messages.ts';
import { translateKey, type MessageParams } from './messages/translate.ts';

type Environment = ReturnType<typeof Handlebars.create>;

export function registerHelpers(handlebars: Environment, assets: { url(name: string): string }): void {
  /** `{{t 'key' name=value}}`, or `{{t key params}}` where the model carries both. */
  handlebars.registerHelper('t', (key: string, ...rest: unknown[]) => {
    const options = rest.at(-1) as Handlebars.HelperOptions;
    const params = rest.length > 1 ? (rest[0] as MessageParams | undefined) : undefined;
    const { language } = options.data as { language: Language };
    return translateKey(language, key, { ...params, ...(options.hash as MessageParams) });
  });
  /** `2026-11-21 15:04` in Asia/Taipei. */
  handlebars.registerHelper('dateTime', (time: Date) => formatDateTime(time));
  handlebars.registerHelper('eq', (left: unknown, right: unknown) => left === right);
  handlebars.registerHelper('or', (left: unknown, right: unknown) => left || right);
  /** A message key made of parts: `(key 'error.' code '.title')`. */
  handlebars.registerHelper('key', (...parts: unknown[]) => parts.slice(0, -1).join(''));
  /** The first error of `field`. */
  handlebars.registerHelper('errorOf', (errors: readonly FieldError[], field: string) =>
    errors.find((error) => error.field === field),
  );
  /** What somebody else has made of `field` meanwhile; nothing on pages where nobody could. */
  handlebars.registerHelper('differenceIn', (differences: object | undefined, field: string): unknown =>
    differences && Object.hasOwn(differences, field) ? Reflect.get(differences, field) : undefined,
  );
  handlebars.registerHelper('asset', (name: string) => assets.url(name));
}
