/** Certificate and CRL extensions (RFC 5280, 4.2 and 5.2), each as the DER of a whole Extension. */
import { der } from './der.ts';

/** In the order of their bits. */
const usages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const;

export type KeyUsage = (typeof usages)[number];

export interface IssuingDistributionPoint {
  readonly url?: string;
  readonly onlyUserCerts?: boolean;
  readonly onlyCaCerts?: boolean;
  readonly indirect?: boolean;
}

export function extension(oid: string, critical: boolean, value: Uint8Array): Buffer {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octets(value));
}

function uri(url: string): Buffer {
  return der.implicit(6, Buffer.from(url, 'latin1'));
}

/** DistributionPointName with one full name. */
function fullName(url: string): Buffer {
  return der.explicit(0, der.explicit(0, uri(url)));
}

export const extensions = {
  basicConstraints: (pathLength?: number): Buffer =>
    extension(
      '2.5.29.19',
      true,
      der.sequence(der.boolean(true), ...(pathLength === undefined ? [] : [der.integer(pathLength)])),
    ),

  keyUsage(wanted: readonly KeyUsage[]): Buffer {
    const positions = wanted.map((usage) => usages.indexOf(usage));
    const bits = positions.reduce((sum, position) => sum | (0x80 >> position), 0);
    return extension('2.5.29.15', true, der.bits(Buffer.from([bits]), 7 - Math.max(...positions)));
  },

  extendedKeyUsage: (oids: readonly string[]): Buffer =>
    extension('2.5.29.37', false, der.sequence(...oids.map(der.oid))),

  subjectKeyIdentifier: (identifier: Uint8Array): Buffer =>
    extension('2.5.29.14', false, der.octets(identifier)),

  authorityKeyIdentifier: (identifier: Uint8Array): Buffer =>
    extension('2.5.29.35', false, der.sequence(der.implicit(0, identifier))),

  policies: (oids: readonly string[]): Buffer =>
    extension('2.5.29.32', false, der.sequence(...oids.map((oid) => der.sequence(der.oid(oid))))),

  /** One distribution point for each address. */
  crlDistributionPoints: (urls: readonly string[]): Buffer =>
    extension('2.5.29.31', false, der.sequence(...urls.map((url) => der.sequence(fullName(url))))),

  authorityInformation({ ocsp, caIssuers }: { readonly ocsp?: string; readonly caIssuers?: string }): Buffer {
    const access = (method: string, url?: string) =>
      url === undefined ? [] : [der.sequence(der.oid(method), uri(url))];
    return extension(
      '1.3.6.1.5.5.7.1.1',
      false,
      der.sequence(...access('1.3.6.1.5.5.7.48.2', caIssuers), ...access('1.3.6.1.5.5.7.48.1', ocsp)),
    );
  },

  subjectDirectoryAttributes: (value: Uint8Array): Buffer => extension('2.5.29.9', false, value),

  /** On a delegated responder: its own revocation need not be asked (RFC 6960, 4.2.2.2.1). */
  ocspNoCheck: (): Buffer => extension('1.3.6.1.5.5.7.48.1.5', false, der.null()),

  crlNumber: (number: number | bigint): Buffer => extension('2.5.29.20', false, der.integer(number)),

  deltaCrlIndicator: (base: number | bigint): Buffer => extension('2.5.29.27', true, der.integer(base)),

  issuingDistributionPoint({ url, onlyUserCerts, onlyCaCerts, indirect }: IssuingDistributionPoint): Buffer {
    const flag = (number: number, set?: boolean) => (set ? [der.implicit(number, Buffer.from([0xff]))] : []);
    return extension(
      '2.5.29.28',
      true,
      der.sequence(
        ...(url === undefined ? [] : [fullName(url)]),
        ...flag(1, onlyUserCerts),
        ...flag(2, onlyCaCerts),
        ...flag(4, indirect),
      ),
    );
  },
};
