/** What a person does while signing in, over plain HTTP by the wire contract of docs/integrate.md. */
import { createHash, randomBytes } from 'node:crypto';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { createHttpBrowser, type HttpBrowser } from '../http-browser.ts';
import { noteCanary } from './canaries.ts';
import { callbackUri, clientSecret, type HubWorld, type Person } from './hub-world.ts';
import { codeIn, hasCode } from './mailbox.ts';

export interface AuthorizationRequest {
  readonly url: URL;
  readonly verifier: string;
  readonly clientId: string;
}

export function authorizationRequest(
  world: Pick<HubWorld, 'origin'>,
  clientId: string,
  more: Record<string, string> = {},
): AuthorizationRequest {
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL('/oidc/auth', world.origin);
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: callbackUri,
    scope: 'openid profile organization roles',
    state: 'state',
    nonce: 'nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }).toString();
  return { url, verifier, clientId };
}

/** A page of the hub: its address, status and text, and the fields of its form. */
export interface Shown {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
  readonly csrf: string;
  /** Where the answer leads when it is a redirect off the hub. */
  readonly leads?: URL;
}

export interface SigningIn {
  readonly browser: HttpBrowser;
  open(url: string | URL): Promise<Shown>;
  post(path: string | URL, fields: Record<string, string>): Promise<Shown>;
}

export function signingIn(
  world: Pick<HubWorld, 'origin'>,
  browser = createHttpBrowser(world.origin),
): SigningIn {
  async function follow(response: Response, from: URL): Promise<Shown> {
    const location = response.headers.get('Location');
    if (location === null) {
      const html = await response.text();
      const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
      return { url: from, status: response.status, html, csrf };
    }
    await response.arrayBuffer();
    const next = new URL(location, from);
    if (next.origin !== world.origin)
      return { url: from, status: response.status, html: '', csrf: '', leads: next };
    return follow(await browser.fetch(next), next);
  }
  return {
    browser,
    async open(address) {
      const url = new URL(address, world.origin);
      return follow(await browser.fetch(url), url);
    },
    async post(address, fields) {
      const url = new URL(address, world.origin);
      const init = { method: 'POST', body: new URLSearchParams(fields), headers: { Origin: world.origin } };
      return follow(await browser.fetch(url, init), url);
    },
  };
}

export async function solveCaptcha(at: SigningIn, page: Pick<Shown, 'url'>): Promise<string> {
  const response = await at.browser.fetch(new URL('captcha', page.url));
  const challenge = (await response.json()) as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

interface Typed {
  readonly account: string;
  readonly password: string;
  readonly code?: string;
}

export async function submitPassword(at: SigningIn, page: Shown, typed: Typed): Promise<Shown> {
  noteCanary(typed.password);
  const altcha = await solveCaptcha(at, page);
  return at.post(page.url, { csrf: page.csrf, action: 'login', altcha, code: '', ...typed });
}

/** What somebody is known by on the login form. */
export type KnownPerson = Pick<Person, 'nationalId' | 'email'>;

/** Asks for a code by the page's button and reads it from the mailbox. */
export async function requestCode(
  world: Pick<HubWorld, 'mailbox'>,
  at: SigningIn,
  page: Shown,
  person: KnownPerson,
  password: string,
): Promise<string> {
  const before = (await world.mailbox.mailsTo(person.email)).length;
  const altcha = await solveCaptcha(at, page);
  const fields = {
    csrf: page.csrf,
    action: 'send-code',
    altcha,
    code: '',
    account: person.nationalId,
    password,
  };
  const answer = await at.post(page.url, fields);
  if (answer.status !== 200) throw new Error(`send-code answered ${answer.status}`);
  return codeIn(await world.mailbox.nextMailTo(person.email, before, hasCode));
}

/** The whole password login from a page of the login form: code asked for, read, and given. */
export async function logInByPassword(
  world: Pick<HubWorld, 'mailbox'>,
  at: SigningIn,
  page: Shown,
  person: KnownPerson,
  password: string,
): Promise<Shown> {
  const code = await requestCode(world, at, page, person, password);
  return submitPassword(at, page, { account: person.nationalId, password, code });
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token: string;
  readonly claims: Record<string, unknown>;
}

export async function tokenRequest(
  world: Pick<HubWorld, 'origin'>,
  clientId: string,
  body: Record<string, string>,
): Promise<Response> {
  return fetch(new URL('/oidc/token', world.origin), {
    method: 'POST',
    headers: { Authorization: `Basic ${basic(clientId)}` },
    body: new URLSearchParams(body),
  });
}

export function basic(clientId: string): string {
  return Buffer.from(`${clientId}:${encodeURIComponent(clientSecret)}`).toString('base64');
}

/** Redeems the code that a redirect to the relying party carries. */
export async function redeemCode(
  world: Pick<HubWorld, 'origin'>,
  request: AuthorizationRequest,
  shown: Shown,
): Promise<Tokens> {
  const code = shown.leads?.searchParams.get('code');
  if (!code) throw new Error(`no code: ${shown.leads?.search ?? `status ${shown.status}`}`);
  noteCanary(code);
  const response = await tokenRequest(world, request.clientId, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callbackUri,
    code_verifier: request.verifier,
  });
  if (!response.ok) throw new Error(`token endpoint answered ${response.status}: ${await response.text()}`);
  return readTokens(response);
}

export async function readTokens(response: Response): Promise<Tokens> {
  const tokens = (await response.json()) as Omit<Tokens, 'claims'>;
  noteCanary(tokens.access_token);
  noteCanary(tokens.id_token);
  if (tokens.refresh_token) noteCanary(tokens.refresh_token);
  const claims = JSON.parse(
    Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString(),
  ) as Tokens['claims'];
  return { ...tokens, claims };
}
