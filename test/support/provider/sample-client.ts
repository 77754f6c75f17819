/** What a relying party does over the wire, by hand, so that tests can do it wrongly. */
import { createHttpBrowser, type HttpBrowser } from '../http-browser.ts';
import { newPkce, type Pkce, type ProviderWorld } from './provider-world.ts';
import { allScopes, secretOf } from './sample-relying-party.ts';

export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token?: string;
  readonly scope: string;
}

export interface Authorized {
  readonly browser: HttpBrowser;
  readonly response: Response;
  readonly pkce: Pkce;
  /** Parameters of the redirect back to the relying party; undefined when the answer did not leave the provider. */
  readonly answer: URLSearchParams | undefined;
}

export type Parameters = Readonly<Record<string, string | undefined>>;

export interface SampleClient {
  authorizationUrl(pkce: Pkce, parameters?: Parameters): URL;
  authorize(browser?: HttpBrowser, parameters?: Parameters): Promise<Authorized>;
  redeem(code: string, verifier: string, parameters?: Parameters): Promise<Response>;
  refresh(refreshToken: string): Promise<Response>;
  /** Authorizes and redeems; throws when that fails. */
  logIn(browser?: HttpBrowser, parameters?: Parameters): Promise<Tokens & { readonly browser: HttpBrowser }>;
  userinfo(accessToken: string): Promise<Response>;
  introspect(token: string): Promise<Record<string, unknown>>;
  post(path: string, parameters: Parameters): Promise<Response>;
}

export function createSampleClient(world: ProviderWorld, clientId: string): SampleClient {
  const redirectUri = `https://${clientId}.example/callback`;
  const basic = [clientId, secretOf(clientId)].map((part) => encodeURIComponent(part)).join(':');

  const post: SampleClient['post'] = (path, parameters) =>
    fetch(new URL(path, world.origin), {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(basic)}` },
      body: new URLSearchParams(given(parameters)),
    });

  const client: SampleClient = {
    post,
    authorizationUrl(pkce, parameters = {}) {
      const url = new URL('/oidc/auth', world.origin);
      url.search = new URLSearchParams(
        given({
          client_id: clientId,
          redirect_uri: redirectUri,
          response_type: 'code',
          scope: allScopes.join(' '),
          state: 'the state',
          nonce: 'the nonce',
          code_challenge: pkce.challenge,
          code_challenge_method: 'S256',
          ...parameters,
        }),
      ).toString();
      return url;
    },
    async authorize(browser = createHttpBrowser(world.origin), parameters = {}) {
      const pkce = newPkce();
      const response = await browser.visit(client.authorizationUrl(pkce, parameters));
      const location = response.headers.get('Location');
      return { browser, response, pkce, answer: location ? new URL(location).searchParams : undefined };
    },
    redeem: (code, verifier, parameters = {}) =>
      post('/oidc/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        ...parameters,
      }),
    refresh: (refreshToken) =>
      post('/oidc/token', { grant_type: 'refresh_token', refresh_token: refreshToken }),
    async logIn(browser, parameters) {
      const authorized = await client.authorize(browser, parameters);
      const code = authorized.answer?.get('code');
      if (!code) throw new Error(`no code: ${authorized.response.status} ${authorized.answer?.toString()}`);
      const response = await client.redeem(code, authorized.pkce.verifier);
      if (response.status !== 200) throw new Error(`no tokens: ${await response.text()}`);
      return { ...((await response.json()) as Tokens), browser: authorized.browser };
    },
    userinfo: (accessToken) =>
      fetch(new URL('/oidc/userinfo', world.origin), { headers: { Authorization: `Bearer ${accessToken}` } }),
    async introspect(token) {
      const response = await post('/oidc/introspection', { token });
      return (await response.json()) as Record<string, unknown>;
    },
  };
  return client;
}

function given(parameters: Parameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The claims of a JWT, unverified. */
export function claimsOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}
