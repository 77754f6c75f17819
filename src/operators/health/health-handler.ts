/** Health: what answers, what waits, where the chain stands. */
import type { AuditStore } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { Outbox } from '#domain/records.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { OperatorHandler, OperatorPageParts } from '../operator-session.ts';
import type { HealthModel } from './health-model.ts';

export interface HealthSources {
  /** Each rejects when the part does not answer. */
  readonly checks: Readonly<Record<HealthModel['parts'][number]['id'], () => Promise<void>>>;
  readonly outbox: Pick<Outbox, 'counts'>;
  readonly audit: Pick<AuditStore, 'head'>;
  readonly lastCheckpoint: () => Promise<HealthModel['checkpoint']>;
  readonly version: string;
  readonly startedAt: Date;
}

interface Dependencies extends OperatorPageParts {
  readonly views: Views;
  readonly clock: Clock;
  readonly sources: HealthSources;
}

export function showHealth({ views, navigation, clock, sources }: Dependencies): OperatorHandler {
  const page = views.page<HealthModel>(new URL('./health.hbs', import.meta.url));

  async function ask(id: HealthModel['parts'][number]['id']): Promise<HealthModel['parts'][number]> {
    const start = clock.now().getTime();
    const up = await sources.checks[id]().then(
      () => true,
      () => false,
    );
    return { id, up, milliseconds: Math.max(0, clock.now().getTime() - start) };
  }

  return async function health(ctx) {
    const parts = await Promise.all([ask('directory'), ask('protocolStore'), ask('records')]);
    const checkpoint = await sources.lastCheckpoint();
    const minutes = Math.floor((clock.now().getTime() - sources.startedAt.getTime()) / 60_000);
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      navigation: navigation.of(ctx.state, 'operators'),
      tab: 'health',
      parts,
      outbox: await sources.outbox.counts(),
      chain: await sources.audit.head(),
      ...(checkpoint && { checkpoint }),
      version: sources.version,
      startedAt: sources.startedAt,
      days: Math.floor(minutes / 1440),
      hours: Math.floor(minutes / 60) % 24,
      minutes: minutes % 60,
    });
  };
}
