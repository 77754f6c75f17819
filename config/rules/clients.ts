/** How the keys of one relying party must fit each other, and all of them the catalogue. */
import type { Path } from '../config-node.ts';
import { nearestWord } from '../nearest-word.ts';
import { unfetched, type ValueFault } from '../resolve-values.ts';
import { checkClientSecurity } from './client-security.ts';
import { isLoopbackUrl } from '../schema/web-addresses.ts';
import { listAt, textAt, valueAt } from './read-value.ts';

/** Characters of a secret that a machine keeps; fewer can be guessed off-line from one sealed token. */
const leastSecret = 32;

/** `systems` are the ids of the catalogue; undefined when the catalogue could not be read. */
export function checkClients(config: unknown, systems: readonly string[] | undefined): ValueFault[] {
  const issuerIsLocal = isLoopbackUrl(textAt(config, 'issuer') ?? '');
  const seen = new Set<unknown>();
  return listAt(config, 'clients').flatMap((client, index) => {
    const path = ['clients', index];
    const id = textAt(client, 'client_id');
    const isRepeated = id !== undefined && seen.has(id);
    seen.add(id);
    return [
      ...(isRepeated
        ? [{ path: [...path, 'client_id'], expected: 'an identifier of its own', found: 'one used before' }]
        : []),
      ...checkCredentials(client, path, issuerIsLocal),
      ...checkSystems(client, path, systems),
      ...checkScopes(client, path),
      ...checkClientSecurity(config, client, path),
    ];
  });
}

function checkCredentials(client: unknown, path: Path, issuerIsLocal: boolean): ValueFault[] {
  const method = textAt(client, 'token_endpoint_auth_method') ?? 'client_secret_basic';
  const secret = textAt(client, 'client_secret');
  const keys = ['jwks', 'jwks_uri'].filter((key) => valueAt(client, key) !== undefined);
  const wantsSecret = method.startsWith('client_secret_');
  const faults: ValueFault[] = [];
  const refuse = (key: string, expected: string, found: string) =>
    faults.push({ path: [...path, key], expected, found });

  if (wantsSecret && secret === undefined) refuse('client_secret', `a secret for ${method}`, 'nothing');
  if (!wantsSecret && secret !== undefined)
    refuse('client_secret', `no secret with ${method}`, 'a secret (not shown)');
  if (method === 'private_key_jwt' && keys.length === 0)
    refuse('jwks', 'jwks or jwks_uri for private_key_jwt', 'neither');
  if (keys.length === 2) refuse('jwks_uri', 'jwks or jwks_uri, not both', 'both');
  if (wantsSecret && secret !== undefined && secret !== unfetched && secret.length < leastSecret) {
    const isLocal =
      issuerIsLocal &&
      listAt(client, 'redirect_uris').every((uri) => typeof uri === 'string' && isLoopbackUrl(uri));
    if (!isLocal)
      refuse(
        'client_secret',
        `at least ${leastSecret} characters, unless all is on loopback`,
        'a shorter secret (not shown)',
      );
  }
  return faults;
}

function checkSystems(client: unknown, path: Path, systems: readonly string[] | undefined): ValueFault[] {
  if (!systems) return [];
  return listAt(client, 'systems').flatMap((system, index) => {
    if (typeof system !== 'string' || systems.includes(system)) return [];
    const near = nearestWord(system, systems);
    const expected = `a system of the catalogue${near === undefined ? `, one of ${systems.join(', ')}` : ` (did you mean ${near}?)`}`;
    return [{ path: [...path, 'systems', index], expected, found: JSON.stringify(system) }];
  });
}

function checkScopes(client: unknown, path: Path): ValueFault[] {
  const scopes = valueAt(client, 'scopes');
  if (!Array.isArray(scopes)) return [];
  const method = textAt(client, 'token_endpoint_auth_method');
  return [
    ...(scopes.includes('openid')
      ? []
      : [{ path: [...path, 'scopes'], expected: 'openid among them', found: 'none' }]),
    // Whoever knows its id could ask in its name.
    ...(scopes.includes('national_id') && method === 'none'
      ? [
          {
            path: [...path, 'token_endpoint_auth_method'],
            expected: 'a client that proves who it is, since it may ask for national_id',
            found: 'none',
          },
        ]
      : []),
  ];
}
