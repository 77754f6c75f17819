import { binaryTransferSyntaxes, syntaxOid } from './syntaxes.ts';

/** `ldapSyntaxes` of the subschema (RFC 4512, 4.1.5): every syntax there is a name for. */
export function syntaxDefinitions(): string[] {
  return Object.entries(syntaxOid).map(([name, oid]) => {
    const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    const binary = binaryTransferSyntaxes.has(oid) ? " X-BINARY-TRANSFER-REQUIRED 'TRUE'" : '';
    return `( ${oid} DESC '${words}'${binary} )`;
  });
}
