/** National and resident-certificate identifiers (identifiers-and-rules: Identifiers). */

declare const nationalIdBrand: unique symbol;
/** A checked national ID in upper case, e.g. `A123456789`. Never logged, never shown in full in a list. */
export type NationalId = string & { readonly [nationalIdBrand]: true };

const letters = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';
const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];
const shape = /^[A-Z][1289A-D]\d{8}$/;

/**
 * The national ID in `text`, or undefined when its shape or checksum is wrong. Surrounding space and lower
 * case are accepted, full-width forms too (NFKC), since people type and paste them.
 */
export function parseNationalId(text: string): NationalId | undefined {
  if (text.length > 64) return undefined;
  const id = text.normalize('NFKC').trim().toUpperCase();
  return shape.test(id) && checksum(id) % 10 === 0 ? (id as NationalId) : undefined;
}

function letterValue(letter: string): number {
  return letters.indexOf(letter) + 10;
}

function checksum(id: string): number {
  const first = letterValue(id.charAt(0));
  // The second character of an old resident certificate is a letter and counts its value mod 10.
  const second = /\d/.test(id.charAt(1)) ? Number(id.charAt(1)) : letterValue(id.charAt(1)) % 10;
  const digits = [Math.floor(first / 10), first % 10, second, ...Array.from(id.slice(2), Number)];
  return digits.reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0);
}

/** Whether `text` has the shape of one, so that only its checksum can be what is wrong. */
export function hasNationalIdShape(text: string): boolean {
  return text.length <= 64 && shape.test(text.normalize('NFKC').trim().toUpperCase());
}
