/**
 * The person's own log (登入紀錄): what was done with this account, by whom and from where, newest first, a page at a
 * time. A page costs two reads of the trail, one of the reports, and one of the directory for each manager it names.
 */
import { z } from 'zod';
import { ownActor } from '#accounts/own-actor.ts';
import type { ReportedEntries } from '#accounts/report-misuse.ts';
import type { AccountTrail } from '#domain/account-trail.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { trailActions, trailKinds, type TrailKind } from '#pages/trail-words.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { PortalHandler } from '../session/portal-session.ts';
import type { ActivityLines } from './activity-lines.ts';
import type { ActivityModel } from './activity-model.ts';

interface Dependencies {
  readonly views: Views;
  readonly navigation: Navigation;
  readonly trail: Pick<AccountTrail, 'list'>;
  readonly reportedEntries: ReportedEntries;
  readonly lines: ActivityLines;
}

export const activityPath = '/activity';
const pageSize = 25;

/** What an address says; anything else in it is as good as nothing. */
const querySchema = z.object({
  kind: z.enum(trailKinds).optional().catch(undefined),
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
});

export function showActivity(deps: Dependencies): PortalHandler {
  const page = deps.views.page<ActivityModel>(new URL('./activity.hbs', import.meta.url));
  return async function activity(ctx) {
    const { account, language } = ctx.state;
    const { kind, before } = querySchema.parse({ ...ctx.query });
    const found = await deps.trail.list(ownActor(account), account.id, {
      actions: trailActions(kind),
      limit: pageSize,
      ...(before !== undefined && { before }),
    });
    const reported = await deps.reportedEntries(account);
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, hrefOf(kind, before)), {
      navigation: deps.navigation.of(ctx.state, 'activity'),
      tab: 'activity',
      kinds: (['all', ...trailKinds] as const).map((id) => ({
        id,
        href: hrefOf(id === 'all' ? undefined : id),
        current: id === (kind ?? 'all'),
      })),
      entries: await deps.lines(found.entries, { account, language, reported }),
      narrowed: kind !== undefined,
      isFirst: before === undefined,
      newestHref: hrefOf(kind),
      ...(found.older !== undefined && { olderHref: hrefOf(kind, found.older) }),
    });
  };
}

function hrefOf(kind: TrailKind | undefined, before?: number): string {
  const query = new URLSearchParams({
    ...(kind !== undefined && { kind }),
    ...(before !== undefined && { before: String(before) }),
  });
  return query.size > 0 ? `${activityPath}?${query.toString()}` : activityPath;
}
