/**
 * What an answer of the card component means: its `ret_code` and `last_error` (signed or unsigned 32-bit) as one of our outcomes,
 * whose words are `card.outcome.<outcome>`.
 */

const byReturnCode = new Map([
  [0x76000003, 'component-request'],
  [0x76000006, 'no-card'],
  [0x7600000b, 'component-request'],
  [0x7600000c, 'component-request'],
  [0x7600000d, 'component-failed'],
  [0x7600000f, 'domain-not-allowed'],
  [0x76000031, 'domain-not-allowed'],
  [0x76000998, 'no-pin'],
  [0x76000999, 'cancelled'],
  [0x76100003, 'no-reader'],
  [0x76100006, 'card-login-failed'],
  [0x76100008, 'key-not-read'],
  [0x76100009, 'certificate-not-read'],
  [0x76300004, 'sign-failed'],
  [0x76500001, 'card-not-yet-valid'],
  [0x76500002, 'card-expired'],
  [0x83000101, 'wrong-card-moica'],
  [0x83000102, 'wrong-card-moeaca'],
  [0x83000103, 'wrong-card-gca'],
  [0x83000104, 'wrong-card-xca'],
]);

/** The card's own word about the PIN is more exact than the component's. */
const byLastError = new Map([
  [0xa0, 'wrong-pin'],
  [0xa2, 'pin-length'],
  [0xa4, 'locked'],
  [0x80000001, 'wrong-pin-one-left'],
  [0x80000002, 'wrong-pin-two-left'],
]);

/** @param {unknown} code */
const unsigned = (code) => (typeof code === 'number' && Number.isInteger(code) ? code >>> 0 : undefined);

/**
 * Undefined when the component did what it was asked for.
 * @param {{ ret_code?: unknown, last_error?: unknown }} answer
 * @returns {{ outcome: string, code: string } | undefined} `code`: both numbers, for the help desk
 */
export function outcomeOf(answer) {
  const returned = unsigned(answer.ret_code);
  if (returned === 0) return undefined;
  const last = unsigned(answer.last_error) ?? 0;
  const outcome = byLastError.get(last) ?? byReturnCode.get(returned ?? -1) ?? 'component-other';
  return { outcome, code: [returned ?? 0, last].map(hex).join('/') };
}

/** @param {number} code */
function hex(code) {
  return code.toString(16).toUpperCase().padStart(2, '0');
}
