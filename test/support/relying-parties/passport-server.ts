/**
 * A small relying party on passport and passport-openidconnect. The strategy (0.1.2) knows no PKCE, which the hub
 * asks of everybody, so it is brought in by the two places that the strategy leaves to its users.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';

interface Session {
  verifier?: string;
  user?: PassportUser;
}

export interface PassportUser {
  readonly name: string;
  readonly idToken: string;
}

interface PassportRequest extends IncomingMessage {
  query?: Record<string, string>;
  session?: Session;
}

interface OAuth2 {
  getOAuthAccessToken(code: string, params: Record<string, string>, done: unknown): void;
}

interface Strategy {
  _oauth2: OAuth2;
  authenticate(this: Strategy, request: PassportRequest, options: { challenge?: string }): void;
  authorizationParams(options: { challenge?: string }): Record<string, string | undefined>;
}

type Verified = (error: Error | null, user: PassportUser) => void;
type Verify = (
  issuer: string,
  profile: { readonly displayName: string },
  context: object,
  idToken: string,
  done: Verified,
) => void;

interface Passport {
  use(strategy: Strategy): void;
  authenticate(
    name: string,
    options: object,
    done: (error: Error | null, user: PassportUser | false) => void,
  ): (request: PassportRequest, response: ServerResponse, next: (error?: Error) => void) => void;
}

const load = createRequire(import.meta.url);
const { Passport: createPassport } = load('passport') as { Passport: new () => Passport };
const { Strategy: OpenIdConnect } = load('passport-openidconnect') as {
  Strategy: new (options: object, verify: Verify) => Strategy;
};

interface Client {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export async function startPassportServer(
  port: number,
  client: Client,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const origin = `http://127.0.0.1:${port}`;
  const passport = new createPassport();
  passport.use(openIdConnect(origin, client));
  const sessions = new Map<string, Session>();

  const serve = (request: PassportRequest, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', origin);
    const id = /sid=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? randomUUID();
    const session = sessions.get(id) ?? {};
    sessions.set(id, session);
    response.setHeader('Set-Cookie', `sid=${id}; Path=/; HttpOnly`);
    request.query = Object.fromEntries(url.searchParams);
    request.session = session;
    const answer = (status: number, body: string, location?: string) => {
      response.writeHead(status, location === undefined ? {} : { Location: location });
      response.end(body);
    };
    if (url.pathname === '/log-out') {
      const end = new URL('/oidc/session/end', client.issuer);
      end.searchParams.set('id_token_hint', session.user?.idToken ?? '');
      end.searchParams.set('post_logout_redirect_uri', `${origin}/`);
      delete session.user;
      return answer(303, '', end.href);
    }
    if (url.pathname === '/log-in' || url.pathname === '/callback') {
      const done = (error: Error | null, user: PassportUser | false) => {
        if (error || !user) return answer(403, error?.message ?? 'refused');
        session.user = user;
        answer(303, '', '/');
      };
      const fail = (error?: Error) => answer(500, error?.message ?? '');
      return passport.authenticate('openidconnect', { session: false }, done)(request, response, fail);
    }
    answer(200, session.user ? `hello ${session.user.name}` : 'nobody');
  };

  const server = createServer(serve);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function openIdConnect(origin: string, { issuer, clientId, clientSecret }: Client): Strategy {
  const strategy = new OpenIdConnect(
    {
      issuer,
      authorizationURL: `${issuer}/oidc/auth`,
      tokenURL: `${issuer}/oidc/token`,
      userInfoURL: `${issuer}/oidc/userinfo`,
      clientID: clientId,
      clientSecret,
      callbackURL: `${origin}/callback`,
      scope: ['openid', 'profile'],
      skipUserProfile: false,
    },
    (_issuer, profile, _context, idToken, done) => done(null, { name: profile.displayName, idToken }),
  );
  const { authenticate } = strategy;
  strategy.authorizationParams = ({ challenge }) => ({
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  strategy.authenticate = function authenticateWithPkce(request, options) {
    const session = request.session ?? {};
    if (request.query?.['code'] === undefined) {
      session.verifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(session.verifier).digest('base64url');
      return authenticate.call(this, request, { ...options, challenge });
    }
    const { verifier = '' } = session;
    const oauth2 = this._oauth2;
    // passport makes an object of its own of the strategy for each request: this changes no other.
    this._oauth2 = Object.assign(Object.create(oauth2) as OAuth2, {
      getOAuthAccessToken: (code: string, params: Record<string, string>, done: unknown) =>
        oauth2.getOAuthAccessToken(code, { ...params, code_verifier: verifier }, done),
    });
    return authenticate.call(this, request, options);
  };
  return strategy;
}
