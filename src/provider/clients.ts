/** Relying parties as the library's clients. Configuration validates too; here the last word is strict. */
import type { ClientMetadata, ResponseType } from 'oidc-provider';
import type { RelyingParty } from '#domain/relying-party.ts';
import { deviceGrant } from './device-grant.ts';
import { fapi2Defaults, faultOfFapi2 } from './fapi2.ts';
import { programGrant } from './program-grant.ts';
import { faultOfRedirectUri } from './redirect-uris.ts';

const uriLists = ['redirect_uris', 'post_logout_redirect_uris'] as const;
const allowedResponseTypes: readonly string[] = ['code', 'none'] satisfies ResponseType[];
/** Who registers by itself cannot have the device flow or act for itself: only an operator opens that. */
const ownGrantTypes: readonly string[] = ['authorization_code', 'refresh_token'];
const configuredGrantTypes: readonly string[] = [...ownGrantTypes, deviceGrant, programGrant];
const withoutRedirect: ReadonlySet<string> = new Set([deviceGrant, programGrant]);

/** Throws an Error that names the client and the fault. */
export function clientMetadata(party: RelyingParty): ClientMetadata {
  const { metadata } = party;
  const fault =
    faultOfMetadata(metadata, configuredGrantTypes) ??
    faultOfProgram(party) ??
    (party.profile === 'fapi2' ? faultOfFapi2(metadata) : undefined);
  if (fault !== undefined) throw new Error(`relying party ${party.clientId}: ${fault}`);
  return {
    ...(party.profile === 'fapi2' && fapi2Defaults),
    ...metadata,
    // Nothing comes back by a redirect to a client that never sends anybody.
    ...(sendsNobody(metadata) && { response_types: [] }),
    ...(party.profile === 'fapi2' && { require_pushed_authorization_requests: true }),
    client_id: party.clientId,
    client_name: party.name,
    scope: [...new Set(['openid', ...party.scopes])].join(' '),
  };
}

/** The first thing that is wrong with a registration, in words; undefined when nothing is. */
export function faultOfMetadata(
  metadata: Readonly<Record<string, unknown>>,
  allowedGrantTypes: readonly string[] = ownGrantTypes,
): string | undefined {
  const applicationType = metadata['application_type'] === 'native' ? 'native' : 'web';
  for (const list of uriLists) {
    const uris = metadata[list] ?? [];
    if (!Array.isArray(uris)) return `${list} must be a list`;
    for (const uri of uris) {
      const expected = faultOfRedirectUri(uri, applicationType);
      if (expected !== undefined) return `${list} must hold ${expected}`;
    }
  }
  const { redirect_uris: redirectUris } = metadata;
  if (!sendsNobody(metadata) && (!Array.isArray(redirectUris) || redirectUris.length === 0))
    return 'redirect_uris must not be empty';
  if (!isWithin(metadata['response_types'], allowedResponseTypes))
    return 'response_types: code and none only';
  if (!isWithin(metadata['grant_types'], allowedGrantTypes)) return 'grant_types: no such grant';
  return undefined;
}

function sendsNobody({ grant_types: grants }: Readonly<Record<string, unknown>>): boolean {
  return (
    Array.isArray(grants) &&
    grants.some((grant) => withoutRedirect.has(String(grant))) &&
    !grants.includes('authorization_code')
  );
}

/** Whoever acts for itself has proved who it is, and has rights that say what it may. */
function faultOfProgram({ api, metadata }: RelyingParty): string | undefined {
  const { grant_types: grants, token_endpoint_auth_method: method } = metadata;
  if (!Array.isArray(grants) || !grants.includes(programGrant)) return undefined;
  if (method === 'none') return 'client_credentials: not for a public client';
  return api ? undefined : 'client_credentials: without rights at the API';
}

function isWithin(values: unknown, allowed: readonly string[]): boolean {
  if (values === undefined) return true;
  return Array.isArray(values) && values.every((value) => allowed.includes(String(value)));
}
