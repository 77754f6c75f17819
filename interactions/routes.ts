/**
 * What a person meets while signing in, under `/interaction/:uid`. Order on every request: the interaction by its
 * cookie, the form's token, then the step, if it is the next one; the dispatcher after each.
 */
import { Router } from '@koa/router';
import { HufuError } from '#domain/errors.ts';
import type { Csrf } from '#http/csrf.ts';
import { forbidStoring } from '#http/no-store.ts';
import { isDoor, nextStep, stepPath } from './dispatch.ts';
import type { Doors } from './doors.ts';
import type { Finish } from './finish.ts';
import type {
  InteractionContext,
  InteractionHandler,
  InteractionRouter,
  InteractionState,
} from './interaction-state.ts';
import type { LoginStep, StepOutcome } from './login-step.ts';
import type { Transactions } from './transaction.ts';

interface Dependencies {
  readonly load: InteractionHandler;
  readonly steps: readonly LoginStep[];
  /** What the captcha answers, by the last part of its path. */
  readonly captchaRoutes: Readonly<Record<string, InteractionHandler>>;
  readonly doors: Doors;
  readonly finish: Finish;
  readonly transactions: Transactions;
  readonly csrf: Csrf;
}

export function createInteractionRoutes(deps: Dependencies): InteractionRouter {
  const { doors, finish, transactions } = deps;
  const router = new Router<InteractionState>({ prefix: '/interaction/:uid' });

  async function proceed(ctx: InteractionContext): Promise<void> {
    const { interaction, transaction } = ctx.state;
    const due = nextStep(interaction.prompt, transaction);
    if (due !== 'finish') {
      return ctx.redirect(stepPath(interaction.uid, due === 'door' ? doors.first(ctx) : due));
    }
    if (!transaction.proven) throw new HufuError('internal');
    await finish.logIn(ctx, transaction.proven);
  }

  function isDue({ interaction, transaction }: InteractionState, { name }: LoginStep): boolean {
    const due = nextStep(interaction.prompt, transaction);
    return due === 'door' ? isDoor(name) && doors.openTo(interaction).includes(name) : due === name;
  }

  const onlyNext = (step: LoginStep): InteractionHandler =>
    async function onlyNext(ctx, next) {
      if (isDue(ctx.state, step)) return next();
      ctx.status = 303;
      return proceed(ctx);
    };

  const checkToken: InteractionHandler = async function checkToken(ctx, next) {
    const { csrf } = (ctx.request as { body?: { csrf?: unknown } }).body ?? {};
    deps.csrf.check(ctx.state.interaction.uid, typeof csrf === 'string' ? csrf : '');
    await next();
  };

  async function conclude(ctx: InteractionContext, outcome: StepOutcome, step?: LoginStep): Promise<void> {
    if (outcome.kind === 'shown') return;
    ctx.status = 303;
    if (outcome.kind === 'consented') return finish.consent(ctx);
    if (outcome.kind === 'declined') return finish.decline(ctx, outcome.error, outcome.description);
    const { interaction } = ctx.state;
    ctx.state.transaction = outcome.transaction;
    if (step && isDoor(step.name)) doors.remember(ctx, step.name);
    // What is finished at once need not be kept.
    if (nextStep(interaction.prompt, outcome.transaction) !== 'finish') {
      await transactions.save(interaction.uid, outcome.transaction);
    }
    await proceed(ctx);
  }

  const cancelled = {
    kind: 'declined',
    error: 'access_denied',
    description: 'the person cancelled',
  } as const;

  router.use(forbidStoring, deps.load);
  router.get('/', proceed);
  for (const [name, handler] of Object.entries(deps.captchaRoutes)) router.get(`/${name}`, handler);
  router.post('/cancel', checkToken, (ctx) => conclude(ctx, cancelled));
  for (const step of deps.steps) {
    router.get(`/${step.name}`, onlyNext(step), (ctx) => step.show(ctx));
    router.post(`/${step.name}`, onlyNext(step), checkToken, async (ctx) =>
      conclude(ctx, await step.submit(ctx), step),
    );
    const { comeBack } = step;
    if (comeBack) {
      router.get(`/${step.name}/return`, onlyNext(step), async (ctx) =>
        conclude(ctx, await comeBack(ctx), step),
      );
    }
  }
  return router;
}
