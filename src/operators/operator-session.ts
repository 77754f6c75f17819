/** Who may see the operators' pages: programme officers in a session of the configured strength. */
import type { ParameterizedContext } from 'koa';
import type { Account } from '#domain/account.ts';
import type { AssuranceLevel, Requirement } from '#domain/assurance.ts';
import {
  enterByOffice,
  findByOffice,
  mayEnter,
  personContext,
  type OfficeDoor,
  type OfficeState,
} from '#http/office-session.ts';
import type { Navigation } from '#pages/portal-navigation.ts';

export interface OperatorState extends OfficeState {
  /** Asked again while an answer that takes long is on its way. */
  stillMay: () => Promise<boolean>;
}
export type OperatorContext = ParameterizedContext<OperatorState>;
export type OperatorHandler = (ctx: OperatorContext, next: () => Promise<unknown>) => Promise<unknown>;

/** What the pages of the operators share. */
export interface OperatorPageParts {
  readonly navigation: Navigation;
}

const ruleOf = (requirement: Requirement) => ({ offices: ['programme-officer'] as const, requirement });

export function mayOperate(
  account: Pick<Account, 'office' | 'status'>,
  level: AssuranceLevel,
  requirement: Requirement,
): boolean {
  return mayEnter(account, level, ruleOf(requirement));
}

interface Dependencies extends OfficeDoor {
  readonly requirement: Requirement;
}

export function requireOperator(deps: Dependencies): OperatorHandler {
  const rule = ruleOf(deps.requirement);
  return async function requireOperator(ctx, next) {
    const entered = await enterByOffice(ctx, deps, rule);
    const stillMay = async () => (await findByOffice(ctx, deps, rule))?.account.id === entered.account.id;
    Object.assign(ctx.state, { ...entered, stillMay });
    await next();
  };
}

export const contextOf = personContext;
