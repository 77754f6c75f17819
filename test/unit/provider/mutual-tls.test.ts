/** Client authentication and bound tokens by certificate, over a TLS listener, and by a proxy's header. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Koa from 'koa';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createClientCertificates } from '#http/client-certificates.ts';
import { createMutualTlsListener } from '#http/mutual-tls-listener.ts';
import { matchesSubject } from '#provider/certificate-subject.ts';
import { mutualTlsPaths } from '#provider/mutual-tls.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { createSampleClient, type Tokens } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';
import { mintSelfSigned } from '#test/support/self-signed-certificate.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'mutual-tls-'));
const server = mintSelfSigned(folder);
const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '2'];

function mint(name: string, subject: string, more: readonly string[] = []) {
  const [key, cert] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pem`)];
  execFileSync('openssl', ['req', '-x509', ...ec, '-subj', subject, '-keyout', key, '-out', cert, ...more], {
    stdio: 'pipe',
  });
  return {
    key: readFileSync(key, 'utf8'),
    cert: readFileSync(cert, 'utf8'),
    files: ['-CA', cert, '-CAkey', key],
  };
}

const authority = mint('ca', '/CN=Test CA');
const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE'];
const csm = mint('csm', '/C=TW/O=Agency/CN=csm', [
  ...authority.files,
  ...leaf,
  '-addext',
  'subjectAltName=DNS:csm.example',
]);
const foreign = mint('foreign', '/C=TW/O=Agency/CN=csm', [
  ...leaf,
  '-addext',
  'subjectAltName=DNS:csm.example',
]);
const own = mint('own', '/CN=own');

const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }] });
const certificates = createClientCertificates({
  proxies: ['127.0.0.1'],
  header: 'client-cert',
  authorities: authority.cert,
  clock: { now: () => new Date(), until: () => Promise.resolve() },
});

let world: ProviderWorld;
let listener: ReturnType<typeof createMutualTlsListener>;
let origin: string;
const x5c = [own.cert.replaceAll(/-----[^-]+-----|\s/g, '')];

beforeAll(async () => {
  const ownKey = { ...new X509Certificate(own.cert).publicKey.export({ format: 'jwk' }), x5c, kid: 'own' };
  listener = createMutualTlsListener(
    {
      host: '127.0.0.1',
      port: 0,
      certificate: server.cert,
      key: server.key,
      authorities: authority.cert,
      paths: mutualTlsPaths,
      noteOwn: certificates.noteOwn,
    },
    {},
    (req, res) => void world.provider.callback(req, res),
  );
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  origin = `https://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const bound = { client_secret: undefined, tls_client_certificate_bound_access_tokens: true };
  world = await openProviderWorld({
    accounts: [account],
    relyingParties: [
      sampleRelyingParty(
        'csm',
        {},
        { ...bound, token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'csm.example' },
      ),
      sampleRelyingParty(
        'own',
        { systems: ['csm'] },
        {
          ...bound,
          token_endpoint_auth_method: 'self_signed_tls_client_auth',
          jwks: { keys: [ownKey] },
        },
      ),
    ],
    provider: { mutualTls: { origin } },
    deps: { clientCertificates: certificates },
  });
});
afterAll(async () => {
  listener.closeAllConnections();
  listener.close();
  await world.close();
});
beforeEach(() => {
  world.nextLogin = { accountId: account.id, level: 2 };
});

interface Shown {
  readonly key: string;
  readonly cert: string;
}

function call(target: string, shown: Shown | undefined, form?: Record<string, string>, headers = {}) {
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const options = {
      ...(shown && { key: shown.key, cert: shown.cert }),
      ca: server.cert,
      agent: false,
      method: form ? 'POST' : 'GET',
      headers: { ...headers, ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }) },
    };
    const sent = httpsRequest(new URL(target, origin), options, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
        }),
      );
    });
    sent.on('error', reject);
    sent.end(form && new URLSearchParams(form).toString());
  });
}

async function redeem(id: string, shown: Shown | undefined) {
  const { answer, pkce } = await createSampleClient(world, id).authorize();
  return call('/oidc/token', shown, {
    client_id: id,
    grant_type: 'authorization_code',
    code: answer?.get('code') ?? '',
    code_verifier: pkce.verifier,
    redirect_uri: `https://${id}.example/callback`,
  });
}

describe('a certificate', () => {
  test.each([
    ['csm', csm],
    ['own', own],
  ])('proves %s, and its tokens are worth nothing without it', async (id, shown) => {
    const { status, body } = await redeem(id, shown);
    expect(status).toBe(200);
    const { access_token: token } = body as unknown as Tokens;
    const bearer = { Authorization: `Bearer ${token}` };
    expect((await call('/oidc/userinfo', shown, undefined, bearer)).body).toMatchObject({
      roles: ['csm_user_nocert'],
    });
    expect((await call('/oidc/userinfo', foreign, undefined, bearer)).status).toBe(401);
    expect((await call('/oidc/userinfo', undefined, undefined, bearer)).status).toBe(401);
    expect((await fetch(new URL('/oidc/userinfo', world.origin), { headers: bearer })).status).toBe(401);
    const introspected = await call('/oidc/introspection', shown, { client_id: id, token });
    expect(introspected.body).toMatchObject({ active: true, cnf: { 'x5t#S256': expect.any(String) } });
  });

  test.each([
    ['csm', 'of nobody', undefined],
    ['csm', 'of the same name by nobody', foreign],
    ['csm', 'of somebody else', own],
    ['own', 'of somebody else', csm],
  ] as const)('for %s %s is refused', async (id, _name, shown) => {
    expect(await redeem(id, shown)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('in a header is not heeded by either listener', async () => {
    const { answer, pkce } = await createSampleClient(world, 'csm').authorize();
    const form = {
      client_id: 'csm',
      grant_type: 'authorization_code',
      code: answer?.get('code') ?? '',
      code_verifier: pkce.verifier,
      redirect_uri: 'https://csm.example/callback',
    };
    const header = { 'client-cert': encodeURIComponent(csm.cert) };
    expect((await call('/oidc/token', undefined, form, header)).status).toBe(401);
    const plain = await fetch(new URL('/oidc/token', world.origin), {
      method: 'POST',
      headers: header,
      body: new URLSearchParams(form),
    });
    expect(plain.status).toBe(401);
  });
});

test('discovery names the listener, which serves clients alone', async () => {
  const discovery = (await (
    await fetch(new URL('/.well-known/openid-configuration', world.origin))
  ).json()) as Record<string, unknown>;
  expect(discovery['mtls_endpoint_aliases']).toMatchObject({ token_endpoint: `${origin}/oidc/token` });
  expect(discovery['tls_client_certificate_bound_access_tokens']).toBe(true);
  for (const target of ['/oidc/auth', '/.well-known/openid-configuration', '/', '/oidc/session/end']) {
    expect((await call(target, csm)).status).toBe(404);
  }
});

describe("a proxy's header", () => {
  const proxied = createClientCertificates({
    proxies: ['127.0.0.1'],
    header: 'client-cert',
    authorities: authority.cert,
    clock: { now: () => new Date(), until: () => Promise.resolve() },
  });
  const unknown = createClientCertificates({
    proxies: ['192.0.2.1'],
    header: 'client-cert',
    authorities: authority.cert,
    clock: { now: () => new Date(), until: () => Promise.resolve() },
  });

  async function seen(keeper: typeof proxied, headers: [string, string][]) {
    const app = new Koa();
    app.use(keeper.take);
    app.use((ctx) => {
      const found = keeper.find(ctx.req);
      ctx.body = {
        subject: found?.certificate.subject,
        authorized: found?.authorized,
        left: Object.keys(ctx.req.headers).filter((name) => /cert/.test(name)),
      };
    });
    const http = createServer(app.callback());
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    const body = await new Promise<string>((resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', headers: headers.flat(), agent: false }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => resolve(text));
      });
      sent.on('error', reject);
      sent.end();
    });
    http.close();
    return JSON.parse(body) as { subject?: string; authorized?: boolean; left: string[] };
  }

  const pem = encodeURIComponent(csm.cert);
  const der = `:${new X509Certificate(csm.cert).raw.toString('base64')}:`;

  test.each([pem, der])('is taken from a configured proxy and goes no further (%#)', async (value) => {
    expect(
      await seen(proxied, [
        ['Host', 'a'],
        ['Client-Cert', value],
      ]),
    ).toEqual({ subject: 'C=TW\nO=Agency\nCN=csm', authorized: true, left: [] });
  });

  test('tells a self-signed certificate from a vouched one', async () => {
    expect(
      await seen(proxied, [
        ['Host', 'a'],
        ['Client-Cert', encodeURIComponent(own.cert)],
      ]),
    ).toMatchObject({ authorized: false });
  });

  test.each([
    ['serverAuth', false],
    ['serverAuth,clientAuth', true],
  ])('whose extended key usage is %s is vouched for: %s', async (usage, authorized) => {
    const { cert } = mint('usage', '/CN=usage', [
      ...authority.files,
      ...leaf,
      '-addext',
      `extendedKeyUsage=${usage}`,
    ]);
    expect(
      await seen(proxied, [
        ['Host', 'a'],
        ['Client-Cert', encodeURIComponent(cert)],
      ]),
    ).toMatchObject({ subject: 'CN=usage', authorized });
  });

  test.each([
    ['from anybody else', unknown, [['Client-Cert', pem]]],
    ['with _ for -', proxied, [['Client_Cert', pem]]],
    ['of another name', proxied, [['X-SSL-Cert', pem]]],
    [
      'twice',
      proxied,
      [
        ['Client-Cert', pem],
        ['client-cert', pem],
      ],
    ],
    ['malformed', proxied, [['Client-Cert', 'not a certificate']]],
    ['of two certificates', proxied, [['Client-Cert', encodeURIComponent(`${csm.cert}\n${own.cert}`)]]],
  ] as [string, typeof proxied, [string, string][]][])(
    '%s means nothing and goes no further',
    async (_name, keeper, headers) => {
      expect(await seen(keeper, [['Host', 'a'], ...headers])).toEqual({ left: [] });
    },
  );
});

describe('the registered subject', () => {
  const certificate = new X509Certificate(csm.cert);
  test.each([
    ['tls_client_auth_subject_dn', 'CN=csm,O=Agency,C=TW', true],
    ['tls_client_auth_subject_dn', 'cn=csm, o=Agency, c=TW', true],
    ['tls_client_auth_subject_dn', 'CN=csm', false],
    ['tls_client_auth_subject_dn', 'C=TW,O=Agency,CN=csm', false],
    ['tls_client_auth_subject_dn', 'CN=csm\\,O=Agency,C=TW', false],
    ['tls_client_auth_subject_dn', 'CN=CSM,O=Agency,C=TW', false],
    ['tls_client_auth_san_dns', 'csm.example', true],
    ['tls_client_auth_san_dns', 'sm.example', false],
    ['tls_client_auth_san_uri', 'csm.example', false],
  ])('%s=%s matches: %s', (key, expected, matches) => {
    expect(matchesSubject(certificate, key, expected)).toBe(matches);
  });
});
