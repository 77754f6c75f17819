/**
 * What an operator does to a message: between intent and outcome in the audit trail, so that nothing is sent again
 * or thrown away without a trace.
 */
import { outboxMessageHandled } from '#audit/operator-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { OutboxListing, OutboxOperations } from '#domain/records.ts';

export interface OutboxDeeds {
  /** False when the message cannot be sent again any more: expired, delivered or dropped meanwhile. */
  retry(message: OutboxListing, context: AuditContext): Promise<boolean>;
  /** False when it was delivered or dropped meanwhile. */
  drop(message: OutboxListing, reason: string, context: AuditContext): Promise<boolean>;
}

interface Dependencies {
  readonly outbox: Pick<OutboxOperations, 'retry' | 'drop'>;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle'>;
  /** Tells the delivery that something is due. */
  readonly wake: () => void;
}

export function createOutboxDeeds({ outbox, audit, wake }: Dependencies): OutboxDeeds {
  async function audited(
    event: Parameters<typeof outboxMessageHandled>[1],
    context: AuditContext,
    act: () => Promise<boolean>,
  ): Promise<boolean> {
    const intent = await audit.intend(outboxMessageHandled(context, event));
    const done = await act();
    await (done ? audit.settle(intent, 'done') : audit.settle(intent, 'refused', 'changed-meanwhile'));
    return done;
  }

  return {
    async retry({ id, kind }, context) {
      const done = await audited({ verb: 'retry', message: id, kind }, context, () => outbox.retry(id));
      if (done) wake();
      return done;
    },
    drop: ({ id, kind }, reason, context) =>
      audited({ verb: 'drop', message: id, kind, reason }, context, () => outbox.drop(id)),
  };
}
