/**
 * Personal fields at rest: sealed with AES-256-GCM for those allowed to read them, and a keyed hash (HMAC-SHA-256)
 * as an equality index. Both name their key, so that keys can be replaced while old values are still read.
 */

declare const sealedBrand: unique symbol;
/** `<key id>.<base64url of IV ‖ ciphertext ‖ tag>`. */
export type Sealed = string & { readonly [sealedBrand]: true };

declare const indexBrand: unique symbol;
/** `<key id>.<base64url HMAC>`. */
export type IndexKey = string & { readonly [indexBrand]: true };

export interface Sealing {
  /** Seals `plain`; `context` (who and what for) is authenticated and needed again to open it. */
  seal(plain: string, context: string): Sealed;
  /** Opens a sealed value; throws when it was altered, moved to another context, or its key is unknown. */
  open(sealed: Sealed, context: string): string;
  /** The index value of `plain` under the current key. `purpose` separates indexes from each other. */
  index(plain: string, purpose: string): IndexKey;
  /** The index values under every key still in use, the current one first: what a search must look for. */
  indexes(plain: string, purpose: string): readonly IndexKey[];
}

/** Contexts and purposes, in one place so that writer and reader cannot differ. */
export const sealingPurpose = {
  nationalId: 'national-id',
  birthday: 'birthday',
  loginName: 'login-name',
  address: 'address',
  outbox: 'outbox',
  mailedCode: 'mailed-code',
  emailChange: 'email-change',
  certificateHandover: 'certificate-handover',
  search: 'search',
  imports: 'import',
} as const;

/** The context under which a field of `owner` (an account id, or an interaction) is sealed: it opens for no other field, nobody else. */
export function sealingContext(
  purpose: (typeof sealingPurpose)[keyof typeof sealingPurpose],
  owner: string,
): string {
  return `${purpose}:${owner}`;
}
