/** Distinguished names as the card's certificates write them: one attribute per RDN, in order. */
import { der } from './der.ts';

const types = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  serialNumber: '2.5.4.5',
} as const;

export type NameType = keyof typeof types;
export type NameParts = readonly (readonly [type: NameType, value: string])[];

/** DER of the Name; C and serialNumber are PrintableStrings, the others UTF8Strings. */
export function encodeName(parts: NameParts): Buffer {
  return der.sequence(
    ...parts.map(([type, value]) => {
      const text = type === 'C' || type === 'serialNumber' ? der.printable(value) : der.utf8(value);
      return der.set(der.sequence(der.oid(types[type]), text));
    }),
  );
}
