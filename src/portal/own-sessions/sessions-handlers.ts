/**
 * The person's open sessions (目前登入): since when, how strongly, which systems they have reached; ending one, all
 * others, or all. Owns `/sessions`; what an end does to relying parties and tokens is the provider's.
 */
import { z } from 'zod';
import { HufuError } from '#domain/errors.ts';
import type { OwnSession, OwnSessions } from '#domain/own-sessions.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import {
  portalClientId,
  type PortalContext,
  type PortalHandler,
  type SessionPort,
} from '../session/portal-session.ts';
import type { SessionsModel, ShownSession } from './sessions-model.ts';

export type SessionsHandlers = Readonly<Record<'list' | 'endOne' | 'endOthers' | 'endAll', PortalHandler>>;

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  readonly ownSessions: OwnSessions;
  readonly sessions: Pick<SessionPort, 'endSession'>;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

export const sessionsPath = '/sessions';
/** Each costs a few reads; nobody has so many. */
const mostShown = 50;

const oneForm = z.strictObject({ csrf: formText(100), session: formText(100) });
const allForm = z.strictObject({ csrf: formText(100) });
const notices = { one: 'ended', others: 'others-ended' } as const;

export function createSessionsHandlers(deps: Dependencies): SessionsHandlers {
  const { csrf, navigation, ownSessions } = deps;
  const page = deps.views.page<SessionsModel>(new URL('./sessions.hbs', import.meta.url));
  const back = (ctx: PortalContext, ended: keyof typeof notices) => {
    ctx.status = 303;
    ctx.redirect(`${sessionsPath}?ended=${ended}`);
  };

  return {
    async list(ctx) {
      const { account, session } = ctx.state;
      const open = await ownSessions.list(account.id, session.uid, mostShown);
      const { ended } = ctx.query;
      ctx.type = 'html';
      ctx.body = page(viewOf(ctx, sessionsPath), {
        navigation: navigation.of(ctx.state, 'activity'),
        tab: 'sessions',
        csrf: csrf.issue(session.uid),
        sessions: open.map((one) => shown(one, ctx, deps.findRelyingParty)),
        others: open.filter(({ isCurrent }) => !isCurrent).length,
        ...((ended === 'one' || ended === 'others') && { notice: notices[ended] }),
      });
    },

    async endOne(ctx) {
      const { account, session } = ctx.state;
      const form = parseForm(ctx, oneForm);
      csrf.check(session.uid, form.csrf);
      // Somebody else's, one that has ended, and one that never was are the same to whoever asks.
      if (!(await ownSessions.end(account.id, session.uid, form.session, contextOf(ctx))))
        throw new HufuError('not-found');
      back(ctx, 'one');
    },

    async endOthers(ctx) {
      const { account, session } = ctx.state;
      csrf.check(session.uid, parseForm(ctx, allForm).csrf);
      await ownSessions.endOthers(account.id, session.uid, contextOf(ctx));
      back(ctx, 'others');
    },

    async endAll(ctx) {
      const { account, session } = ctx.state;
      csrf.check(session.uid, parseForm(ctx, allForm).csrf);
      await ownSessions.endOthers(account.id, session.uid, contextOf(ctx));
      // Last: broken off before, the person is still here to try again.
      await deps.sessions.endSession(ctx, 'log-out');
      ctx.status = 303;
      ctx.redirect('/logged-out');
    },
  };
}

function shown(
  { clientIds, ...session }: OwnSession,
  { state }: PortalContext,
  findRelyingParty: Dependencies['findRelyingParty'],
): ShownSession {
  const nameOf = (id: string): string => {
    const party = findRelyingParty(id);
    return (state.language === 'en' && party?.nameEn) || party?.name || id;
  };
  return { ...session, systems: clientIds.filter((id) => id !== portalClientId).map(nameOf) };
}

function contextOf({ state }: PortalContext) {
  return auditContextOf(state, { actor: `person:${state.account.id}` });
}
