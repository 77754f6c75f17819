/**
 * Pages that are there for the holders of an office alone, in a session of a given strength. For everybody else, logged
 * in or not, they do not exist; an attempt by somebody who is logged in is recorded. A holder of the office whose login
 * was too weak is offered a stronger one, where there is one: that tells nothing that they do not know.
 */
import type { ParameterizedContext } from 'koa';
import { isBeforeActivation, type Account, type Office } from '#domain/account.ts';
import { meets, type AssuranceLevel, type Requirement } from '#domain/assurance.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { auditContextOf, type RequestState } from './request-state.ts';
import { routeOf } from './route-name.ts';

/** What the pages need of the provider's session. */
export interface OfficeSessions {
  findSession(
    exchange: Pick<ParameterizedContext, 'req' | 'res'>,
    options?: { readonly extend?: boolean },
  ): Promise<OfficeSession | undefined>;
}

export interface OfficeSession {
  readonly uid: string;
  readonly accountId: Account['id'];
  readonly level: AssuranceLevel;
  readonly loggedInAt: Date;
}

export interface OfficeState extends RequestState {
  session: OfficeSession;
  account: Account;
}

/** Whom a page is for. */
export interface OfficeRule {
  readonly offices: readonly Office[];
  /** What the session's login must meet. */
  readonly requirement: Requirement;
}

export function mayEnter(
  account: Pick<Account, 'office' | 'status'>,
  level: AssuranceLevel,
  { offices, requirement }: OfficeRule,
): boolean {
  return account.status === 'enabled' && offices.includes(account.office) && meets(level, requirement);
}

const operations = { kind: 'system', purpose: 'operations' } as const;

export interface OfficeDoor {
  /** Whether people can log in with a card here. */
  readonly hasCardLogin: boolean;
  readonly sessions: OfficeSessions;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly noteRefusal: (
    context: AuditContext,
    account: Account,
    route: string | undefined,
  ) => Promise<unknown>;
}

/**
 * Session and account of whoever may enter by `rule`. Throws `certificate-needed` for whoever may at a login with a card,
 * `not-found` for everybody else.
 */
export async function enterByOffice(
  ctx: ParameterizedContext<RequestState>,
  door: OfficeDoor,
  rule: OfficeRule,
): Promise<{ session: OfficeSession; account: Account }> {
  const session = await door.sessions.findSession(ctx, { extend: true });
  const account = session && (await door.accounts.findAccount(operations, session.accountId));
  if (!session || !account || isBeforeActivation(account, session.loggedInAt))
    throw new HufuError('not-found');
  if (!mayEnter(account, session.level, rule)) {
    await door.noteRefusal(personContext(ctx.state, account), account, routeOf(ctx));
    throw new HufuError(door.hasCardLogin && mayEnter(account, 3, rule) ? 'certificate-needed' : 'not-found');
  }
  return { session, account };
}

/** As enterByOffice at this moment, without counting as activity and without a trace; undefined for whoever may not. */
export async function findByOffice(
  ctx: ParameterizedContext<RequestState>,
  { sessions, accounts }: Pick<OfficeDoor, 'sessions' | 'accounts'>,
  rule: OfficeRule,
): Promise<{ session: OfficeSession; account: Account } | undefined> {
  const session = await sessions.findSession(ctx, { extend: false });
  const account = session && (await accounts.findAccount(operations, session.accountId));
  if (!session || !account || isBeforeActivation(account, session.loggedInAt)) return undefined;
  return mayEnter(account, session.level, rule) ? { session, account } : undefined;
}

/** What an audit event says of a request by `account`. */
export function personContext(state: RequestState, account: Pick<Account, 'id'>): AuditContext {
  return auditContextOf(state, { actor: `person:${account.id}` });
}
