/**
 * Who may see the pages of the registration service (註冊服務): managers and programme officers, each page by its own
 * rule. Beyond the guard a handler has an actor, and gives it to every call of the directory and to every deed.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ParameterizedContext } from 'koa';
import type { Account, Office } from '#domain/account.ts';
import type { PersonActor } from '#domain/actor.ts';
import type { AssuranceLevel, Requirement } from '#domain/assurance.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { HufuError } from '#domain/errors.ts';
import {
  enterByOffice,
  findByOffice,
  mayEnter,
  personContext,
  type OfficeDoor,
  type OfficeState,
} from '#http/office-session.ts';
import { routeOf } from '#http/route-name.ts';

export type ManagingOffice = Exclude<Office, 'general'>;

/** Whom a route is for; there is no route without one (registry-routes.ts). */
export interface RouteRule {
  readonly offices: readonly ManagingOffice[];
  /** `configured`: what `registry.requirement` says. */
  readonly requirement: 'configured' | Requirement;
}

/** Functions on accounts: within the manager's subtree and categories, which the directory and the deeds hold. */
export const managing: RouteRule = { offices: ['manager', 'programme-officer'], requirement: 'configured' };
/** Functions on everything that is not an account, and on managers. */
export const programme: RouteRule = { offices: ['programme-officer'], requirement: 'configured' };

export interface RegistryState extends OfficeState {
  actor: PersonActor;
  /** Asked again while an answer that takes long is on its way: session, office, jurisdiction and categories as they were. */
  stillMay: () => Promise<boolean>;
  /** Asked again when something that took long has arrived. Throws `not-found`, and leaves a trace, where stillMay says no. */
  checkStillMay: () => Promise<void>;
}

export type RegistryContext = ParameterizedContext<RegistryState>;
export type RegistryHandler = (ctx: RegistryContext, next: () => Promise<unknown>) => Promise<unknown>;

export interface RegistryDoor extends OfficeDoor {
  readonly requirement: Requirement;
}

/** Whether there is anything here for this person in this session. */
export function mayManage(
  account: Pick<Account, 'office' | 'status'>,
  level: AssuranceLevel,
  requirement: Requirement,
): boolean {
  return mayEnter(account, level, { ...managing, requirement });
}

export function requireOffice(door: RegistryDoor, rule: RouteRule): RegistryHandler {
  const requirement = rule.requirement === 'configured' ? door.requirement : rule.requirement;
  return async function requireOffice(ctx, next) {
    const { session, account } = await enterByOffice(ctx, door, { offices: rule.offices, requirement });
    const actor = actorOf(account);
    const stillMay = async () => {
      const now = await findByOffice(ctx, door, { offices: rule.offices, requirement });
      return now !== undefined && isDeepStrictEqual(actorOf(now.account), actor);
    };
    const checkStillMay = async () => {
      if (await stillMay()) return;
      await door.noteRefusal(personContext(ctx.state, account), account, routeOf(ctx));
      throw new HufuError('not-found');
    };
    Object.assign(ctx.state, { session, account, actor, stillMay, checkStillMay });
    await next();
  };
}

/**
 * The actor of somebody whom the guard has let through. To the directory a session that meets what managing asks for in this
 * deployment is one that manages (scopeOf): a deployment without cards says so once, in `registry.requirement`.
 */
function actorOf({ id, office, jurisdictionOid, categories }: Account): PersonActor {
  return { kind: 'person', id, office, scopeOid: jurisdictionOid, categories, meets: 'certificate' };
}

/** What an audit event says of this request. */
export function contextOf({ state }: Pick<RegistryContext, 'state'>): AuditContext {
  return personContext(state, state.account);
}
