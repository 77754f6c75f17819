/** Client certificates: where they arrive, wired from the configuration. */
import { readFile } from 'node:fs/promises';
import { apiPrefix } from '#api/api-router.ts';
import { scimPrefix } from '#api/scim/user-resource.ts';
import type { Config } from '#config/config.ts';
import type { Clock } from '#domain/clock.ts';
import { createClientCertificates, type ClientCertificatesKeeper } from '#http/client-certificates.ts';
import type { MutualTlsListenerOptions } from '#http/mutual-tls-listener.ts';
import type { MutualTlsOptions } from '#provider/contract.ts';
import { mutualTlsPaths } from '#provider/mutual-tls.ts';

export interface MutualTls {
  readonly certificates: ClientCertificatesKeeper;
  /** Undefined where no certificate can arrive. */
  readonly options: MutualTlsOptions | undefined;
  readonly listener: Omit<MutualTlsListenerOptions, 'noteOwn'> | undefined;
}

/** Reads the named files; throws system errors when one cannot be read. */
export async function openMutualTls(config: Config, clock: Clock): Promise<MutualTls> {
  const { listenMtls, proxies } = config;
  const { header, authorities: file } = config.clientCertificates;
  const authorities = file === undefined ? undefined : await readFile(file, 'utf8');
  return {
    certificates: createClientCertificates({ proxies, header, authorities, clock }),
    options: listenMtls ? { origin: listenMtls.origin } : header === undefined ? undefined : {},
    listener: listenMtls && {
      ...listenMtls,
      authorities,
      certificate: await readFile(listenMtls.certificate, 'utf8'),
      key: await readFile(listenMtls.key, 'utf8'),
      paths: [...mutualTlsPaths, `${apiPrefix}/`, `${scimPrefix}/`],
    },
  };
}
