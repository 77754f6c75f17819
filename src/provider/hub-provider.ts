/**
 * Hufu's OpenID provider: oidc-provider, configured and never patched.
 * Order around the library, outermost first: errors → POST into GET → device flow → log-out → form post → activity → register → introspection.
 * Owns sessions, grants and tokens in the protocol store; logins are finished by interactions/ alone.
 */
import type { IncomingMessage } from 'node:http';
import { Provider } from 'oidc-provider';
import type { RelyingParty } from '#domain/relying-party.ts';
import { createAcrTable } from './acr.ts';
import { createJudgeApiRequest } from './api-access.ts';
import { compareKeptSecrets, keptClientMetadata } from './client-secrets.ts';
import { clientMetadata } from './clients.ts';
import { providerConfiguration } from './configuration.ts';
import type { HubProvider, HubProviderDeps, HubProviderOptions } from './contract.ts';
import { cookieSettings } from './cookies.ts';
import { createDeviceCodes } from './device-codes.ts';
import { createDeviceFlow } from './device-flow.ts';
import { answerErrors, logProtocolErrors } from './error-answers.ts';
import { createFoundAccounts } from './find-account.ts';
import { allowFormPost } from './form-post.ts';
import { tellOfPerson } from './introspection.ts';
import { createSessionLifetime } from './lifetimes.ts';
import { logOutMiddleware, logOutSettings } from './log-out.ts';
import { parseIssuer, pinOrigin } from './pinned-origin.ts';
import { turnPostIntoGet } from './posted-requests.ts';
import { createInteractionPolicy } from './prompts.ts';
import { registerReached } from './register-reached.ts';
import { createRegistration } from './registration.ts';
import { createResources } from './resources.ts';
import { createMethodsOf, isProtocolPath, protocolRouteOf } from './routes.ts';
import { createSessionEndings } from './session-endings.ts';
import { createSessions } from './sessions.ts';
import { createStandingRules } from './standing.ts';

/** Throws an Error when issuer or relying parties are not acceptable. */
export function createHubProvider(options: HubProviderOptions, deps: HubProviderDeps): HubProvider {
  const issuer = parseIssuer(options.issuer);
  const parties = new Map(options.relyingParties.map((party) => [party.clientId, party]));
  const registration = options.registration && createRegistration(options.registration, deps);
  const findRelyingParty: HubProvider['findRelyingParty'] = (clientId) =>
    parties.get(clientId) ?? deps.kept?.find(clientId) ?? registration?.find(clientId);
  const acr = createAcrTable(options.acrNames);
  const cookies = cookieSettings(issuer, options.cookieKeys);
  const lifetime = createSessionLifetime(options.session, deps.clock);
  const standing = createStandingRules(deps.accounts, deps.catalogue, deps.clock);
  const endings = createSessionEndings(deps);
  const resources = createResources({
    resources: options.resources ?? [],
    standing,
    acr,
    findRelyingParty,
    jwtSeconds: options.lifetimes.jwtAccessToken,
    api: options.api,
  });
  const { strongestLevel = 3 } = options;
  const deviceFlow = options.deviceFlow ? createDeviceFlow({ ...deps, findRelyingParty }) : undefined;
  const shared = {
    deviceFlow,
    deviceCodes: deviceFlow && createDeviceCodes(deps),
    acr,
    resources,
    registration,
    strongestLevel,
    standing,
    endings,
    lifetime,
    findRelyingParty,
    sessionCookie: cookies.long ?? {},
  };
  const found = createFoundAccounts({ ...deps, ...shared });
  const policy = createInteractionPolicy({ ...shared, accountOf: found.accountOf });
  const logOut = logOutSettings({ ...shared, pages: deps.pages });

  const provider = new Provider(
    issuer.origin,
    providerConfiguration(options, deps, { ...shared, found, policy, cookies, logOut }),
  );
  pinOrigin(provider, issuer, otherOriginOf(options, deps));
  checkClients(provider, options.relyingParties);
  // An id that is configured is the configuration's, with its secret, whoever was kept under it before.
  const secretsOf = (id: string) => (parties.has(id) ? undefined : deps.kept?.secretsOf(id));
  if (deps.kept) compareKeptSecrets(provider, { secretsOf }, deps.clock);
  logProtocolErrors(provider, deps.log);
  const sessions = createSessions(provider, shared);
  provider.use(answerErrors(deps.pages, deps.log, createMethodsOf({ deviceFlow: deviceFlow !== undefined })));
  provider.use(turnPostIntoGet);
  if (deviceFlow) provider.use(deviceFlow.middleware);
  provider.use(logOutMiddleware(provider, { ...shared, pages: deps.pages }));
  provider.use(allowFormPost);
  provider.use(sessions.countActivity);
  provider.use(registerReached(provider, deps.sessions, deps.clock));
  provider.use(tellOfPerson(shared));
  const handle = provider.callback();

  return {
    callback: async (req, res) => handle(req, res),
    handles: isProtocolPath,
    routeOf: protocolRouteOf,
    current: () => provider,
    loginResult: (accountId, { level, amr }, at) => ({
      login: {
        accountId,
        acr: acr.nameOf(level),
        amr: [...amr],
        ts: Math.floor(at.getTime() / 1000),
        remember: false,
      },
    }),
    findSession: sessions.findSession,
    endSession: sessions.endSession,
    findRelyingParty,
    judgeApiRequest: createJudgeApiRequest(provider, { ...options, ...deps, findRelyingParty }),
    faultOf: (party) => faultOfClient(provider, () => keptClientMetadata(party, deps.random.token(48))),
  };
}

/** The origin of the listener for certificates, for requests that came to it. */
function otherOriginOf({ mutualTls }: HubProviderOptions, { clientCertificates }: HubProviderDeps) {
  const origin = mutualTls?.origin === undefined ? undefined : new URL(mutualTls.origin);
  return (req: IncomingMessage) => (clientCertificates?.isOnOwnListener(req) ? origin : undefined);
}

/** The library reads a client's metadata at its first use; a fault is to show before. */
function checkClients(provider: Provider, parties: readonly RelyingParty[]): void {
  for (const party of parties) {
    const metadata = clientMetadata(party);
    const fault = faultOfClient(provider, () => metadata);
    if (fault !== undefined) throw new Error(`relying party ${party.clientId}: ${fault}`);
  }
}

function faultOfClient(provider: Provider, metadataOf: () => object): string | undefined {
  // The types leave the constructor out, which judges at once.
  const { Client } = provider as unknown as { readonly Client: new (metadata: object) => unknown };
  try {
    void new Client(metadataOf());
    return undefined;
  } catch (error) {
    const { error_description: fault } = error as { error_description?: string };
    return fault ?? (error instanceof Error ? error.message : 'metadata refused');
  }
}
