import type { FieldError } from './field-error.ts';
import type { MessageKey } from './messages/catalogue.ts';
import type { Language } from './messages/define-messages.ts';
import { translate } from './messages/translate.ts';

/** What a script gets for a form it sent by itself: words, ready to be shown. */
export interface FormAnswer {
  readonly notice?: string;
  readonly errors: readonly { readonly field: string; readonly text: string; readonly code?: string }[];
  /** Seconds until the same may be asked again. */
  readonly resendSeconds?: number;
}

export function formAnswer(
  language: Language,
  answer: { notice?: MessageKey; errors: readonly FieldError[]; resendSeconds?: number },
): FormAnswer {
  return {
    ...(answer.notice === undefined ? {} : { notice: translate(language, answer.notice) }),
    errors: answer.errors.map(({ field, message, params, code }) => ({
      field,
      text: translate(language, message, params),
      ...(code === undefined ? {} : { code }),
    })),
    ...(answer.resendSeconds === undefined ? {} : { resendSeconds: answer.resendSeconds }),
  };
}
