/** Which octets are a value of a syntax (RFC 4517, 3.3). A syntax that is not listed takes any octets. */
import { decodeUtf8 } from './matching-rules.ts';
import { normaliseGeneralizedTime } from './generalized-time.ts';

const arc = '1.3.6.1.4.1.1466.115.121.1';

export const syntaxOid = {
  boolean: `${arc}.7`,
  certificate: `${arc}.8`,
  certificateList: `${arc}.9`,
  certificatePair: `${arc}.10`,
  countryString: `${arc}.11`,
  distinguishedName: `${arc}.12`,
  directoryString: `${arc}.15`,
  generalizedTime: `${arc}.24`,
  ia5String: `${arc}.26`,
  integer: `${arc}.27`,
  numericString: `${arc}.36`,
  objectIdentifier: `${arc}.38`,
  postalAddress: `${arc}.41`,
  printableString: `${arc}.44`,
  telephoneNumber: `${arc}.50`,
} as const;

/** Syntaxes whose values travel with the option `;binary` (RFC 4522, 4523). */
export const binaryTransferSyntaxes: ReadonlySet<string> = new Set([
  syntaxOid.certificate,
  syntaxOid.certificateList,
  syntaxOid.certificatePair,
]);

const printable = /^[A-Za-z0-9'()+,\-./:? =]+$/;

const checks: Readonly<Record<string, (text: string) => boolean>> = {
  [syntaxOid.boolean]: (text) => text === 'TRUE' || text === 'FALSE',
  [syntaxOid.countryString]: (text) => text.length === 2 && printable.test(text),
  [syntaxOid.directoryString]: (text) => text.length > 0,
  [syntaxOid.generalizedTime]: (text) => normaliseGeneralizedTime(text) !== undefined,
  [syntaxOid.ia5String]: (text) => /^\p{ASCII}*$/u.test(text),
  [syntaxOid.integer]: (text) => /^(0|-?[1-9]\d*)$/.test(text),
  [syntaxOid.numericString]: (text) => /^[\d ]+$/.test(text),
  [syntaxOid.postalAddress]: (text) => text.length > 0,
  [syntaxOid.printableString]: (text) => printable.test(text),
  [syntaxOid.telephoneNumber]: (text) => /^[A-Za-z0-9'()+,\-./:? ="]+$/.test(text) && /[^\s-]/.test(text),
};

/** Whether `value` is of `syntax`. Names (DN, OID) are judged by their matching rule, which knows the schema. */
export function isOfSyntax(value: Buffer, syntax: string): boolean {
  if (binaryTransferSyntaxes.has(syntax)) return value.length > 2 && value[0] === 0x30;
  const check = checks[syntax];
  if (check === undefined) return true;
  const text = decodeUtf8(value);
  return text !== undefined && check(text);
}
