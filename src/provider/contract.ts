/** What the provider is given and what it offers; compose.ts builds it, interactions/ and portal/ use it. */
import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'koa';
import type { InteractionResults, JWKS, Provider } from 'oidc-provider';
import type { AccountId } from '#domain/account.ts';
import type { Assurance, AssuranceLevel } from '#domain/assurance.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { Consents } from '#domain/consents.ts';
import type { AccountDirectory, CatalogueDirectory } from '#domain/directory.ts';
import type { Log } from '#domain/log.ts';
import type { CounterStore, ProtocolStore } from '#domain/protocol-store.ts';
import type { Random } from '#domain/random.ts';
import type { NewOutboxMessage, ReachedClient, SessionEnding, SessionRegister } from '#domain/records.ts';
import type { RelyingParty, Resource } from '#domain/relying-party.ts';
import type { Sealing } from '#domain/sealing.ts';
import type { ApiRequest, ApiVerdict } from './api-access.ts';
import type { KeptRelyingParties } from './kept-relying-parties.ts';

/** `acr` value of each assurance level. */
export type AcrNames = Readonly<Record<AssuranceLevel, string>>;

/** Limits of the provider's session, in seconds. */
export interface SessionLimits {
  /** Without activity for so long, the session ends. */
  readonly idleSeconds: number;
  /** So long after the login it ends in any case. */
  readonly absoluteSeconds: number;
}

/** Lifetimes in seconds of what is issued. */
export interface Lifetimes {
  readonly authorizationCode: number;
  readonly accessToken: number;
  /** Of JWT access tokens; 300 at most. */
  readonly jwtAccessToken: number;
  readonly idToken: number;
  readonly interaction: number;
}

export const defaultLifetimes: Lifetimes = {
  authorizationCode: 60,
  accessToken: 600,
  jwtAccessToken: 300,
  idToken: 600,
  interaction: 1800,
};

export interface HubProviderOptions {
  /** https, or http on loopback; without path, query and fragment. */
  readonly issuer: string;
  readonly relyingParties: readonly RelyingParty[];
  /** Newest first: the first signs, all verify. */
  readonly cookieKeys: readonly string[];
  readonly signingKeys: JWKS;
  readonly acrNames: AcrNames;
  readonly session: SessionLimits;
  readonly lifetimes: Lifetimes;
  /** What relying parties may ask access tokens for; default none. */
  readonly resources?: readonly Resource[];
  /** Level of the strongest way to log in that there is: more is not asked for in vain. Default 3. */
  readonly strongestLevel?: AssuranceLevel;
  /** Whether every DPoP proof needs a nonce of ours (RFC 9449, section 8); default true. */
  readonly dpopNonceRequired?: boolean;
  /** Mutual TLS (RFC 8705); without it no relying party can use it. */
  readonly mutualTls?: MutualTlsOptions;
  /** Dynamic registration (RFC 7591); without it there is none. */
  readonly registration?: RegistrationOptions;
  /** The hub's own API, for programs registered for it; default: there is none. */
  readonly api?: ApiOptions;
  /** Device flow (RFC 8628), for the clients registered for it; default off. */
  readonly deviceFlow?: boolean;
}

export interface ApiOptions {
  /** What programs name it by (RFC 8707), and the audience of their tokens. */
  readonly resource: string;
}

export interface MutualTlsOptions {
  /** Origin under which the endpoints ask for a certificate, for mtls_endpoint_aliases; default: the issuer itself. */
  readonly origin?: string;
}

/** What whoever holds the token may register. */
export interface RegistrationOptions {
  readonly initialAccessToken: string;
  /** Ids of the systems that a relying party registered so serves. */
  readonly systems: readonly string[];
  /** Scopes that it may ask for at most. */
  readonly scopes: readonly string[];
}

/** The certificate that a client showed in TLS. */
export interface ClientCertificate {
  readonly certificate: X509Certificate;
  /** Whether a configured authority vouches for it; a self-signed one proves its key alone. */
  readonly authorized: boolean;
}

/** Where client certificates come from. */
export interface ClientCertificates {
  find(req: IncomingMessage): ClientCertificate | undefined;
  /** Whether the request came to the listener that asks for certificates. */
  isOnOwnListener(req: IncomingMessage): boolean;
}

export interface ErrorView {
  /** HTTP status; already set on the context. */
  readonly status: number;
  /** OAuth or OpenID Connect error code, e.g. `invalid_request`. */
  readonly error: string;
}

export interface LogOutView {
  /** Path that the form posts to. */
  readonly action: string;
  /** Value of the hidden field `xsrf`. The button that logs out is named `logout` with the value `yes`. */
  readonly xsrf: string;
  /** The relying party that asked, when it said who it is. */
  readonly relyingParty?: RelyingParty;
}

export interface LoggedOutView {
  readonly relyingParty?: RelyingParty;
}

export type UserCodeFault = 'missing' | 'unknown' | 'expired' | 'used';

export interface UserCodeView {
  /** Path that the form posts `xsrf` and `user_code` to. */
  readonly action: string;
  readonly xsrf: string;
  /** Filled in already: from the link, or as typed; unverified. */
  readonly userCode: string;
  readonly fault?: UserCodeFault;
}

export interface DeviceConfirmationView {
  /** Path that the form posts to: `xsrf`, `user_code`, and `confirm=yes` or `abort=yes` by the button. */
  readonly action: string;
  readonly xsrf: string;
  /** As the device shows it. */
  readonly userCode: string;
  readonly relyingParty: RelyingParty;
  readonly scopes: readonly string[];
  /** Network address that the device asked from; empty when unknown. */
  readonly address: string;
}

export interface DeviceOutcomeView {
  readonly outcome: 'approved' | 'declined' | 'too-many';
}

/** Pages of the protocol endpoints; each sets type and body of the context. */
export interface ProtocolPages {
  renderError(ctx: Context, view: ErrorView): Promise<void> | void;
  renderLogOut(ctx: Context, view: LogOutView): Promise<void> | void;
  renderLoggedOut(ctx: Context, view: LoggedOutView): Promise<void> | void;
  renderUserCode(ctx: Context, view: UserCodeView): Promise<void> | void;
  renderDeviceConfirmation(ctx: Context, view: DeviceConfirmationView): Promise<void> | void;
  renderDeviceOutcome(ctx: Context, view: DeviceOutcomeView): Promise<void> | void;
}

/** What the audit trail takes over from the HTTP request at hand. */
export interface RequestFacts {
  readonly requestId?: string;
  /** Network address of the client. */
  readonly address?: string;
}

export type FindRelyingParty = (clientId: string) => RelyingParty | undefined;

export interface HubProviderDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly store: ProtocolStore;
  /** Guesses and polls of the device flow. */
  readonly counters: Pick<CounterStore, 'add'>;
  readonly sessions: SessionRegister;
  /** What people agreed to give to relying parties that are not first-party. */
  readonly consents: Pick<Consents, 'findConsent'>;
  /** Records durably; a failure fails the act. */
  readonly audit: (event: AuditEvent) => Promise<unknown>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Opens a national ID at the moment of its release. */
  readonly sealing: Pick<Sealing, 'open'>;
  readonly pages: ProtocolPages;
  readonly requestFacts: (req: IncomingMessage) => RequestFacts;
  /** Outbox messages that tell relying parties of a session's end. */
  readonly logOutMessages: (
    session: EndedSession,
    reached: readonly ReachedClient[],
  ) => readonly NewOutboxMessage[];
  /** Secret of the program for one purpose, 32 bytes, the same in every process. */
  readonly secretFor: (purpose: string) => Buffer;
  /** The only way to call an address that a relying party chose; default: nothing is called. */
  readonly outgoing?: (url: string | URL, init?: RequestInit) => Promise<Response>;
  readonly clientCertificates?: ClientCertificates;
  /** Relying parties besides the configured ones; read again before each request by whoever mounts this. */
  readonly kept?: KeptRelyingParties;
}

export interface EndedSession {
  readonly uid: string;
  readonly accountId: AccountId;
  readonly ending: SessionEnding;
}

/** Somebody's session with the provider, as the portal sees it. */
export interface HubSession {
  readonly uid: string;
  readonly accountId: AccountId;
  readonly level: AssuranceLevel;
  readonly amr: readonly string[];
  readonly loggedInAt: Date;
  /** When it ends if nothing more happens. */
  readonly endsAt: Date;
}

export interface HttpExchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

export interface HubProvider {
  /** Answers a request whose path `handles`. Never rejects. */
  callback(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Whether the path (without query) is one of the protocol's. */
  handles(path: string): boolean;
  /** The pattern of the route that answers such a path, for logs and metrics. */
  routeOf(path: string): string;
  /** The library's provider: for interactionDetails and interactionFinished, called by interactions/ alone. */
  current(): Provider;
  /**
   * What interactionFinished takes for a login whose every step is done. The session cookie ends with the
   * browser, so that nothing stays behind on a shared desk.
   */
  loginResult(accountId: AccountId, assurance: Assurance, at: Date): InteractionResults;
  /** The session of this browser; `extend` counts the request as activity. Throws `store-unavailable`. */
  findSession(
    exchange: HttpExchange,
    options?: { readonly extend?: boolean },
  ): Promise<HubSession | undefined>;
  /**
   * Ends the session of this browser: audit, register with outbox, grants and tokens, record, cookie. Gives the
   * session that ended, undefined when there was none.
   */
  endSession(exchange: HttpExchange, ending: SessionEnding): Promise<HubSession | undefined>;
  findRelyingParty(clientId: string): RelyingParty | undefined;
  /** Who calls the API, by the access token of the request and what the token is bound to. Throws `store-unavailable`. */
  judgeApiRequest(request: ApiRequest): Promise<ApiVerdict>;
  /** The first thing that the library would refuse in this registration, in its words. */
  faultOf(party: RelyingParty): string | undefined;
}
