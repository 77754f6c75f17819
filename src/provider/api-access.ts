/**
 * Who calls our own API: access token → its audience, time and client → what the client may today → what the token is bound to (DPoP,
 * RFC 9449; certificate, RFC 8705). Asked at each request, so that a client disabled or changed is so at once.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { ClientCredentials, Provider } from 'oidc-provider';
import type { Clock } from '#domain/clock.ts';
import type { ProtocolStore } from '#domain/protocol-store.ts';
import type { ApiRights } from '#domain/relying-party.ts';
import type { ApiOptions, ClientCertificates, FindRelyingParty } from './contract.ts';
import { createCheckProof, type CheckProof } from './dpop-proofs.ts';
import { programGrant } from './program-grant.ts';

export interface ApiRequest {
  readonly req: IncomingMessage;
  readonly method: string;
  /** Path without query. */
  readonly path: string;
}

/** A program, and what its token and its registration let it do together. */
export interface ApiProgram extends ApiRights {
  readonly clientId: string;
}

export type ApiRefusal =
  /** No token, or not as RFC 6750 and RFC 9449 want it. */
  | 'no-token'
  /** Unknown, ended, for something else, or its client is no client any more. */
  | 'invalid-token'
  /** Bound to a key or certificate that the request does not prove, or not bound although its client must. */
  | 'not-bound';

export type ApiVerdict =
  | {
      readonly ok: true;
      readonly program: ApiProgram;
      /** Whether token and rights are still these, for an answer that takes long. */
      readonly stillHolds: () => Promise<boolean>;
    }
  | { readonly ok: false; readonly reason: ApiRefusal };

interface Deps {
  readonly issuer: string;
  readonly api?: ApiOptions;
  readonly mutualTls?: { readonly origin?: string };
  readonly clientCertificates?: ClientCertificates;
  readonly store: Pick<ProtocolStore, 'put' | 'consume'>;
  readonly clock: Clock;
  readonly findRelyingParty: FindRelyingParty;
}

export function createJudgeApiRequest(provider: Provider, deps: Deps) {
  const checkProof = createCheckProof(deps);
  const refuse = (reason: ApiRefusal): ApiVerdict => ({ ok: false, reason });

  async function find(value: string) {
    const token = await provider.ClientCredentials.find(value);
    const party = token?.clientId === undefined ? undefined : deps.findRelyingParty(token.clientId);
    if (!token?.isValid || token.aud !== deps.api?.resource || !party?.api) return undefined;
    const { metadata, api, clientId } = party;
    const grants = metadata['grant_types'];
    if (!Array.isArray(grants) || !grants.includes(programGrant)) return undefined;
    // A right taken away since the token was issued is gone.
    const scopes = (token.scope ?? '').split(' ').filter((scope) => api.scopes.includes(scope));
    const program: ApiProgram = { ...api, clientId, scopes };
    return { token, metadata, program };
  }

  return async (request: ApiRequest): Promise<ApiVerdict> => {
    const shown = /^(Bearer|DPoP) +([A-Za-z0-9._~+/-]+=*)$/i.exec(request.req.headers.authorization ?? '');
    const [, scheme = '', value] = shown ?? [];
    if (!deps.api || value === undefined) return refuse('no-token');
    const found = await find(value);
    if (!found) return refuse('invalid-token');
    const { token, metadata, program } = found;
    const isBound = await checkBinding(token, scheme.toLowerCase(), { value, request, deps, checkProof });
    const mustBind =
      metadata['dpop_bound_access_tokens'] === true ||
      metadata['tls_client_certificate_bound_access_tokens'] === true;
    if (!isBound || (mustBind && !token.isSenderConstrained())) return refuse('not-bound');
    const stillHolds = async () => isDeepStrictEqual((await find(value))?.program, program);
    return { ok: true, program, stillHolds };
  };
}

interface Shown {
  readonly value: string;
  readonly request: ApiRequest;
  readonly deps: Deps;
  readonly checkProof: CheckProof;
}

async function checkBinding(token: ClientCredentials, scheme: string, shown: Shown): Promise<boolean> {
  const { value, request, deps, checkProof } = shown;
  const { req } = request;
  const certificate = token['x5t#S256'];
  if (certificate !== undefined) {
    const given = deps.clientCertificates?.find(req)?.certificate;
    if (!given || createHash('sha256').update(given.raw).digest('base64url') !== certificate) return false;
  }
  // RFC 9449, section 7.1: neither a bound token by the plain scheme, nor a plain token by the bound one.
  if (token.jkt === undefined) return scheme === 'bearer';
  const [proof, ...others] = req.headersDistinct['dpop'] ?? [];
  if (scheme !== 'dpop' || proof === undefined || others.length > 0) return false;
  return checkProof({
    proof,
    method: request.method,
    url: new URL(request.path, originOf(req, deps)).href,
    accessToken: value,
    thumbprint: token.jkt,
  });
}

function originOf(req: IncomingMessage, { issuer, mutualTls, clientCertificates }: Deps): string {
  const isOnOwn = clientCertificates?.isOnOwnListener(req) === true;
  return (isOnOwn ? mutualTls?.origin : undefined) ?? issuer;
}
