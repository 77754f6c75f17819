import type { MessageKey } from './messages/catalogue.ts';
import type { MessageParams } from './messages/translate.ts';

/** What is wrong with a form, said beside the field and in the summary above the form. */
export interface FieldError {
  /** Name of the field; empty: it concerns the form as a whole. */
  readonly field: string;
  readonly message: MessageKey;
  readonly params?: MessageParams;
  /** Short code that a help desk can ask for. */
  readonly code?: string;
}
