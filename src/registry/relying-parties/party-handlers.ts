/** Relying parties: all of them, one of them, and the deeds on one, each with its question. */
import { z } from 'zod';
import type { RelyingPartyDeeds } from '#administration/relying-party-deeds.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import type { SessionRegister } from '#domain/records.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { KeptRelyingParty, RelyingPartyRegister } from '#domain/relying-party-register.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { optionsOf, type RegistryParts } from '../registry-parts.ts';
import { hrefOf, listedParty, partiesHref, partyFacts, type SeenParty } from './party-view.ts';
import type { PartyDeed, PartyListModel, PartyModel, PartyQuestionModel } from './relying-parties-model.ts';

const deedForm = z.strictObject({
  csrf: formText(100),
  revision: z.string().regex(/^[1-9]\d{0,14}$/),
  days: z.enum(['0', '7', '30']).optional(),
});

/** Sessions counted exactly. */
const countLimit = 200;

export interface PartySources {
  readonly register: RelyingPartyRegister;
  /** Those of the configuration, read-only here. */
  readonly configured: readonly RelyingParty[];
  readonly partyOf: (registration: KeptRelyingParty['registration']) => RelyingParty;
}

interface Dependencies extends RegistryParts, PartySources {
  readonly deeds: RelyingPartyDeeds;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly sessions: Pick<SessionRegister, 'listReaching'>;
  readonly issuer: string;
}

/** Shows the page of one, as it is now, with what has just been done. */
export type ShowParty = (
  ctx: RegistryContext,
  clientId: string,
  done?: Pick<PartyModel, 'notice' | 'secret'>,
) => Promise<void>;

export interface PartyHandlers extends Readonly<
  Record<'list' | 'show' | 'ask' | 'carryOut', RegistryHandler>
> {
  readonly showParty: ShowParty;
}

export function partyHandlers(deps: Dependencies): PartyHandlers {
  const { csrf, register, deeds } = deps;
  const listPage = deps.views.page<PartyListModel>(new URL('./list.hbs', import.meta.url));
  const partyPage = deps.views.page<PartyModel>(new URL('./party.hbs', import.meta.url));
  const questionPage = deps.views.page<PartyQuestionModel>(new URL('./question.hbs', import.meta.url));
  const frameOf = (ctx: RegistryContext) => deps.frame.of(ctx.state, 'relying-parties');

  async function find(clientId: string): Promise<SeenParty | undefined> {
    const party = deps.configured.find((configured) => configured.clientId === clientId);
    if (party) return { party };
    const kept = await register.findRelyingParty(clientId);
    return kept && { party: deps.partyOf(kept.registration), kept };
  }

  const showParty: ShowParty = async (ctx, clientId, done = {}) => {
    const seen = await find(clientId);
    if (!seen) throw new HufuError('not-found');
    ctx.type = 'html';
    ctx.body = partyPage(viewOf(ctx, hrefOf(clientId)), {
      ...(await frameOf(ctx)),
      ...partyFacts(seen, await deps.catalogue.readCatalogue(), deps.issuer),
      ...done,
    });
  };

  async function get(ctx: RegistryContext): Promise<{ deed: PartyDeed; kept: KeptRelyingParty }> {
    const { id, deed } = ctx.params as { id: string; deed: string };
    const seen = await find(id);
    const kept = seen?.kept;
    const possible = seen && partyFacts(seen, { categories: [], systems: [] }, deps.issuer).deeds;
    const found = possible?.find((each) => each.id === deed);
    if (!kept || !found) throw new HufuError('not-found');
    return { deed: found.id, kept };
  }

  async function ask(ctx: RegistryContext, status: number, errors: readonly FieldError[]): Promise<void> {
    const { deed, kept } = await get(ctx);
    const { clientId, revision, registration } = kept;
    const open = await deps.sessions.listReaching(clientId, undefined, countLimit + 1);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = questionPage(viewOf(ctx, hrefOf(clientId, deed)), {
      ...(await frameOf(ctx)),
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      deed,
      clientId,
      name: deps.partyOf(registration).name,
      action: hrefOf(clientId, deed),
      backHref: hrefOf(clientId),
      revision,
      openSessions: open.length > countLimit ? `${countLimit}+` : String(open.length),
      days: optionsOf(['0', '7', '30'], ['7']),
    });
  }

  async function carryOut(ctx: RegistryContext, deed: PartyDeed, kept: KeptRelyingParty, days: number) {
    const context = contextOf(ctx);
    if (deed === 'remove') {
      await deeds.remove(kept, context);
      ctx.status = 303;
      return ctx.redirect(`${partiesHref}?done=removed`);
    }
    if (deed === 'secret') {
      const secret = await deeds.replaceSecret(kept, days, context);
      return showParty(ctx, kept.clientId, { notice: 'secret', secret });
    }
    await deeds.setEnabled(kept, deed === 'enable', context);
    await showParty(ctx, kept.clientId, { notice: deed === 'enable' ? 'enabled' : 'disabled' });
  }

  return {
    showParty,

    async list(ctx) {
      const kept = await register.listRelyingParties();
      const seen: readonly SeenParty[] = [
        ...deps.configured.map((party) => ({ party })),
        ...kept.map((each) => ({ party: deps.partyOf(each.registration), kept: each })),
      ];
      ctx.type = 'html';
      ctx.body = listPage(viewOf(ctx, partiesHref), {
        ...(await frameOf(ctx)),
        parties: seen.map(listedParty),
        newHref: `${partiesHref}/new`,
        ...(ctx.query['done'] === 'removed' && { notice: 'removed' }),
      });
    },

    show: (ctx) => showParty(ctx, (ctx.params as { id: string }).id),
    ask: (ctx) => ask(ctx, 200, []),

    async carryOut(ctx) {
      const form = parseForm(ctx, deedForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const { deed, kept } = await get(ctx);
      const meanwhile = { field: '', message: 'registry.changedMeanwhile', code: 'R03' } as const;
      if (Number(form.revision) !== kept.revision) return ask(ctx, 409, [meanwhile]);
      try {
        await carryOut(ctx, deed, kept, Number(form.days ?? '0'));
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        await ask(ctx, 409, [meanwhile]);
      }
    },
  };
}
