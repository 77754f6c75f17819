import { attributeText, attributeTypes, type DistinguishedName } from './distinguished-name.ts';

const shortNames: ReadonlyMap<string, string> = new Map([
  [attributeTypes.commonName, 'CN'],
  [attributeTypes.serialNumber, 'serialNumber'],
  [attributeTypes.countryName, 'C'],
  [attributeTypes.organizationName, 'O'],
  [attributeTypes.organizationalUnitName, 'OU'],
  [attributeTypes.domainComponent, 'DC'],
]);

const mostCharacters = 300;

/** A name for people to read, in the order it is written in: `C=TW, O=行政院, OU=內政部憑證管理中心`. Never to compare by. */
export function formatName({ rdns }: DistinguishedName): string {
  const parts = rdns.flat().map((attribute) => {
    const value = attributeText(attribute) ?? `#${Buffer.from(attribute.content).toString('hex')}`;
    return `${shortNames.get(attribute.type) ?? attribute.type}=${value.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '�')}`;
  });
  const text = parts.join(', ');
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
