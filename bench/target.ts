/** What the flows are run against: the hub, or the bare library. They differ in how a person logs in alone. */
import { createHash, randomBytes, pbkdf2Sync } from 'node:crypto';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { callbackUri, clientSecret } from '#test/support/hub/hub-world.ts';
import type { Child } from './child.ts';
import { inventedNationalId, password } from './people.ts';
import { leadsTo, type Shown, type Visitor } from './visitor.ts';

export interface Target {
  readonly name: 'hufu' | 'bare';
  readonly child: Child;
  /** Gets people ready for one more login each. */
  prepareLogins(): Promise<void>;
  /** Logs the `nth` person in at the login page `page`. */
  logIn(visitor: Visitor, page: Shown, nth: number): Promise<LoggedIn>;
}

export interface LoggedIn {
  /** The redirect back to the relying party. */
  readonly shown: Shown;
  /** Milliseconds that the captcha took here, in the place of a browser. */
  readonly ownMs: number;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

export function hubTarget(child: Child): Target {
  let codes: readonly string[] = [];
  return {
    name: 'hufu',
    child,
    async prepareLogins() {
      codes = await child.ask('codes');
    },
    async logIn(visitor, page, nth) {
      const typed = { account: inventedNationalId(nth + 1), password, code: codes[nth] ?? '' };
      const { shown, ownMs } = await postPassword(visitor, page, typed);
      return { shown: await visitor.follow(shown), ownMs };
    },
  };
}

export function bareTarget(child: Child, people: readonly string[]): Target {
  return {
    name: 'bare',
    child,
    prepareLogins: async () => undefined,
    async logIn(visitor, page, nth) {
      const fields = { account: people[nth] ?? '' };
      return { shown: await visitor.follow(await visitor.send(page.url, fields)), ownMs: 0 };
    },
  };
}

interface Typed {
  readonly account: string;
  readonly password: string;
  readonly code: string;
}

export interface Posted {
  readonly shown: Shown;
  readonly ownMs: number;
  /** Milliseconds from the form's post to its answer. */
  readonly answerMs: number;
}

/** Fills in the hub's login form by the wire contract: csrf token, captcha, fields. */
export async function postPassword(visitor: Visitor, page: Shown, typed: Typed): Promise<Posted> {
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const given = await visitor.send(new URL('captcha', page.url));
  const before = performance.now();
  const challenge = JSON.parse(given.body) as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  const altcha = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
  const after = performance.now();
  const fields = { csrf, action: 'login', altcha, ...typed };
  const shown = await visitor.send(page.url, fields, { origin: page.url.origin });
  return { shown, ownMs: after - before, answerMs: performance.now() - after };
}

type DeriveKey = Parameters<typeof solveChallenge>[0]['deriveKey'];

/** As the library does it, without a turn of the event loop for each of some hundred tries. */
const deriveKey: DeriveKey = async ({ cost, keyLength }, salt, tried) => ({
  parameters: {},
  derivedKey: pbkdf2Sync(tried, salt, cost, keyLength ?? 32, 'sha256'),
});

/** Client authentication of `clientId`, a relying party or a program. */
export function basicOf(clientId: string): { readonly authorization: string } {
  const credentials = Buffer.from(`${clientId}:${encodeURIComponent(clientSecret)}`).toString('base64');
  return { authorization: `Basic ${credentials}` };
}

const ofRelyingParty = basicOf('csm');

/** Sends an authorization request; gives the login page, or the redirect back where there is a session. */
export async function authorize(
  { child }: Target,
  visitor: Visitor,
): Promise<{ shown: Shown; verifier: string }> {
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL('/oidc/auth', child.origin);
  url.search = new URLSearchParams({
    client_id: 'csm',
    response_type: 'code',
    redirect_uri: callbackUri,
    scope: 'openid profile organization roles',
    state: 'state',
    nonce: 'nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return { shown: await visitor.follow(await visitor.send(url)), verifier };
}

export async function redeem(
  target: Target,
  visitor: Visitor,
  shown: Shown,
  verifier: string,
): Promise<Tokens> {
  const code = leadsTo(shown)?.searchParams.get('code');
  if (!code) throw new Error(`${target.name}: no code, but ${shown.status} at ${shown.url.pathname}`);
  const fields = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callbackUri,
    code_verifier: verifier,
  };
  return JSON.parse(await call(target, visitor, '/oidc/token', fields)) as Tokens;
}

/** The client's own call of an endpoint. Throws unless it is answered with 200. */
export async function call(
  { name, child }: Target,
  visitor: Visitor,
  path: string,
  fields?: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = ofRelyingParty,
): Promise<string> {
  const shown = await visitor.send(new URL(path, child.origin), fields, headers);
  if (shown.status !== 200) throw new Error(`${name}: ${path} answered ${shown.status}: ${shown.body}`);
  return shown.body;
}
