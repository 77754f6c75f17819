/** Files that everybody may take (下載) for programme officers: their list and order, adding, changing and taking away. */
import { z } from 'zod';
import type {
  ArrivedFile,
  DownloadDeeds,
  DownloadOutcome,
  TypedDownload,
} from '#administration/download-deeds.ts';
import { downloadPlaces, type DownloadRegister, type KeptDownload } from '#domain/download-register.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { textIn } from '#pages/messages/define-messages.ts';
import { formatSize, type DownloadEntry } from '#pages/public-information.ts';
import { viewOf } from '#pages/view-of.ts';
import { keptDownloadEntry } from '#pages/kept-downloads.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { optionsOf, type RegistryParts } from '../registry-parts.ts';
import {
  formatMarks,
  marksOf,
  mergeForm,
  withStored,
  type Differences,
  type ShownMarks,
} from '../seen-form.ts';
import { errorOf, receiveDownload, revisionText } from './download-form.ts';
import type {
  DownloadFormModel,
  DownloadListModel,
  DownloadQuestionModel,
  ShownDownload,
  ShownFile,
} from './downloads-model.ts';

const removeForm = z.strictObject({ csrf: formText(100), revision: revisionText });
const moveForm = z.strictObject({
  csrf: formText(100),
  version: revisionText,
  direction: z.enum(['up', 'down']),
});
const doneQuery = z.object({ done: z.enum(['saved', 'moved', 'removed']).optional().catch(undefined) });

const listHref = '/registry/downloads';

interface Dependencies extends RegistryParts {
  readonly register: Pick<DownloadRegister, 'listDownloads' | 'findDownload' | 'readVersion'>;
  readonly deeds: DownloadDeeds;
  /** Those of the configuration, read-only here. */
  readonly configured: readonly (DownloadEntry & { readonly fileName: string })[];
}

export type DownloadHandlers = Readonly<
  Record<'list' | 'showNew' | 'add' | 'show' | 'change' | 'move' | 'ask' | 'remove', RegistryHandler>
>;

interface Filled {
  readonly typed: TypedDownload;
  /** Absent where it is added. */
  readonly kept?: KeptDownload | undefined;
  readonly errors?: readonly FieldError[];
  readonly shown?: ShownMarks | undefined;
  readonly differences?: Differences;
}

const nothing: TypedDownload = { titleZh: '', titleEn: '', place: 'both' };

export function downloadHandlers(deps: Dependencies): DownloadHandlers {
  const { csrf, register, deeds } = deps;
  const listPage = deps.views.page<DownloadListModel>(new URL('./list.hbs', import.meta.url));
  const formPage = deps.views.page<DownloadFormModel>(new URL('./download.hbs', import.meta.url));
  const questionPage = deps.views.page<DownloadQuestionModel>(new URL('./question.hbs', import.meta.url));
  const frameOf = (ctx: RegistryContext) => deps.frame.of(ctx.state, 'downloads');
  const checkToken = (ctx: RegistryContext) => (token: string) => csrf.check(ctx.state.session.uid, token);

  async function showList(ctx: RegistryContext, status: number): Promise<void> {
    const { language } = ctx.state;
    const { done } = doneQuery.parse(ctx.query);
    // The version first: a list that is newer than it says moves nothing.
    const version = await register.readVersion();
    const kept = await register.listDownloads();
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = listPage(viewOf(ctx, listHref), {
      ...(await frameOf(ctx)),
      csrf: csrf.issue(ctx.state.session.uid),
      version,
      downloads: [
        ...deps.configured.map((entry): ShownDownload => {
          const { href, kind, size, fileName: name } = entry;
          const file = { href, kind, name, size: formatSize(size) };
          return { title: textIn(language, entry.name), file, place: 'both' };
        }),
        ...kept.map((each, at): ShownDownload => ({
          title: textIn(language, each),
          file: shownFile(each),
          place: each.place,
          href: `${listHref}/${each.id}`,
          moveAction: `${listHref}/${each.id}/move`,
          mayRise: at > 0,
          mayFall: at < kept.length - 1,
        })),
      ],
      newHref: `${listHref}/new`,
      ...(done && status === 200 && { notice: done }),
      changedMeanwhile: status === 409,
    });
  }

  async function showForm(ctx: RegistryContext, status: number, filled: Filled): Promise<void> {
    const { typed, kept, errors = [], shown = {}, differences } = filled;
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
      ...(kept && { removeHref: `${action}/remove`, file: shownFile(kept) }),
      revision: kept?.revision ?? 0,
      shown: formatMarks(shown),
      changedMeanwhile: differences !== undefined,
      ...(differences && { differences }),
      typed,
      placeOptions: withStored(optionsOf(downloadPlaces, [typed.place]), differences?.['place']),
    });
  }

  async function get(ctx: RegistryContext): Promise<KeptDownload> {
    const kept = await register.findDownload((ctx.params as { id: string }).id);
    if (!kept) throw new HufuError('not-found');
    return kept;
  }

  async function showMeanwhile(ctx: RegistryContext, mine: TypedDownload, shown: ShownMarks = {}) {
    const now = await get(ctx);
    const { hash } = now.content;
    // The file is not typed: it follows the other one, unless it is chosen again.
    const { file: before = '' } = shown;
    const isReplaced = before !== marksOf({ file: hash })['file'];
    const merged = mergeForm<TypedDownload>(shown, mine, typedOf(now));
    const differences = {
      ...merged.differences,
      ...(isReplaced && { file: { kind: 'theirs', stored: now.content.name } as const }),
    };
    await showForm(ctx, 409, { typed: merged.typed, kept: now, shown: shownOf(now), differences });
  }

  /** Takes the form in and has it carried out; `kept` is what there is, and absent where one is added. */
  async function save(
    ctx: RegistryContext,
    kept: KeptDownload | undefined,
    act: (seen: number, typed: TypedDownload, file: ArrivedFile | undefined) => Promise<DownloadOutcome>,
  ): Promise<void> {
    let typed = kept ? typedOf(kept) : nothing;
    let shown = kept && shownOf(kept);
    try {
      const posted = await receiveDownload(ctx, checkToken(ctx));
      ({ typed, shown } = posted);
      const outcome = await act(posted.revision, typed, posted.file);
      if (outcome.ok) return redirect(ctx, 'saved');
      // The form goes on from what it was made from, not from what there is by now.
      const seen = kept && { ...kept, revision: posted.revision };
      await showForm(ctx, 422, { typed, kept: seen, shown, errors: outcome.faults.map(errorOf) });
    } catch (error) {
      if (isHufuError(error, 'too-large')) {
        const errors = [errorOf({ field: 'file', fault: 'too-large' })];
        return showForm(ctx, 413, { typed, kept, shown, errors });
      }
      if (!isHufuError(error, 'changed-meanwhile')) throw error;
      await showMeanwhile(ctx, typed, shown);
    }
  }

  async function ask(ctx: RegistryContext, status: number, errors: readonly FieldError[]): Promise<void> {
    const kept = await get(ctx);
    const action = `${listHref}/${kept.id}/remove`;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = questionPage(viewOf(ctx, action), {
      ...(await frameOf(ctx)),
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      subject: textIn(ctx.state.language, kept),
      file: shownFile(kept),
      action,
      backHref: `${listHref}/${kept.id}`,
      revision: kept.revision,
    });
  }

  return {
    list: (ctx) => showList(ctx, 200),
    showNew: (ctx) => showForm(ctx, 200, { typed: nothing }),
    add: (ctx) => save(ctx, undefined, (_, typed, file) => deeds.add(typed, file, contextOf(ctx))),

    async show(ctx) {
      const kept = await get(ctx);
      await showForm(ctx, 200, { typed: typedOf(kept), kept, shown: shownOf(kept) });
    },

    async change(ctx) {
      const kept = await get(ctx);
      await save(ctx, kept, (revision, typed, file) =>
        deeds.change({ ...kept, revision }, typed, file, contextOf(ctx)),
      );
    },

    async move(ctx) {
      const { csrf: token, version, direction } = parseForm(ctx, moveForm);
      checkToken(ctx)(token);
      const { id } = await get(ctx);
      try {
        await deeds.move(id, direction, Number(version), contextOf(ctx));
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        return showList(ctx, 409);
      }
      redirect(ctx, 'moved');
    },

    ask: (ctx) => ask(ctx, 200, []),

    async remove(ctx) {
      const form = parseForm(ctx, removeForm);
      checkToken(ctx)(form.csrf);
      try {
        await deeds.remove({ ...(await get(ctx)), revision: Number(form.revision) }, contextOf(ctx));
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        return ask(ctx, 409, [{ field: '', message: 'registry.changedMeanwhile', code: 'R03' }]);
      }
      redirect(ctx, 'removed');
    },
  };
}

function redirect(ctx: RegistryContext, done: 'saved' | 'moved' | 'removed'): void {
  ctx.status = 303;
  ctx.redirect(`${listHref}?done=${done}`);
}

function shownFile(kept: KeptDownload): ShownFile {
  const { href, kind, size } = keptDownloadEntry(kept);
  return { href, kind, name: kept.content.name, size: formatSize(size) };
}

function shownOf(kept: KeptDownload): ShownMarks {
  return marksOf({ ...typedOf(kept), file: kept.content.hash });
}

function typedOf({ zh, en, place }: KeptDownload): TypedDownload {
  return { titleZh: zh, titleEn: en, place };
}
