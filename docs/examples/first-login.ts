/**
 * A first login and a login after it, by plain HTTP: what a browser and a business system do between them.
 * Start the demo (npm start), then run this beside it (npm run example). It adds nothing but a client: it talks to the
 * hub as a browser and a relying party would, and reads the demo's mailbox as the person would.
 *
 *   1. redirect to the hub            5. rules of use accepted, new password: the account is open
 *   2. the login form                 6. log in anew with a new code
 *   3. captcha, "send me a code"      7. the code of the redirect, redeemed for tokens
 *   4. opening password and code      8. the ID token verified, the roles in it
 */
import { createHash, createPublicKey, randomBytes, randomInt, verify, type JsonWebKey } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

const issuer = 'http://localhost:3000';
const mailbox = 'http://127.0.0.1:3009';
/** A public client (no secret; PKCE does the work), registered in demo/demo.config.yaml. */
const client = { id: 'first-login-example', redirectUri: 'http://127.0.0.1:3010/callback' };

interface Person {
  readonly account: string;
  readonly name: string;
  readonly email: string;
  readonly state: string;
  readonly password: string;
}

// ---- what a browser does -------------------------------------------------------------------------------------------

interface Page {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
}

const jar = new Map<string, { readonly value: string; readonly path: string }>();

/** One request with the cookies that belong to its path, keeping those that come back. */
async function send(url: URL, form?: Record<string, string>): Promise<Response> {
  const cookies = [...jar].filter(([, { path }]) => url.pathname.startsWith(path));
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { Cookie: cookies.map(([name, { value }]) => `${name}=${value}`).join('; ') },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  for (const line of response.headers.getSetCookie()) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice('path='.length) ?? '/';
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (value === '') jar.delete(name);
    else jar.set(name, { value, path });
  }
  return response;
}

/** Follows redirects as far as the hub goes; one that leads to the relying party is where a page ends. */
async function visit(address: string | URL, form?: Record<string, string>): Promise<Page> {
  let url = new URL(address, issuer);
  let response = await send(url, form);
  while (response.headers.has('location')) {
    url = new URL(response.headers.get('location') ?? '', url);
    if (url.origin !== issuer) return { url, status: response.status, text: '' };
    response = await send(url);
  }
  return { url, status: response.status, text: await response.text() };
}

/** The value of a hidden field, such as the token that every form carries. */
function field(page: Page, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1];
  if (value === undefined)
    throw new Error(`no field ${name} on ${page.url.pathname} (status ${page.status})`);
  return value;
}

/** Fills in the login form and presses one of its two buttons. */
async function submitLogin(
  page: Page,
  action: 'send-code' | 'login',
  typed: Record<string, string>,
): Promise<Page> {
  const uid = page.url.pathname.split('/')[2] ?? '';
  const altcha = await solveCaptcha(uid);
  return visit(`/interaction/${uid}/one-day-password`, {
    csrf: field(page, 'csrf'),
    action,
    altcha,
    ...typed,
  });
}

/** The proof of work: base64 JSON of the challenge and its solution. Each is good once. */
async function solveCaptcha(uid: string): Promise<string> {
  const response = await send(new URL(`/interaction/${uid}/captcha`, issuer));
  const challenge = (await response.json()) as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

// ---- what the person does ------------------------------------------------------------------------------------------

interface Mail {
  readonly text: string;
}

async function mailsTo(address: string): Promise<readonly Mail[]> {
  const response = await fetch(`${mailbox}/messages.json?to=${encodeURIComponent(address)}`);
  return (await response.json()) as Mail[];
}

/**
 * Asks for a check code and waits for the mail that brings it. The page answers the same whether or not a mail was
 * sent; none is sent a moment after the one before (login.mailedCode.resendSeconds), so that asking again helps.
 */
async function fetchCode(page: Page, { account, email }: Person, password: string): Promise<string> {
  const before = (await mailsTo(email)).length;
  const deadline = Date.now() + 90_000;
  while (Date.now() < deadline) {
    const answer = await submitLogin(page, 'send-code', { account, password, code: '' });
    if (answer.status !== 200) throw new Error(`no code was sent (status ${answer.status})`);
    for (let tries = 0; tries < 20; tries += 1) {
      await pause(200);
      const mails = await mailsTo(email);
      const newest = mails.length > before ? mails[0]?.text : undefined;
      const code = /^\s*(\d{8})\s*$/m.exec(newest ?? '')?.[1];
      if (code !== undefined) return code;
    }
  }
  throw new Error(`no code arrived for ${email}`);
}

/** Twelve characters or more, upper case, lower case, digits; nothing of the person's own. */
function newPassword(): string {
  return `Lantern-${randomBytes(9).toString('base64url')}-${randomInt(10, 99)}aA`;
}

// ---- what the business system does ---------------------------------------------------------------------------------

interface Discovery {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
}

type Claims = Readonly<Record<string, unknown>>;

async function getJson<Answer>(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** RFC 7515, section 5.2, for RS256; then what OpenID Connect Core, section 3.1.3.7 asks for. */
async function verifyIdToken(token: string, jwksUri: string, nonce: string): Promise<Claims> {
  const [head = '', body = '', signature = ''] = token.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Claims;
  const { kid, alg } = read(head);
  const { keys } = await getJson<{ keys: (JsonWebKey & { kid: string })[] }>(jwksUri);
  const jwk = keys.find((key) => key.kid === kid);
  if (alg !== 'RS256' || !jwk) throw new Error('the ID token is signed in a way we did not register for');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  if (!verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) {
    throw new Error('the signature of the ID token is wrong');
  }
  const claims = read(body);
  const now = Date.now() / 1000;
  const isOurs = claims['iss'] === issuer && claims['aud'] === client.id && claims['nonce'] === nonce;
  if (!isOurs || typeof claims['exp'] !== 'number' || claims['exp'] < now) {
    throw new Error('the ID token is not for this login');
  }
  return claims;
}

// ---- the story -----------------------------------------------------------------------------------------------------

async function choosePerson(): Promise<Person> {
  const people = await getJson<Person[]>(`${mailbox}/people.json`);
  const person = people.find(({ state }) => state === 'not-opened');
  if (person) return person;
  const [first] = people;
  throw new Error(
    'every demo account has been opened. Start afresh (stop the demo, delete demo-data, npm start), or reset one:\n' +
      `  echo ${first?.account} | npx hufu reset-password --config demo/demo.config.yaml --form DEMO-2 --reason again`,
  );
}

async function run(): Promise<void> {
  const person = await choosePerson();
  const { authorization_endpoint, token_endpoint, jwks_uri } = await getJson<Discovery>(
    `${issuer}/.well-known/openid-configuration`,
  );

  const verifier = randomBytes(32).toString('base64url');
  const [state, nonce] = [randomBytes(16).toString('base64url'), randomBytes(16).toString('base64url')];
  const request = new URL(authorization_endpoint);
  request.search = new URLSearchParams({
    client_id: client.id,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid profile organization roles',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    nonce,
  }).toString();
  let page = await visit(request);
  say(`1. redirected to the login page ${page.url.pathname}`);

  const { account, password: openingPassword } = person;
  const firstCode = await fetchCode(page, person, openingPassword);
  say(`2. captcha solved, check code ${firstCode} mailed to ${person.email}`);
  page = await submitLogin(page, 'login', { account, password: openingPassword, code: firstCode });
  const rules = field(page, 'version');
  page = await visit(page.url, { csrf: field(page, 'csrf'), version: rules, agree: 'yes' });
  say(`3. ${person.name} (${account}) logged in with the opening password and accepted the rules ${rules}`);
  const password = newPassword();
  page = await visit(page.url, {
    csrf: field(page, 'csrf'),
    new_password: password,
    new_password_again: password,
  });
  say(`4. password set to ${password}: the account is open; back at ${page.url.pathname}`);

  const secondCode = await fetchCode(page, person, password);
  page = await submitLogin(page, 'login', { account, password, code: secondCode });
  const { searchParams } = page.url;
  if (searchParams.get('state') !== state)
    throw new Error(`not redirected back, but at ${page.url.pathname}`);
  say('5. logged in anew; redirected back with a code');

  const tokens = await getJson<{ id_token: string }>(token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client.id,
      redirect_uri: client.redirectUri,
      code: searchParams.get('code') ?? '',
      code_verifier: verifier,
    }),
  });
  const claims = await verifyIdToken(tokens.id_token, jwks_uri, nonce);
  say('6. code redeemed, ID token verified:');
  console.log(JSON.stringify(claims, undefined, 2));
  console.log(`roles: ${JSON.stringify(claims['roles'])}`);
}

function say(text: string): void {
  console.log(text);
}

try {
  await run();
} catch (error) {
  const refused = error instanceof TypeError ? ' (is the demo running? npm start)' : '';
  console.error(`${error instanceof Error ? error.message : String(error)}${refused}`);
  process.exitCode = 1;
}
