/** The quick password hashes that older directories hold: verified, so that their people can log in, never written. */
import { createHash, timingSafeEqual } from 'node:crypto';

const schemes: Readonly<Record<string, { readonly algorithm: string; readonly length: number }>> = {
  SSHA: { algorithm: 'sha1', length: 20 },
  SSHA256: { algorithm: 'sha256', length: 32 },
  SSHA384: { algorithm: 'sha384', length: 48 },
  SSHA512: { algorithm: 'sha512', length: 64 },
};

/**
 * Whether `password` meets `{SSHA}`, `{SSHA256}`, `{SSHA384}` or `{SSHA512}` (slapd and its pw-sha2, Dovecot): base64
 * of digest(password ‖ salt) ‖ salt.
 */
export function meetsSalted(password: Buffer, text: string): boolean {
  const found = /^\{(SSHA(?:256|384|512)?)\}([A-Za-z0-9+/]+={0,2})$/i.exec(text);
  const scheme = schemes[found?.[1]?.toUpperCase() ?? ''];
  if (scheme === undefined) return false;
  const bytes = Buffer.from(found?.[2] ?? '', 'base64');
  if (bytes.length <= scheme.length) return false;
  const salt = bytes.subarray(scheme.length);
  const digest = createHash(scheme.algorithm).update(password).update(salt).digest();
  return timingSafeEqual(digest, bytes.subarray(0, scheme.length));
}
