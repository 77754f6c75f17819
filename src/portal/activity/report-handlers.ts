/**
 * 「這不是我」 on an entry of one's own log: the question with what will happen, and the report. What follows from a report
 * is the deed's (#accounts); ending the session at hand too, if that is wished, comes last.
 */
import { z } from 'zod';
import type { MisuseOutcome, MisuseReports, MisuseVerdict } from '#accounts/report-misuse.ts';
import { HufuError } from '#domain/errors.ts';
import type { SessionRegister } from '#domain/records.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { PortalContext, PortalHandler, SessionPort } from '../session/portal-session.ts';
import { activityPath } from './activity-handler.ts';
import { reportHref, reportPath, type ActivityLines } from './activity-lines.ts';
import type { ReportedModel, ReportModel } from './report-model.ts';

export type ReportHandlers = Readonly<Record<'ask' | 'report', PortalHandler>>;

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  readonly reports: Pick<MisuseReports, 'judge' | 'report'>;
  readonly lines: ActivityLines;
  readonly register: Pick<SessionRegister, 'listOpenSessions'>;
  readonly sessions: Pick<SessionPort, 'endSession'>;
  /** Absent where there are no certificate logins. */
  readonly certificatesHref?: string;
}

/** As ids of events are: 16 bytes, base64url. */
const entryId = z.string().regex(/^[\w-]{22}$/);
const formSchema = z.strictObject({
  csrf: formText(100),
  entry: entryId,
  end_this: z.literal('yes').exactOptional(),
});

const refusals = {
  'too-many': { status: 429, message: 'activity.report.tooMany' },
  'changed-meanwhile': { status: 409, message: 'activity.report.changedMeanwhile' },
} as const satisfies Record<string, { status: number; message: MessageKey }>;

export function createReportHandlers(deps: Dependencies): ReportHandlers {
  const { csrf, navigation, reports } = deps;
  const askPage = deps.views.page<ReportModel>(new URL('./report.hbs', import.meta.url));
  const donePage = deps.views.page<ReportedModel>(new URL('./reported.hbs', import.meta.url));

  async function ask(
    ctx: PortalContext,
    { entry, consequences }: Extract<MisuseVerdict, { ok: true }>,
    refusal?: (typeof refusals)[keyof typeof refusals],
  ): Promise<void> {
    const { account, session, language } = ctx.state;
    const [line] = await deps.lines([entry], { account, language, reported: new Set() });
    if (!line) throw new HufuError('not-found');
    const open = await deps.register.listOpenSessions(account.id);
    ctx.status = refusal?.status ?? 200;
    ctx.type = 'html';
    ctx.body = askPage(viewOf(ctx, reportHref(entry.id)), {
      navigation: navigation.of(ctx.state, 'activity'),
      entry: line,
      otherSessions: open.filter(({ sessionUid }) => sessionUid !== session.uid).length,
      ...consequences,
      ...(refusal && { refusal: refusal.message }),
      action: reportPath,
      csrf: csrf.issue(session.uid),
      entryId: entry.id,
      backHref: activityPath,
    });
  }

  function showDone(ctx: PortalContext, outcome?: Extract<MisuseOutcome, { ok: true }>): void {
    const { certificatesHref } = deps;
    ctx.type = 'html';
    ctx.body = donePage(viewOf(ctx, activityPath), {
      navigation: navigation.of(ctx.state, 'activity'),
      ...(outcome && { done: { sessionsEnded: outcome.sessionsEnded } }),
      closesPassword: outcome?.consequences.closesPassword ?? !ctx.state.account.password.set,
      ...(certificatesHref !== undefined && { certificatesHref }),
      backHref: activityPath,
    });
  }

  /** The question again, with why; a report that came first, or an entry that is none of theirs, leaves nothing to ask. */
  async function askAgain(ctx: PortalContext, id: string, reason: keyof typeof refusals): Promise<void> {
    const verdict = await reports.judge(ctx.state.account, id);
    return verdict.ok ? ask(ctx, verdict, refusals[reason]) : showDone(ctx);
  }

  return {
    async ask(ctx) {
      const asked = entryId.safeParse(ctx.query['entry']);
      const verdict: MisuseVerdict = asked.success
        ? await reports.judge(ctx.state.account, asked.data)
        : { ok: false, reason: 'not-found' };
      if (verdict.ok) return ask(ctx, verdict);
      if (verdict.reason === 'not-found') throw new HufuError('not-found');
      showDone(ctx);
    },

    async report(ctx) {
      const { account, session } = ctx.state;
      const form = parseForm(ctx, formSchema);
      csrf.check(session.uid, form.csrf);
      const context = auditContextOf(ctx.state, { actor: `person:${account.id}` });
      const outcome = await reports.report(account, form.entry, session.uid, context);
      const reason = outcome.ok ? undefined : outcome.reason;
      if (reason === 'not-found') throw new HufuError('not-found');
      if (reason === 'too-many' || reason === 'changed-meanwhile') return askAgain(ctx, form.entry, reason);
      if (form.end_this) {
        await deps.sessions.endSession(ctx, 'log-out');
        ctx.status = 303;
        return ctx.redirect('/logged-out');
      }
      showDone(ctx, outcome.ok ? outcome : undefined);
    },
  };
}
