/** The catalogue (系統目錄) for programme officers: categories with their roles, and systems. Each removal names what follows. */
import { z } from 'zod';
import type { CatalogueDeeds, CatalogueOutcome } from '#administration/catalogue-deeds.ts';
import { markOf } from '#administration/catalogue-deeds.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import {
  findEntry,
  type CatalogueEntry,
  type CatalogueKind,
  type CatalogueName,
  type CatalogueRegister,
} from '#domain/catalogue-register.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import type { RegistryParts } from '../registry-parts.ts';
import type { CatalogueModel, EntryFormModel, EntryQuestionModel, Holders } from './catalogue-model.ts';
import {
  formatMarks,
  marksOf,
  mergeForm,
  readMarks,
  type Differences,
  type ShownMarks,
} from '../seen-form.ts';
import { catalogueFacts, catalogueHref, entryHref, formChoices, kindOfPath } from './catalogue-view.ts';
import type { FindConsequences } from './consequences.ts';
import { emptyEntry, entryForms, entryOf, typedEntry, typedFrom, type TypedEntry } from './entry-form.ts';

const removeForm = z.strictObject({ csrf: formText(100), seen: formText(40) });

interface Dependencies extends RegistryParts {
  readonly register: Pick<CatalogueRegister, 'readCatalogueNow'>;
  readonly deeds: CatalogueDeeds;
  readonly consequences: FindConsequences;
  /** Names of the relying parties that serve a system. */
  readonly partiesServing: (system: string) => Promise<readonly string[]>;
  readonly seconds: number;
}

export type CatalogueHandlers = Readonly<
  Record<'list' | 'showNew' | 'add' | 'show' | 'change' | 'ask' | 'remove', RegistryHandler>
>;

interface Filled {
  readonly kind: CatalogueKind;
  readonly typed: TypedEntry;
  /** What the form was made from; absent where it is added. */
  readonly made?: { readonly seen: string; readonly shown: ShownMarks };
  readonly errors?: readonly FieldError[];
  readonly differences?: Differences;
  readonly held?: Holders;
}

export function catalogueHandlers(deps: Dependencies): CatalogueHandlers {
  const { csrf, register, deeds } = deps;
  const listPage = deps.views.page<CatalogueModel>(new URL('./catalogue.hbs', import.meta.url));
  const formPage = deps.views.page<EntryFormModel>(new URL('./entry.hbs', import.meta.url));
  const questionPage = deps.views.page<EntryQuestionModel>(new URL('./question.hbs', import.meta.url));

  async function answer<Model>(
    ctx: RegistryContext,
    status: number,
    page: (view: ReturnType<typeof viewOf>, model: Model) => string,
    path: string,
    model: Omit<Model, keyof Awaited<ReturnType<typeof deps.frame.of>>>,
  ): Promise<void> {
    const frame = await deps.frame.of(ctx.state, 'catalogue');
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, path), { ...frame, ...model } as Model);
  }

  async function showForm(ctx: RegistryContext, status: number, filled: Filled): Promise<void> {
    const { kind, typed, made, errors = [], differences, held } = filled;
    const catalogue = await register.readCatalogueNow();
    const href = made ? entryHref(kind, typed.id) : `${entryHref(kind)}/new`;
    await answer<EntryFormModel>(ctx, status, formPage, href, {
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      kind,
      mode: made ? 'change' : 'add',
      action: href,
      backHref: catalogueHref,
      ...(made && { removeHref: `${href}/remove` }),
      seen: made?.seen ?? '',
      shown: formatMarks(made?.shown ?? {}),
      changedMeanwhile: differences !== undefined,
      ...(differences && { differences }),
      typed,
      ...(held && { held }),
      ...formChoices(catalogue, typed, differences),
    });
  }

  const nameIn = (ctx: RegistryContext): CatalogueName => {
    const { kind: path, id = '' } = ctx.params as { kind: string; id?: string };
    const kind = kindOfPath(path);
    if (!kind) throw new HufuError('not-found');
    return { kind, id };
  };

  async function get(ctx: RegistryContext): Promise<{ entry: CatalogueEntry; catalogue: Catalogue }> {
    const catalogue = await register.readCatalogueNow();
    const entry = findEntry(catalogue, nameIn(ctx));
    if (!entry) throw new HufuError('not-found');
    return { entry, catalogue };
  }

  async function finish(ctx: RegistryContext, outcome: CatalogueOutcome, done: string, filled: Filled) {
    if (!outcome.ok) {
      const isHeld = outcome.faults.includes('held');
      const held = isHeld && (await holdersOf(ctx, entryOf(filled.kind, filled.typed)));
      const errors = outcome.faults.map(errorOf);
      return showForm(ctx, isHeld ? 409 : 422, { ...filled, errors, ...(held && { held }) });
    }
    ctx.status = 303;
    ctx.redirect(`${catalogueHref}?done=${done}`);
  }

  const holdersOf = async (ctx: RegistryContext, entry: CatalogueEntry): Promise<Holders> =>
    deps.consequences(ctx.state.actor, entry, await register.readCatalogueNow());

  async function ask(ctx: RegistryContext, status: number, errors: readonly FieldError[]): Promise<void> {
    const { entry, catalogue } = await get(ctx);
    const { id, name } = typedFrom(entry);
    const consequences = await deps.consequences(ctx.state.actor, entry, catalogue);
    const href = entryHref(entry.kind, id);
    await answer<EntryQuestionModel>(ctx, status, questionPage, `${href}/remove`, {
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      kind: entry.kind,
      id,
      name,
      action: `${href}/remove`,
      backHref: href,
      seen: markOf(entry),
      ...consequences,
      isHeld: isShownHeld(consequences),
    });
  }

  return {
    async list(ctx) {
      const { done } = ctx.query;
      const catalogue = await register.readCatalogueNow();
      await answer<CatalogueModel>(ctx, 200, listPage, catalogueHref, {
        ...(await catalogueFacts(catalogue, deps.partiesServing)),
        seconds: deps.seconds,
        ...((done === 'added' || done === 'changed' || done === 'removed') && { notice: done }),
      });
    },

    showNew(ctx) {
      const { kind } = nameIn(ctx);
      const { category } = ctx.query;
      const typed = { ...emptyEntry, ...(typeof category === 'string' && { category }) };
      return showForm(ctx, 200, { kind, typed });
    },

    async add(ctx) {
      const { kind } = nameIn(ctx);
      const form = parseForm(ctx, entryForms[kind]);
      csrf.check(ctx.state.session.uid, form.csrf);
      const typed = typedEntry(form);
      const outcome = await deeds.add(ctx.state.actor, entryOf(kind, typed), contextOf(ctx));
      await finish(ctx, outcome, 'added', { kind, typed });
    },

    async show(ctx) {
      const { entry } = await get(ctx);
      await showForm(ctx, 200, { kind: entry.kind, typed: typedFrom(entry), made: madeFrom(entry) });
    },

    async change(ctx) {
      const { kind, id } = nameIn(ctx);
      const form = parseForm(ctx, entryForms[kind]);
      csrf.check(ctx.state.session.uid, form.csrf);
      const { entry } = await get(ctx);
      const { category } = typedFrom(entry);
      // What names the entry is not the form's to say.
      const typed = { ...typedEntry(form), id, category };
      try {
        const outcome = await deeds.change(ctx.state.actor, entryOf(kind, typed), form.seen, contextOf(ctx));
        const made = { seen: form.seen, shown: readMarks(form.shown) };
        await finish(ctx, outcome, 'changed', { kind, typed, made });
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        const { entry: now } = await get(ctx);
        const merged = mergeForm(readMarks(form.shown), typed, typedFrom(now));
        await showForm(ctx, 409, { kind, made: madeFrom(now), ...merged });
      }
    },

    ask: (ctx) => ask(ctx, 200, []),

    async remove(ctx) {
      const form = parseForm(ctx, removeForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      await get(ctx);
      try {
        const outcome = await deeds.remove(ctx.state.actor, nameIn(ctx), form.seen, contextOf(ctx));
        if (!outcome.ok)
          return ask(
            ctx,
            409,
            outcome.faults.map((fault) => ({ ...errorOf(fault), field: '' })),
          );
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        return ask(ctx, 409, [{ field: '', message: 'registry.changedMeanwhile', code: 'R03' }]);
      }
      ctx.status = 303;
      ctx.redirect(`${catalogueHref}?done=removed`);
    },
  };
}

function isShownHeld({ holders, programs, entries, parties }: Holders): boolean {
  return holders !== undefined || [programs, entries, parties].some((holding) => holding.length > 0);
}

function madeFrom(entry: CatalogueEntry): NonNullable<Filled['made']> {
  return { seen: markOf(entry), shown: marksOf(typedFrom(entry)) };
}

const messages = {
  id: 'registry.catalogue.error.id',
  code: 'registry.catalogue.error.id',
  name: 'registry.catalogue.error.text',
  nameEn: 'registry.catalogue.error.text',
  description: 'registry.catalogue.error.text',
  descriptionEn: 'registry.catalogue.error.text',
  owner: 'registry.catalogue.error.text',
  url: 'registry.catalogue.error.url',
  requires: 'registry.catalogue.error.requires',
  category: 'registry.catalogue.error.category',
  held: 'registry.catalogue.error.held',
} as const;

function errorOf(key: string): FieldError {
  const field = key === 'code' || key === 'held' ? 'id' : key;
  const known = Object.hasOwn(messages, key);
  const message = known ? messages[key as keyof typeof messages] : 'registry.catalogue.error.other';
  return { field: known ? field : '', message, code: 'R04' };
}
