/** How a relying party's kind, keys and profile must fit each other (RFC 8252, 8705, 9101, 9126, 9449, FAPI 2.0). */
import type { Path } from '../config-node.ts';
import type { ValueFault } from '../resolve-values.ts';
import { isLoopbackHost, isPrivateScheme } from '../schema/web-addresses.ts';
import { listAt, textAt, valueAt } from './read-value.ts';

type Refuse = (key: string, expected: string, found: string) => void;

const subjects = ['subject_dn', 'san_dns', 'san_uri', 'san_ip', 'san_email'].map(
  (end) => `tls_client_auth_${end}`,
);

export function checkClientSecurity(config: unknown, client: unknown, path: Path): ValueFault[] {
  const faults: ValueFault[] = [];
  const refuse: Refuse = (key, expected, found) => faults.push({ path: [...path, key], expected, found });
  for (const list of ['redirect_uris', 'post_logout_redirect_uris'])
    checkRedirects(client, list, path, faults);
  checkReturns(client, refuse);
  checkPrograms(client, refuse);
  checkKeys(client, refuse);
  checkCertificates(config, client, refuse);
  checkPairwise(client, refuse);
  if (textAt(client, 'profile') === 'fapi2') checkFapi2(client, refuse);
  const known = new Set(listAt(config, 'resources').map((resource) => textAt(resource, 'uri')));
  listAt(client, 'resources').forEach((uri, index) => {
    if (known.has(String(uri))) return;
    faults.push({
      path: [...path, 'resources', index],
      expected: 'the uri of one of `resources`',
      found: JSON.stringify(uri),
    });
  });
  return faults;
}

function checkRedirects(client: unknown, list: string, path: Path, faults: ValueFault[]): void {
  const isNative = textAt(client, 'application_type') === 'native';
  listAt(client, list).forEach((uri, index) => {
    if (typeof uri !== 'string') return;
    const expected = isNative
      ? faultOfNative(uri)
      : isPrivateScheme(uri)
        ? 'https, unless application_type is native'
        : undefined;
    if (expected) faults.push({ path: [...path, list, index], expected, found: JSON.stringify(uri) });
  });
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** Nothing comes back by a redirect to a client that only ever polls (RFC 8628), or that acts for itself alone. */
function checkReturns(client: unknown, refuse: Refuse): void {
  const grants = listAt(client, 'grant_types');
  const sendsNobody =
    grants.some((grant) => grant === deviceGrant || grant === 'client_credentials') &&
    !grants.includes('authorization_code');
  const uris = valueAt(client, 'redirect_uris');
  const isEmpty = uris === undefined || (Array.isArray(uris) && uris.length === 0);
  if (isEmpty && !sendsNobody)
    refuse('redirect_uris', 'at least one, unless it never sends a browser here', 'none');
}

/** Programs that act for themselves (RFC 6749, section 4.4). */
function checkPrograms(client: unknown, refuse: Refuse): void {
  const grants = listAt(client, 'grant_types');
  const isProgram = grants.includes('client_credentials');
  const isNothingElse = isProgram && grants.length === 1;
  const hasRights = valueAt(client, 'api') !== undefined;
  if (isProgram && !hasRights) refuse('api', 'what it may do with client_credentials', 'nothing');
  if (hasRights && !isProgram) refuse('api', 'nothing without the grant client_credentials', 'rights');
  if (isProgram && textAt(client, 'token_endpoint_auth_method') === 'none') {
    refuse('token_endpoint_auth_method', 'a proof of who it is with client_credentials', 'none');
  }
  if (listAt(client, 'systems').length === 0 && !isNothingElse) {
    refuse('systems', 'at least one, unless client_credentials is its only grant', 'none');
  }
}

function faultOfNative(uri: string): string | undefined {
  const url = URL.parse(uri);
  if (!url || isPrivateScheme(uri)) return undefined;
  const isNumber = url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  if (url.protocol === 'http:' && !isNumber) return 'http://127.0.0.1 or http://[::1] for a native client';
  return url.protocol === 'https:' && isLoopbackHost(url.hostname)
    ? 'plain http on loopback for a native client'
    : undefined;
}

function checkKeys(client: unknown, refuse: Refuse): void {
  const method = textAt(client, 'token_endpoint_auth_method');
  const hasKeys = ['jwks', 'jwks_uri'].some((key) => valueAt(client, key) !== undefined);
  const signs =
    valueAt(client, 'require_signed_request_object') === true ||
    valueAt(client, 'request_object_signing_alg') !== undefined;
  if (signs && !hasKeys) refuse('jwks', 'jwks or jwks_uri for signed request objects', 'neither');
  if (method === 'self_signed_tls_client_auth') {
    const hasCertificate = listAt(client, 'jwks', 'keys').some((key) => listAt(key, 'x5c').length > 0);
    if (!hasKeys)
      refuse(
        'jwks',
        'jwks or jwks_uri with its certificate (x5c) for self_signed_tls_client_auth',
        'neither',
      );
    else if (valueAt(client, 'jwks') !== undefined && !hasCertificate)
      refuse('jwks', 'a key with its certificate (x5c)', 'none');
  }
  if (valueAt(client, 'token_endpoint_auth_signing_alg') !== undefined && method !== 'private_key_jwt') {
    refuse('token_endpoint_auth_signing_alg', 'none without private_key_jwt', 'one');
  }
  if (
    valueAt(client, 'dpop_bound_access_tokens') === true &&
    valueAt(client, 'tls_client_certificate_bound_access_tokens') === true
  ) {
    refuse('dpop_bound_access_tokens', 'one binding of tokens, to a key or to the certificate', 'both');
  }
}

function checkCertificates(config: unknown, client: unknown, refuse: Refuse): void {
  const method = textAt(client, 'token_endpoint_auth_method');
  const given = subjects.filter((key) => valueAt(client, key) !== undefined);
  if (method === 'tls_client_auth' && given.length !== 1) {
    refuse('tls_client_auth_subject_dn', 'exactly one of the tls_client_auth_ names', String(given.length));
  }
  if (method !== 'tls_client_auth' && given[0]) refuse(given[0], 'nothing without tls_client_auth', 'a name');
  const arrives =
    valueAt(config, 'listenMtls') !== undefined ||
    valueAt(config, 'clientCertificates', 'header') !== undefined;
  const noWay = 'listenMtls, or clientCertificates.header, for certificates to arrive by';
  if (method?.endsWith('tls_client_auth') && !arrives) refuse('token_endpoint_auth_method', noWay, 'neither');
  if (valueAt(client, 'tls_client_certificate_bound_access_tokens') === true && !arrives) {
    refuse('tls_client_certificate_bound_access_tokens', noWay, 'neither');
  }
  if (method === 'tls_client_auth' && valueAt(config, 'clientCertificates', 'authorities') === undefined) {
    refuse(
      'token_endpoint_auth_method',
      'clientCertificates.authorities, which vouch for certificates',
      'nothing',
    );
  }
}

function checkPairwise(client: unknown, refuse: Refuse): void {
  const sector = valueAt(client, 'sector');
  if (textAt(client, 'subject_type') !== 'pairwise') {
    if (sector !== undefined) refuse('sector', 'nothing without subject_type pairwise', 'a sector');
    return;
  }
  const hosts = listAt(client, 'redirect_uris').map((uri) => URL.parse(String(uri))?.host);
  if (sector === undefined && (new Set(hosts).size !== 1 || hosts.includes(''))) {
    refuse('sector', 'a sector, since the redirect URIs have no host in common', 'nothing');
  }
  const polls = listAt(client, 'grant_types').includes(deviceGrant);
  const method = textAt(client, 'token_endpoint_auth_method') ?? '';
  const provesByKeys = ['private_key_jwt', 'self_signed_tls_client_auth'].includes(method);
  if (polls && !(provesByKeys && valueAt(client, 'jwks_uri') !== undefined)) {
    // OpenID Connect CIBA 1.0, section 4, which the library extends to the device flow.
    refuse('subject_type', 'public with the device flow, unless keys at jwks_uri prove it', 'pairwise');
  }
}

const strong = ['PS256', 'ES256', 'EdDSA'];

function checkFapi2(client: unknown, refuse: Refuse): void {
  const method = textAt(client, 'token_endpoint_auth_method') ?? 'client_secret_basic';
  if (!['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'].includes(method)) {
    refuse('token_endpoint_auth_method', 'private_key_jwt or mutual TLS with fapi2', method);
  }
  const binds = ['dpop_bound_access_tokens', 'tls_client_certificate_bound_access_tokens'].some(
    (key) => valueAt(client, key) === true,
  );
  if (!binds)
    refuse(
      'dpop_bound_access_tokens',
      'true with fapi2, or tls_client_certificate_bound_access_tokens',
      'neither',
    );
  for (const of of [
    'id_token_signed_response',
    'userinfo_signed_response',
    'authorization_signed_response',
    'request_object_signing',
    'token_endpoint_auth_signing',
  ]) {
    const alg = textAt(client, `${of}_alg`);
    if (alg !== undefined && !strong.includes(alg))
      refuse(`${of}_alg`, `${strong.join(', ')} with fapi2`, alg);
  }
  const plain = listAt(client, 'redirect_uris').some((uri) => String(uri).startsWith('http:'));
  if (plain && textAt(client, 'application_type') !== 'native')
    refuse('redirect_uris', 'https with fapi2', 'plain http');
}
