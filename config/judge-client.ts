/** Judges one relying party's registration by the schema and the rules of configured ones. */
import type { ClientConfig, Config } from './config.ts';
import { unfetched } from './resolve-values.ts';
import { checkClients } from './rules/clients.ts';
import { client } from './schema/clients.ts';

export interface ClientFault {
  /** Key of the registration, e.g. `redirect_uris`; the list it is in, when it is one value of a list. */
  readonly key: string;
  /** What is expected, in the words of the configuration's faults. */
  readonly expected: string;
}

export type ClientVerdict =
  | { readonly ok: true; readonly client: ClientConfig }
  | { readonly ok: false; readonly faults: readonly ClientFault[] };

type Surroundings = Pick<Config, 'issuer' | 'clients' | 'resources' | 'listenMtls' | 'clientCertificates'>;

/**
 * `registration` without a secret: one is made where its method wants one. `systems` are the ids of the catalogue.
 * An id of the configuration's is refused.
 */
export function judgeClient(
  config: Surroundings,
  registration: Readonly<Record<string, unknown>>,
  systems: readonly string[],
): ClientVerdict {
  const parsed = client.safeParse(registration);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      key: String(path[0] ?? ''),
      expected: message,
    }));
    return { ok: false, faults };
  }
  const wantsSecret = parsed.data.token_endpoint_auth_method.startsWith('client_secret_');
  const candidate = { ...parsed.data, ...(wantsSecret && { client_secret: unfetched }) };
  const place = config.clients.length;
  const faults = checkClients({ ...config, clients: [...config.clients, candidate] }, systems)
    .filter(({ path }) => path[1] === place)
    .map(({ path, expected }) => ({ key: String(path[2] ?? ''), expected }));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, client: parsed.data };
}

/** A registration that was judged good when it was stored. Throws when it does not meet today's schema. */
export function readClient(registration: Readonly<Record<string, unknown>>): ClientConfig {
  return client.parse(registration);
}
