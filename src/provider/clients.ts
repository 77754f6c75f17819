/** Relying parties as the library's clients. Configuration validates too; here the last word is strict. */
import type { ClientMetadata, ResponseType } from 'oidc-provider';
import type { RelyingParty } from '#domain/relying-party.ts';
import { loopbackNames } from './pinned-origin.ts';

const uriLists = ['redirect_uris', 'post_logout_redirect_uris'] as const;
const allowedResponseTypes: readonly string[] = ['code', 'none'] satisfies ResponseType[];
const allowedGrantTypes: readonly string[] = ['authorization_code', 'refresh_token'];

/** Throws an Error that names the client and the fault. */
export function clientMetadata(party: RelyingParty): ClientMetadata {
  const { metadata } = party;
  const refuse = (fault: string): never => {
    throw new Error(`relying party ${party.clientId}: ${fault}`);
  };
  for (const list of uriLists) {
    const uris = metadata[list] ?? [];
    if (!Array.isArray(uris)) return refuse(`${list} must be a list`);
    for (const uri of uris) {
      if (typeof uri !== 'string' || !isSafeRedirect(uri)) {
        return refuse(`${list} must be https, or http on loopback, without fragment, user and wildcard`);
      }
    }
  }
  if (metadata.redirect_uris.length === 0) refuse('redirect_uris must not be empty');
  requireWithin(metadata['response_types'], allowedResponseTypes, () =>
    refuse('response_types: code and none only'),
  );
  requireWithin(metadata['grant_types'], allowedGrantTypes, () => refuse('grant_types: no such grant'));
  return {
    ...metadata,
    client_id: party.clientId,
    client_name: party.name,
    scope: [...new Set(['openid', ...party.scopes])].join(' '),
  };
}

function requireWithin(values: unknown, allowed: readonly string[], refuse: () => never): void {
  if (values === undefined) return;
  if (!Array.isArray(values) || !values.every((value) => allowed.includes(String(value)))) refuse();
}

/** Compared character by character at use, so it must be in its normal form already. */
function isSafeRedirect(uri: string): boolean {
  const url = URL.parse(uri);
  if (!url || url.hash !== '' || uri.includes('#') || uri.includes('*')) return false;
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackNames.includes(url.hostname));
}
