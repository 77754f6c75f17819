/** What the rules of a login need of a captcha, whichever kind is configured. */
export interface Captcha {
  /**
   * Whether `answer`, as the form brought it, solves a challenge given to the login `binding`; true only once.
   * Expired, used and other logins' challenges do not count.
   */
  redeem(binding: string, answer: string): Promise<boolean>;
}
