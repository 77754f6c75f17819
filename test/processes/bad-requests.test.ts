/**
 * A hub under requests that no browser and no relying party would send: the right status, a short page, nothing of
 * what is inside, and a process that lives on in the memory it had.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorizationRequest, signingIn, type Shown, type SigningIn } from '#test/support/hub/signing-in.ts';
import { createInstallation, type Installation } from '#test/support/processes/installation.ts';
import { expectNoInternals } from '#test/support/processes/internals.ts';
import { startServeProcess, type ServeProcess } from '#test/support/processes/serve-process.ts';

let installation: Installation;
let hub: ServeProcess;

beforeAll(async () => {
  installation = await createInstallation(1);
  hub = await startServeProcess(installation.configFiles[0] ?? '');
});
afterAll(async () => {
  await hub.stop();
  installation.remove();
});

interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** What comes back for exactly these bytes; the connection is closed by the hub, or once the answer is there. */
function send(
  bytes: string | Buffer | readonly (string | Buffer)[],
  { milliseconds = 20_000 } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(installation.origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
    const chunks: Buffer[] = [];
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(parseAnswer(Buffer.concat(chunks).toString('utf8')));
    };
    const timer = setTimeout(() => reject(new Error('no answer')), milliseconds);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (isWhole(Buffer.concat(chunks).toString('latin1'))) finish();
    });
    socket.on('close', finish);
    // The hub may close while we are still sending: what it said before counts.
    socket.on('error', () => undefined);
    for (const part of [bytes].flat()) socket.write(part);
  });
}

/** Without waiting for the end of the connection, which may cut off what is under way. */
function isWhole(answer: string): boolean {
  const [headers = '', ...rest] = answer.split('\r\n\r\n');
  const length = /^content-length: (\d+)/im.exec(headers)?.[1];
  return length !== undefined && rest.join('\r\n\r\n').length >= Number(length);
}

function parseAnswer(text: string): Answer {
  const [headers = '', ...rest] = text.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1] ?? 0),
    headers,
    body: rest.join('\r\n\r\n'),
  };
}

interface RequestParts {
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

function request(
  method: string,
  path: string,
  { headers = [], body = '' }: RequestParts = {},
): Promise<Answer> {
  const { host } = new URL(installation.origin);
  const length = Buffer.byteLength(body);
  // A connection that closes on unread bytes is reset, and may lose the answer.
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...(length > 65_536 ? [] : ['Connection: close']),
    ...(length > 0 ? [`Content-Length: ${length}`] : []),
    ...headers,
  ];
  return send([`${lines.join('\r\n')}\r\n\r\n`, body]);
}

const get = (path: string) => request('GET', path, { headers: ['Accept: text/html'] });
const formType = 'Content-Type: application/x-www-form-urlencoded';

function expectRefused(answer: Answer, ...statuses: number[]): void {
  expect(statuses).toContain(answer.status);
  expect(answer.body.length).toBeLessThan(8000);
  expectNoInternals(answer.body);
  expect(answer.headers).not.toMatch(/x-powered-by|server:/i);
}

/** The login form of a browser, with its cookie as raw requests need it. */
async function openForm(): Promise<{ at: SigningIn; form: Shown; cookie: string }> {
  const at = signingIn(installation);
  const form = await at.open(authorizationRequest(installation, 'csm').url);
  const cookie = [...at.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return { at, form, cookie: `Cookie: ${cookie}` };
}

test.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])('%s is refused everywhere', async (method) => {
  for (const path of ['/', '/oidc/auth', '/oidc/token', '/interaction/x/one-day-password', '/assets/x']) {
    const answer = await request(method, path, { headers: ['X-Canary: do-not-echo'] });
    expectRefused(answer, 405);
    expect(answer.body).not.toContain('do-not-echo');
    expect(answer.headers).toMatch(/^allow:/im);
  }
});

test('what is not a method, or not HTTP at all, is refused', async () => {
  expectRefused(await request('BREW', '/'), 400);
  expectRefused(await send('hello\r\n\r\n'), 400);
  expectRefused(await send('GET / HTTP/1.1\r\n\r\n'), 400, 421);
  expectRefused(await send('GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n'), 400);
  const smuggled =
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
  expectRefused(await send(smuggled), 400);
  expectRefused(await request('CONNECT', 'example.test:443'), 0, 400, 404, 405);
});

test.each([
  '/unknown',
  '/interaction',
  '/interaction/unknown/unknown',
  '/oidc/unknown',
  '/oidc/../keys',
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%2f..%2fpackage.json',
  '/.env',
  '/.well-known/unknown',
  '/health/unknown',
  '/%00',
])('%s is not there', async (path) => expectRefused(await get(path), 404, 400));

test.each([
  '/%',
  '/%zz',
  '/%ff%fe',
  '/interaction/%ff/one-day-password',
  '/interaction/%E0%A4%A/captcha',
  '//',
  '//[',
  '//[?lang=en',
  '///evil.test/?lang=en',
  '/?lang=en&lang=zh-TW&lang[x]=1',
  '/?lang=%ff',
  '/\\evil.test?lang=en',
  'http://evil.test/',
  'http://[/?lang=en',
  '/signed-in?error[]=x',
  '/oidc/auth?%zz=%ff',
  '/oidc/auth/%ff',
  '/oidc/session/end?id_token_hint=x&id_token_hint=y',
  '/oidc/session/end?id_token_hint=eyJhbGciOiJub25lIn0.e30.',
  '/oidc/userinfo?access_token=x',
])('GET %s breaks nothing', async (path) => {
  const answer = await get(path);
  expect(answer.status).toBeGreaterThanOrEqual(200);
  expect(answer.status).toBeLessThan(500);
  expectNoInternals(answer.body);
  expect(/^location: (.*)$/im.exec(answer.headers)?.[1] ?? '').not.toMatch(/evil/);
});

test('HEAD has the status of GET and no body', async () => {
  for (const path of ['/', '/unknown', '/logged-out', '/oidc/auth', '/oidc/jwks', '/health/live']) {
    const [head, whole] = [await request('HEAD', path), await get(path)];
    expect([path, head.status]).toEqual([path, whole.status]);
    expect(head.body).toBe('');
  }
});

test('oversized heads are refused before they are read', async () => {
  expectRefused(await request('GET', `/${'a'.repeat(20_000)}`), 431, 414);
  expectRefused(await request('GET', '/', { headers: [`X-Large: ${'a'.repeat(20_000)}`] }), 431);
  const many = Array.from({ length: 3000 }, (_, nth) => `X-${nth}: a`);
  expectRefused(await request('GET', '/', { headers: many }), 431);
});

test.each([
  ['64 kB and more', 'account=' + 'a'.repeat(70_000), 413],
  ['3 MB', 'account=' + 'a'.repeat(3_000_000), 413],
  ['a thousand fields and more', Array.from({ length: 5000 }, (_, nth) => `f${nth}=1`).join('&'), 400],
  ['half a percent sign', 'account=%&password=%z&csrf=%E0%A4%A&action=login', 400],
  ['bytes that are no text', Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x26, 0x80, 0x3d, 0xc3]), 400],
  ['fields given twice', 'csrf=a&csrf=b&account=a&account=b&action=login&action=send-code', 400],
  ['fields made objects', 'csrf[a]=b&account[__proto__][x]=1&action=login', 400],
  ['deep nesting', `a${'[b]'.repeat(2000)}=c`, 400],
  ['nothing', '', 400],
  ['NUL in a field', 'csrf=a%00b&action=login&account=%00&password=%00', 400],
] as const)('a form with %s is refused', async (_, body, status) => {
  const { form, cookie } = await openForm();
  const { pathname } = form.url;
  const headers = [
    formType,
    cookie,
    'Accept: text/html',
    ...(body.length === 0 ? ['Content-Length: 0'] : []),
  ];
  expectRefused(await request('POST', pathname, { headers, body }), status);
  const token = await request('POST', '/oidc/token', { headers: [formType], body: body });
  expectRefused(token, 400, 401, 413);
});

test('a form whose token is right and whose fields are not is refused by its schema', async () => {
  const { at, form } = await openForm();
  const good = { csrf: form.csrf, account: 'A123456789', password: 'p', code: '1', altcha: '' };
  for (const wrong of [
    { ...good, action: 'other' },
    { ...good, action: 'login', is_admin: 'yes' },
    { ...good, action: 'login', password: 'p'.repeat(2000) },
    { ...good, action: 'login', account: 'a\0b' },
  ]) {
    const shown = await at.post(form.url, wrong);
    expect(shown.status).toBe(400);
    expectNoInternals(shown.html);
  }
});

test('other kinds of body are not read', async () => {
  const { form, cookie } = await openForm();
  for (const type of [
    'application/json',
    'multipart/form-data; boundary=x',
    'text/plain',
    'x/y; charset=none',
  ]) {
    const headers = [`Content-Type: ${type}`, cookie];
    expectRefused(await request('POST', form.url.pathname, { headers, body: '{"csrf":"x"}' }), 400, 415);
  }
  const compressed = [formType, cookie, 'Content-Encoding: gzip'];
  expectRefused(await request('POST', form.url.pathname, { headers: compressed, body: 'x' }), 400, 415);
  const charset = [`${formType}; charset=utf-7`, cookie];
  expectRefused(await request('POST', form.url.pathname, { headers: charset, body: 'csrf=x' }), 400, 415);
});

test.each<[string, Record<string, string | undefined>]>([
  ['no client', { client_id: undefined }],
  ['an unknown client', { client_id: 'nobody' }],
  ['a client id of 4 kB', { client_id: 'a'.repeat(4000) }],
  ['another redirect URI', { redirect_uri: 'https://evil.test/' }],
  ['a redirect URI that is none', { redirect_uri: 'javascript:alert(1)' }],
  ['markup', { client_id: '<script>alert(1)</script>' }],
])('an authorization request with %s is answered here, not at the redirect URI', async (_, change) => {
  const { url } = authorizationRequest(installation, 'csm');
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  const answer = await get(`${url.pathname}${url.search}`);
  expectRefused(answer, 400);
  expect(answer.body).not.toContain('<script>alert');
  expect(answer.headers).not.toMatch(/^location:/im);
});

test.each<[string, Record<string, string>, string]>([
  ['no PKCE', { code_challenge: '' }, 'invalid_request'],
  ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['an implicit response type', { response_type: 'token' }, 'unsupported_response_type'],
  ['a response type that is none', { response_type: 'x y z' }, 'unsupported_response_type'],
  ['prompts that contradict', { prompt: 'none login' }, 'invalid_request'],
  ['a malformed max_age', { max_age: '-1e9' }, 'invalid_request'],
  ['a request object that is none', { request: 'eyJ.e30.' }, 'invalid_request_object'],
])('an authorization request with %s gives the relying party its error', async (_, change, error) => {
  const { leads, status } = await signingIn(installation).open(
    authorizationRequest(installation, 'csm', change).url,
  );
  // A response type that would answer in the fragment is refused there.
  const answer = leads?.searchParams.get('error') ?? new URLSearchParams(leads?.hash.slice(1)).get('error');
  expect(answer ?? status).toBe(error);
});

test('parameters given twice are refused', async () => {
  const { url } = authorizationRequest(installation, 'csm');
  expectRefused(await get(`${url.pathname}${url.search}&client_id=fms`), 400);
  const twice = await request('POST', '/oidc/token', {
    headers: [formType],
    body: 'grant_type=authorization_code&grant_type=refresh_token&client_id=csm',
  });
  expectRefused(twice, 400, 401);
});

test('a hundred slow senders are cut off, and nobody waits for them', async () => {
  const { host } = new URL(installation.origin);
  const slowHead = `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `;
  const slow = Array.from({ length: 100 }, () => send(slowHead, { milliseconds: 25_000 }));
  for (let nth = 0; nth < 10; nth += 1) expect((await get('/logged-out')).status).toBe(200);
  for (const answer of await Promise.all(slow)) expectRefused(answer, 408);
});

test('fifty bodies of 3 MB and half of them hung up leave the memory as it was', async () => {
  const { form, cookie } = await openForm();
  const body = Buffer.alloc(3_000_000, 'a');
  const headers = [formType, cookie];
  await Promise.all([1, 2, 3].map(() => request('POST', form.url.pathname, { headers, body })));
  const before = residentMegabytes();
  for (let round = 0; round < 10; round += 1) {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => request('POST', form.url.pathname, { headers, body })),
    );
    for (const answer of answers) expectRefused(answer, 413);
  }
  expect(residentMegabytes() - before).toBeLessThan(100);
  expect(hub.isAlive()).toBe(true);
  expect((await get('/logged-out')).status).toBe(200);
});

test('nothing of all this was a failure of the hub', () => {
  expect(hub.isAlive()).toBe(true);
  expect(hub.said).toEqual([]);
});

function residentMegabytes(): number {
  const status = readFileSync(`/proc/${hub.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}
