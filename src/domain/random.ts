/** Randomness, injected. Always a cryptographic source in the running program. */
export interface Random {
  /** `length` random bytes. */
  bytes(length: number): Buffer;
  /** `length` decimal digits, evenly distributed, leading zeros included. */
  digits(length: number): string;
  /** `bytes` random bytes as base64url text: an identifier or a bearer secret. */
  token(bytes: number): string;
}
