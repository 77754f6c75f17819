/** Where a certificate says that its issuer tells more: revocation lists, responders, certificates of the issuer. */
import type { Certificate } from './certificate.ts';
import type { GeneralName } from './general-names.ts';

export interface IssuerAddresses {
  /** In the certificate's order; those alone that are of the issuer itself and for every reason. */
  readonly crls: readonly string[];
  readonly responders: readonly string[];
  readonly issuers: readonly string[];
}

const ocsp = '1.3.6.1.5.5.7.48.1';
const caIssuers = '1.3.6.1.5.5.7.48.2';

export function issuerAddresses({ extensions }: Certificate): IssuerAddresses {
  const points = extensions.crlDistributionPoints ?? [];
  const own = points.filter(({ crlIssuer, reasons }) => !crlIssuer && !reasons);
  const access = (method: string) =>
    (extensions.authorityInfoAccess ?? [])
      .filter((each) => each.method === method)
      .map(({ location }) => location);
  return {
    crls: webAddresses(own.flatMap(({ name }) => (name?.kind === 'full' ? name.names : []))),
    responders: webAddresses(access(ocsp)),
    issuers: webAddresses(access(caIssuers)),
  };
}

/** Those of `names` that can be fetched, each once. */
export function webAddresses(names: readonly GeneralName[]): readonly string[] {
  const found = names.flatMap((name) =>
    name.kind === 'uri' && /^https?:/i.test(name.value) ? [name.value] : [],
  );
  return [...new Set(found)];
}
