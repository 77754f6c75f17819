/**
 * Who may see the operators' pages: programme officers in a session of the configured strength. For everybody else,
 * logged in or not, these pages do not exist; an attempt by somebody who is logged in is recorded.
 */
import type { ParameterizedContext } from 'koa';
import { isBeforeActivation, type Account } from '#domain/account.ts';
import { meets, type AssuranceLevel, type Requirement } from '#domain/assurance.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { auditContextOf, type RequestState } from '#http/request-state.ts';
import type { Navigation } from '#pages/portal-navigation.ts';

/** What the pages need of the provider's session. */
export interface OperatorSessions {
  findSession(
    exchange: Pick<ParameterizedContext, 'req' | 'res'>,
    options?: { readonly extend?: boolean },
  ): Promise<OperatorSession | undefined>;
}

export interface OperatorSession {
  readonly uid: string;
  readonly accountId: Account['id'];
  readonly level: AssuranceLevel;
  readonly loggedInAt: Date;
}

export interface OperatorState extends RequestState {
  session: OperatorSession;
  account: Account;
}

export type OperatorContext = ParameterizedContext<OperatorState>;
export type OperatorHandler = (ctx: OperatorContext, next: () => Promise<unknown>) => Promise<unknown>;

/** What the pages of the operators share. */
export interface OperatorPageParts {
  readonly navigation: Navigation;
}

export function mayOperate(
  account: Pick<Account, 'office' | 'status'>,
  level: AssuranceLevel,
  requirement: Requirement,
): boolean {
  return account.status === 'enabled' && account.office === 'programme-officer' && meets(level, requirement);
}

interface Dependencies {
  readonly sessions: OperatorSessions;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly requirement: Requirement;
  readonly noteRefusal: (
    context: AuditContext,
    account: Account,
    route: string | undefined,
  ) => Promise<unknown>;
}

export function requireOperator(deps: Dependencies): OperatorHandler {
  return async function requireOperator(ctx, next) {
    const session = await deps.sessions.findSession(ctx, { extend: true });
    const account =
      session &&
      (await deps.accounts.findAccount({ kind: 'system', purpose: 'operations' }, session.accountId));
    if (!session || !account || isBeforeActivation(account, session.loggedInAt))
      throw new HufuError('not-found');
    if (!mayOperate(account, session.level, deps.requirement)) {
      await deps.noteRefusal(contextOf(ctx.state, account), account, ctx.state.route);
      throw new HufuError('not-found');
    }
    ctx.state.session = session;
    ctx.state.account = account;
    await next();
  };
}

export function contextOf(state: RequestState, account: Pick<Account, 'id'>): AuditContext {
  return auditContextOf(state, { actor: `person:${account.id}` });
}
