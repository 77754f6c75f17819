import type { FieldError } from '#pages/field-error.ts';
import type { PublicInformationModel } from '#pages/public-information.ts';
import type { DoorLink } from '../door-link.ts';

export type CaptchaModel =
  /** `href`: where the challenges come from; the answer is the field `altcha`. */
  | { readonly kind: 'proof-of-work'; readonly href: string }
  /** Every request of the picture makes a new challenge; the answer is the field `captcha`. */
  | { readonly kind: 'image'; readonly pictureHref: string; readonly soundHref: string };

export interface LoginFormModel {
  /** Where the form posts to; the buttons are `action=login` and `action=send-code`. */
  readonly action: string;
  readonly csrf: string;
  readonly doors: readonly DoorLink[];
  /** The business system that asked for the login, in the language of the page. */
  readonly entering?: { readonly name: string; readonly owner?: string };
  /** What was typed; empty at first. Password and code are never given back. */
  readonly account: string;
  readonly errors: readonly FieldError[];
  readonly notice?: 'activated' | 'code-on-its-way' | 'signed-out' | 'expired';
  readonly captcha: CaptchaModel;
  readonly information: PublicInformationModel;
  /** Seconds until a code may be asked for again; 0: now. */
  readonly resendSeconds: number;
  readonly directoryDown: boolean;
  /** Where cancelling posts to; absent where there is nobody to go back to. */
  readonly cancelAction?: string;
}
