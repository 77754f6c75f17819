/** The outbox for operators: what waits and what failed; each deed asks first. Bodies are never shown. */
import { z } from 'zod';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import { HufuError } from '#domain/errors.ts';
import type { Outbox, OutboxListing, OutboxOperations } from '#domain/records.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import {
  contextOf,
  type OperatorContext,
  type OperatorHandler,
  type OperatorPageParts,
} from '../operator-session.ts';
import type { OutboxModel, OutboxQuestionModel, ShownMessage } from './outbox-model.ts';

const pageSize = 50;
const querySchema = z.object({
  state: z.enum(['waiting', 'failed']).default('waiting').catch('waiting'),
  after: z.string().max(64).optional().catch(undefined),
  done: z.enum(['retried', 'dropped', 'gone']).optional().catch(undefined),
});
const retryForm = z.strictObject({ csrf: formText(100) });
const dropForm = z.strictObject({ csrf: formText(100), reason: formText(1000) });

/** Carries a deed out with its trace in the audit trail; false: it was not possible any more. */
export interface OutboxDeedsPort {
  retry(message: OutboxListing, context: AuditContext): Promise<boolean>;
  drop(message: OutboxListing, reason: string, context: AuditContext): Promise<boolean>;
}

interface Dependencies extends OperatorPageParts {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly clock: Clock;
  readonly outbox: Pick<OutboxOperations, 'list' | 'find'>;
  readonly counts: Pick<Outbox, 'counts'>;
  readonly deeds: OutboxDeedsPort;
}

export type OutboxHandlers = Readonly<Record<'list' | 'ask' | 'carryOut', OperatorHandler>>;

export function outboxHandlers(deps: Dependencies): OutboxHandlers {
  const { csrf, outbox, navigation } = deps;
  const listPage = deps.views.page<OutboxModel>(new URL('./outbox.hbs', import.meta.url));
  const questionPage = deps.views.page<OutboxQuestionModel>(new URL('./question.hbs', import.meta.url));

  const shown = (message: OutboxListing): ShownMessage => ({
    ...message,
    retryHref: `/operators/outbox/${message.id}/retry`,
    dropHref: `/operators/outbox/${message.id}/drop`,
    expired: message.expiresAt <= deps.clock.now(),
  });

  async function find(ctx: OperatorContext): Promise<{ deed: 'retry' | 'drop'; message: ShownMessage }> {
    const { id, deed } = ctx.params as { id: string; deed: string };
    const found = deed === 'retry' || deed === 'drop' ? await outbox.find(id) : undefined;
    if (!found) throw new HufuError('not-found');
    const message = shown(found);
    if (deed === 'retry' && message.expired) throw new HufuError('not-found');
    return { deed: deed === 'retry' ? 'retry' : 'drop', message };
  }

  async function question(
    ctx: OperatorContext,
    status: number,
    typed: { readonly reason: string; readonly errors: readonly FieldError[] },
  ): Promise<void> {
    const { deed, message } = await find(ctx);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = questionPage(viewOf(ctx), {
      navigation: navigation.of(ctx.state, 'operators'),
      tab: 'outbox',
      csrf: csrf.issue(ctx.state.session.uid),
      deed,
      message,
      ...typed,
    });
  }

  function leadBack(ctx: OperatorContext, state: OutboxListing['state'], done: OutboxModel['notice']): void {
    ctx.status = 303;
    ctx.redirect(`/operators/outbox?state=${state}&done=${done}`);
  }

  return {
    async list(ctx) {
      const { state, after, done } = querySchema.parse(ctx.query);
      const messages = await outbox.list(state, after, pageSize + 1);
      const last = messages.length > pageSize ? messages[pageSize - 1] : undefined;
      ctx.type = 'html';
      ctx.body = listPage(viewOf(ctx, `/operators/outbox?state=${state}`), {
        navigation: navigation.of(ctx.state, 'operators'),
        tab: 'outbox',
        state,
        counts: await deps.counts.counts(),
        messages: messages.slice(0, pageSize).map(shown),
        ...(last && { nextHref: `/operators/outbox?state=${state}&after=${encodeURIComponent(last.id)}` }),
        ...(done && { notice: done }),
      });
    },

    ask: (ctx) => question(ctx, 200, { reason: '', errors: [] }),

    async carryOut(ctx) {
      const { deed, message } = await find(ctx);
      const context = contextOf(ctx.state, ctx.state.account);
      const { uid } = ctx.state.session;
      if (deed === 'retry') {
        csrf.check(uid, parseForm(ctx, retryForm).csrf);
        const done = await deps.deeds.retry(message, context);
        return leadBack(ctx, message.state, done ? 'retried' : 'gone');
      }
      const form = parseForm(ctx, dropForm);
      csrf.check(uid, form.csrf);
      const reason = form.reason.normalize('NFC').trim();
      if (reason === '' || [...reason].length > 200 || /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u.test(reason)) {
        const errors = [{ field: 'reason', message: 'operators.outbox.error.reason' } as const];
        return question(ctx, 422, { reason, errors });
      }
      const done = await deps.deeds.drop(message, reason, context);
      leadBack(ctx, message.state, done ? 'dropped' : 'gone');
    },
  };
}
