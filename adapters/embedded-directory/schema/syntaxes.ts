/** Which octets are a value of a syntax (RFC 4517, 3.3). A syntax without a check takes any octets, pictures too, as with slapd. */
import { X509Certificate } from 'node:crypto';
import { decodeUtf8 } from './decode-utf8.ts';
import { normaliseGeneralizedTime } from './generalized-time.ts';

const arc = '1.3.6.1.4.1.1466.115.121.1';

export const syntaxOid = {
  attributeTypeDescription: `${arc}.3`,
  audio: `${arc}.4`,
  binary: `${arc}.5`,
  bitString: `${arc}.6`,
  boolean: `${arc}.7`,
  certificate: `${arc}.8`,
  certificateList: `${arc}.9`,
  certificatePair: `${arc}.10`,
  countryString: `${arc}.11`,
  distinguishedName: `${arc}.12`,
  deliveryMethod: `${arc}.14`,
  directoryString: `${arc}.15`,
  facsimileTelephoneNumber: `${arc}.22`,
  fax: `${arc}.23`,
  generalizedTime: `${arc}.24`,
  guide: `${arc}.25`,
  ia5String: `${arc}.26`,
  integer: `${arc}.27`,
  jpeg: `${arc}.28`,
  matchingRuleDescription: `${arc}.30`,
  numericString: `${arc}.36`,
  objectClassDescription: `${arc}.37`,
  objectIdentifier: `${arc}.38`,
  octetString: `${arc}.40`,
  postalAddress: `${arc}.41`,
  printableString: `${arc}.44`,
  subtreeSpecification: `${arc}.45`,
  telephoneNumber: `${arc}.50`,
  teletexTerminalIdentifier: `${arc}.51`,
  telexNumber: `${arc}.52`,
  ldapSyntaxDescription: `${arc}.54`,
  substringAssertion: `${arc}.58`,
  uuid: '1.3.6.1.1.16.1',
} as const;

/** Syntaxes whose values travel with the option `;binary` (RFC 4522, 4523). */
export const binaryTransferSyntaxes: ReadonlySet<string> = new Set([
  syntaxOid.certificate,
  syntaxOid.certificateList,
  syntaxOid.certificatePair,
]);

const printable = /^[A-Za-z0-9'()+,\-./:? =]+$/;
const telephone = /^[A-Za-z0-9'()+,\-./:? ="]+$/;
const isTelephone = (text: string) => telephone.test(text) && /[^\s-]/.test(text);
const deliveryMethod = '(?:any|mhs|physical|telex|teletex|g3fax|g4fax|ia5|videotex|telephone)';
const deliveryMethods = new RegExp(`^${deliveryMethod}(?: *\\$ *${deliveryMethod})*$`);
const faxParameter =
  /^(?:twoDimensional|fineResolution|unlimitedLength|b4Length|a3Width|b4Width|uncompressed)$/;
/** Of a teletex terminal: a kind of setting, a colon, whatever it is. */
const teletexParameter = /^(?:graphic|control|misc|page|private):/;

const textChecks: Readonly<Record<string, (text: string) => boolean>> = {
  [syntaxOid.bitString]: (text) => /^'[01]*'B$/.test(text),
  [syntaxOid.boolean]: (text) => text === 'TRUE' || text === 'FALSE',
  [syntaxOid.countryString]: (text) => text.length === 2 && printable.test(text),
  [syntaxOid.deliveryMethod]: (text) => deliveryMethods.test(text),
  [syntaxOid.directoryString]: (text) => text.length > 0,
  [syntaxOid.facsimileTelephoneNumber]: (text) => {
    const [number = '', ...parameters] = text.split('$');
    return isTelephone(number) && parameters.every((parameter) => faxParameter.test(parameter));
  },
  [syntaxOid.generalizedTime]: (text) => normaliseGeneralizedTime(text) !== undefined,
  [syntaxOid.guide]: (text) => text.length > 0,
  [syntaxOid.ia5String]: (text) => /^\p{ASCII}*$/u.test(text),
  [syntaxOid.integer]: (text) => /^(0|-?[1-9]\d*)$/.test(text),
  [syntaxOid.numericString]: (text) => /^[\d ]+$/.test(text),
  [syntaxOid.postalAddress]: (text) => text.length > 0,
  [syntaxOid.printableString]: (text) => printable.test(text),
  [syntaxOid.telephoneNumber]: isTelephone,
  [syntaxOid.teletexTerminalIdentifier]: (text) => {
    const [terminal = '', ...parameters] = text.split('$');
    return printable.test(terminal) && parameters.every((parameter) => teletexParameter.test(parameter));
  },
  [syntaxOid.telexNumber]: (text) => {
    const parts = text.split('$');
    return parts.length === 3 && parts.every((part) => printable.test(part));
  },
  [syntaxOid.uuid]: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
};

const octetChecks: Readonly<Record<string, (value: Buffer) => boolean>> = {
  [syntaxOid.certificate]: isCertificate,
  [syntaxOid.certificateList]: isWholeSequence,
  [syntaxOid.certificatePair]: isWholeSequence,
};

/** Whether `value` is of `syntax`. Names (DN, OID) are judged by their matching rule, which knows the schema. */
export function isOfSyntax(value: Buffer, syntax: string): boolean {
  const octetCheck = octetChecks[syntax];
  if (octetCheck !== undefined) return octetCheck(value);
  const textCheck = textChecks[syntax];
  if (textCheck === undefined) return true;
  const text = decodeUtf8(value);
  return text !== undefined && textCheck(text);
}

function isCertificate(value: Buffer): boolean {
  if (!isWholeSequence(value)) return false;
  try {
    return new X509Certificate(value).raw.length === value.length;
  } catch {
    return false;
  }
}

/** A DER sequence whose length is that of the value. */
function isWholeSequence(value: Buffer): boolean {
  const first = value[1];
  if (value[0] !== 0x30 || first === undefined) return false;
  if (first < 0x80) return value.length === 2 + first && first > 0;
  const lengthBytes = first & 0x7f;
  if (lengthBytes === 0 || lengthBytes > 4 || value.length < 2 + lengthBytes) return false;
  return value.length === 2 + lengthBytes + value.readUIntBE(2, lengthBytes);
}
