/** Announcements (公告) for programme officers: all of them, writing one with a look at it first, and taking one away. */
import { z } from 'zod';
import {
  judgeAnnouncement,
  typedTime,
  type AnnouncementDeeds,
  type AnnouncementField,
  type AnnouncementOutcome,
  type TypedAnnouncement,
} from '#administration/announcement-deeds.ts';
import type { AnnouncementRegister, KeptAnnouncement } from '#domain/announcement-register.ts';
import type { Clock } from '#domain/clock.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { textIn, type Language } from '#pages/messages/define-messages.ts';
import { shownAnnouncement, type Announcement } from '#pages/public-information.ts';
import { viewOf } from '#pages/view-of.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { optionsOf, type RegistryParts } from '../registry-parts.ts';
import {
  formatMarks,
  marksOf,
  mergeForm,
  readMarks,
  withStored,
  type Differences,
  type ShownMarks,
} from '../seen-form.ts';
import type {
  NoticeFormModel,
  NoticeListModel,
  NoticeQuestionModel,
  NoticeState,
  ShownNotice,
} from './notices-model.ts';

const text = formText(10_000);
const noticeForm = z.strictObject({
  csrf: formText(100),
  revision: z.string().regex(/^\d{1,15}$/),
  shown: formText(4000).default(''),
  deed: z.enum(['preview', 'save']),
  level: z.enum(['info', 'warning']),
  from: formText(100),
  until: formText(100),
  titleZh: text,
  bodyZh: text,
  titleEn: text,
  bodyEn: text,
});
const removeForm = z.strictObject({ csrf: formText(100), revision: z.string().regex(/^\d{1,15}$/) });

const listHref = '/registry/notices';
const dayMs = 24 * 3_600_000;

interface Dependencies extends RegistryParts {
  readonly register: Pick<AnnouncementRegister, 'listAnnouncements' | 'findAnnouncement'>;
  readonly deeds: AnnouncementDeeds;
  /** Those of the configuration, read-only here. */
  readonly configured: readonly Announcement[];
  readonly clock: Clock;
}

export type NoticeHandlers = Readonly<
  Record<'list' | 'showNew' | 'add' | 'show' | 'change' | 'ask' | 'remove', RegistryHandler>
>;

interface Filled {
  readonly typed: TypedAnnouncement;
  /** Absent where it is added. */
  readonly kept?: KeptAnnouncement | undefined;
  readonly errors?: readonly FieldError[];
  /** What the form was filled with. */
  readonly shown?: ShownMarks;
  readonly differences?: Differences;
  readonly preview?: boolean;
}

export function noticeHandlers(deps: Dependencies): NoticeHandlers {
  const { csrf, register, deeds, clock } = deps;
  const listPage = deps.views.page<NoticeListModel>(new URL('./list.hbs', import.meta.url));
  const formPage = deps.views.page<NoticeFormModel>(new URL('./notice.hbs', import.meta.url));
  const questionPage = deps.views.page<NoticeQuestionModel>(new URL('./question.hbs', import.meta.url));
  const frameOf = (ctx: RegistryContext) => deps.frame.of(ctx.state, 'notices');

  function stateOf({ from, until }: Pick<KeptAnnouncement, 'from' | 'until'>): NoticeState {
    const now = clock.now();
    if (now < from) return 'later';
    return now < until ? 'shown' : 'over';
  }

  const shownNotice = (announcement: Announcement, language: Language, href?: string): ShownNotice => ({
    title: textIn(language, announcement.title),
    from: announcement.from,
    until: announcement.until,
    warning: announcement.level === 'warning',
    state: stateOf(announcement),
    ...(href !== undefined && { href }),
  });

  async function showForm(ctx: RegistryContext, status: number, filled: Filled): Promise<void> {
    const { typed, kept, errors = [], shown = {}, differences, preview = false } = filled;
    const verdict = preview ? judgeAnnouncement(typed) : undefined;
    const seen = verdict?.ok ? announcementOf({ id: 'preview', ...verdict.announcement }) : undefined;
    const action = kept ? `${listHref}/${kept.id}` : `${listHref}/new`;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = formPage(viewOf(ctx, action), {
      ...(await frameOf(ctx)),
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      mode: kept ? 'change' : 'add',
      action,
      backHref: listHref,
      ...(kept && { removeHref: `${action}/remove` }),
      revision: kept?.revision ?? 0,
      shown: formatMarks(shown),
      changedMeanwhile: differences !== undefined,
      ...(differences && { differences }),
      typed,
      levels: withStored(optionsOf(['info', 'warning'], [typed.level]), differences?.['level']),
      previews: seen
        ? (['zh-TW', 'en'] as const).map((language) => ({
            announcements: [shownAnnouncement(language, seen)],
          }))
        : [],
    });
  }

  async function get(ctx: RegistryContext): Promise<KeptAnnouncement> {
    const kept = await register.findAnnouncement((ctx.params as { id: string }).id);
    if (!kept) throw new HufuError('not-found');
    return kept;
  }

  function read(ctx: RegistryContext) {
    const { csrf: token, revision, shown, deed, ...typed } = parseForm(ctx, noticeForm);
    csrf.check(ctx.state.session.uid, token);
    return { revision: Number(revision), shown: readMarks(shown), deed, typed };
  }

  async function finish(ctx: RegistryContext, outcome: AnnouncementOutcome, filled: Filled): Promise<void> {
    if (!outcome.ok) return showForm(ctx, 422, { ...filled, errors: outcome.faults.map(errorOf) });
    ctx.status = 303;
    ctx.redirect(`${listHref}?done=saved`);
  }

  const preview = (ctx: RegistryContext, filled: Filled): Promise<void> => {
    const verdict = judgeAnnouncement(filled.typed);
    if (verdict.ok) return showForm(ctx, 200, { ...filled, preview: true });
    return showForm(ctx, 422, { ...filled, errors: verdict.faults.map(errorOf) });
  };

  async function ask(ctx: RegistryContext, status: number, errors: readonly FieldError[]): Promise<void> {
    const kept = await get(ctx);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = questionPage(viewOf(ctx, `${listHref}/${kept.id}/remove`), {
      ...(await frameOf(ctx)),
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      subject: textIn(ctx.state.language, announcementOf(kept).title),
      state: stateOf(kept),
      action: `${listHref}/${kept.id}/remove`,
      backHref: `${listHref}/${kept.id}`,
      revision: kept.revision,
    });
  }

  return {
    async list(ctx) {
      const { language } = ctx.state;
      const { done } = ctx.query;
      const kept = await register.listAnnouncements();
      ctx.type = 'html';
      ctx.body = listPage(viewOf(ctx, listHref), {
        ...(await frameOf(ctx)),
        notices: [
          ...kept.map((each) => shownNotice(announcementOf(each), language, `${listHref}/${each.id}`)),
          ...deps.configured.map((each) => shownNotice(each, language)),
        ],
        newHref: `${listHref}/new`,
        ...((done === 'saved' || done === 'removed') && { notice: done }),
      });
    },

    showNew(ctx) {
      const now = clock.now();
      const from = typedTime(now);
      const until = typedTime(new Date(now.getTime() + 7 * dayMs));
      const texts = { titleZh: '', bodyZh: '', titleEn: '', bodyEn: '' };
      return showForm(ctx, 200, { typed: { level: 'info', from, until, ...texts } });
    },

    async add(ctx) {
      const { deed, typed } = read(ctx);
      if (deed === 'preview') return preview(ctx, { typed });
      await finish(ctx, await deeds.add(typed, contextOf(ctx)), { typed });
    },

    async show(ctx) {
      const kept = await get(ctx);
      const typed = typedOf(kept);
      await showForm(ctx, 200, { typed, kept, shown: marksOf(typed), preview: true });
    },

    async change(ctx) {
      const { revision, shown, deed, typed } = read(ctx);
      const kept = await get(ctx);
      // The form goes on from what it was made from, not from what there is by now.
      const seen = { ...kept, revision };
      if (deed === 'preview') return preview(ctx, { typed, kept: seen, shown });
      try {
        await finish(ctx, await deeds.change(seen, typed, contextOf(ctx)), { typed, kept: seen, shown });
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        const now = await get(ctx);
        const stored = typedOf(now);
        const merged = mergeForm<TypedAnnouncement>(shown, typed, stored);
        await showForm(ctx, 409, { ...merged, kept: now, shown: marksOf(stored) });
      }
    },

    ask: (ctx) => ask(ctx, 200, []),

    async remove(ctx) {
      const form = parseForm(ctx, removeForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      try {
        await deeds.remove({ ...(await get(ctx)), revision: Number(form.revision) }, contextOf(ctx));
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        return ask(ctx, 409, [{ field: '', message: 'registry.changedMeanwhile', code: 'R03' }]);
      }
      ctx.status = 303;
      ctx.redirect(`${listHref}?done=removed`);
    },
  };
}

export function announcementOf({
  id,
  level,
  from,
  until,
  zh,
  en,
}: Omit<KeptAnnouncement, 'revision'>): Announcement {
  const [title, body] = [
    { zh: zh.title, en: en.title },
    { zh: zh.body, en: en.body },
  ];
  return { id, level, from, until, title, body };
}

function typedOf({ level, from, until, zh, en }: KeptAnnouncement): TypedAnnouncement {
  const texts = { titleZh: zh.title, bodyZh: zh.body, titleEn: en.title, bodyEn: en.body };
  return { level, from: typedTime(from), until: typedTime(until), ...texts };
}

function errorOf(field: AnnouncementField): FieldError {
  const messages = {
    level: 'registry.notices.error.title',
    from: 'registry.notices.error.from',
    until: 'registry.notices.error.until',
    titleZh: 'registry.notices.error.title',
    titleEn: 'registry.notices.error.title',
    bodyZh: 'registry.notices.error.body',
    bodyEn: 'registry.notices.error.body',
  } as const;
  return { field, message: messages[field], code: 'R06' };
}
