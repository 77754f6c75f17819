/**
 * A child of the bench: oidc-provider by itself with its memory adapter, the hub's keys and client, and the least
 * interaction there can be: a form whose post logs in whom it names.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Provider, type JWKS } from 'oidc-provider';
import { callbackUri, clientSecret, freePort } from '#test/support/hub/hub-world.ts';
import { answerParent, endWithParent } from './child.ts';

export interface BareProcessOptions {
  readonly keys: JWKS;
}

endWithParent();
const { keys } = JSON.parse(process.argv[2] ?? '{}') as BareProcessOptions;
const port = await freePort();
const origin = `http://localhost:${port}`;

const provider = new Provider(origin, {
  clients: [
    {
      client_id: 'csm',
      client_secret: clientSecret,
      redirect_uris: [callbackUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
    {
      client_id: 'personnel',
      client_secret: clientSecret,
      redirect_uris: [],
      grant_types: ['client_credentials'],
      response_types: [],
    },
  ],
  jwks: keys,
  cookies: { keys: ['a cookie key of the bench'] },
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    clientCredentials: { enabled: true },
  },
  conformIdTokenClaims: false,
  scopes: ['openid', 'profile', 'organization', 'roles', 'accounts.read'],
  claims: {
    openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'],
    profile: ['name'],
    organization: ['organization'],
    roles: ['roles'],
  },
  routes: {
    authorization: '/oidc/auth',
    token: '/oidc/token',
    userinfo: '/oidc/userinfo',
    introspection: '/oidc/introspection',
  },
  ttl: {
    Session: 8 * 3600,
    Grant: 8 * 3600,
    AccessToken: 1800,
    RefreshToken: 8 * 3600,
    Interaction: 1800,
    IdToken: 300,
  },
  pkce: { required: () => true },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  expiresWithSession: () => true,
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: '測試員',
      organization: { agency: { oid: '2.16.886.101.90027.20002', code: '387000000A', name: '測試縣政府' } },
      roles: ['csm_user_nocert'],
    }),
  }),
  async loadExistingGrant({ oidc }) {
    const { client, session } = oidc;
    if (!client || !session?.accountId) return undefined;
    const id = session.grantIdFor(client.clientId);
    const existing = id ? await provider.Grant.find(id) : undefined;
    if (existing) return existing;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile organization roles');
    await grant.save();
    return grant;
  },
});

async function interact(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { uid } = await provider.interactionDetails(req, res);
  if (req.method !== 'POST') {
    res.setHeader('content-type', 'text/html');
    res.end(`<form method="post" action="/interaction/${uid}"><input name="account"></form>`);
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const accountId = new URLSearchParams(Buffer.concat(chunks).toString()).get('account') ?? '';
  await provider.interactionFinished(req, res, { login: { accountId, acr: '2', amr: ['pwd'] } });
}

const handle = provider.callback();
const server = createServer((req, res) => {
  if (req.url?.startsWith('/interaction/')) {
    void interact(req, res).catch(() => res.writeHead(500).end());
  } else {
    void handle(req, res);
  }
});
server.listen(port, '127.0.0.1', () => {
  answerParent({ origin: () => origin }, async () => {
    server.close();
    server.closeAllConnections();
  });
});
