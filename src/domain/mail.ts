/** Port to whatever carries mail. */

export interface MailMessage {
  /** A bare address, checked by parseMailAddress. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface MailTransport {
  /** Resolves when the next hop has taken the message; throws otherwise, to be tried again. */
  deliver(message: MailMessage): Promise<void>;
}

/**
 * A bare address fit for an envelope: no display name, no space, comma, quote or control character, at most 254
 * characters, so that nothing can be smuggled into a header. Undefined otherwise.
 */
export function parseMailAddress(text: string): string | undefined {
  return text.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(
      text,
    )
    ? text
    : undefined;
}
