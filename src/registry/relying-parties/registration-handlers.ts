/** Adding and changing a relying party: the form, its judgement while one types, and the deed. */
import { z } from 'zod';
import type { RegistrationOutcome, RelyingPartyDeeds } from '#administration/relying-party-deeds.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { deedScopes } from '#domain/permission.ts';
import type { KeptRelyingParty, RelyingPartyRegister } from '#domain/relying-party-register.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { formAnswer } from '#pages/form-answer.ts';
import { viewOf } from '#pages/view-of.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { optionsOf, type RegistryParts } from '../registry-parts.ts';
import { hrefOf, partiesHref } from './party-view.ts';
import type { ShowParty } from './party-handlers.ts';
import { errorsOf } from './registration-errors.ts';
import {
  emptyRegistration,
  registrationFields,
  registrationOf,
  typedOf,
  type TypedRegistration,
} from './registration-form.ts';
import type { PartyFormModel } from './relying-parties-model.ts';

/** Each is a scope of some deed (permission.ts). */
const apiScopes = [...new Set(Object.values(deedScopes).filter((scope) => scope !== undefined))];

const addForm = z.strictObject({ csrf: formText(100), client_id: formText(1000), ...registrationFields });
const changeForm = z.strictObject({
  csrf: formText(100),
  revision: z.string().regex(/^[1-9]\d{0,14}$/),
  ...registrationFields,
});
const checkForm = z.strictObject({
  csrf: formText(100),
  revision: formText(20).optional(),
  client_id: formText(1000).optional(),
  ...registrationFields,
});

const scopes = ['openid', 'profile', 'email', 'phone', 'organization', 'roles', 'offline_access'];
const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'];

interface Dependencies extends RegistryParts {
  readonly register: Pick<RelyingPartyRegister, 'findRelyingParty'>;
  readonly deeds: Pick<RelyingPartyDeeds, 'judge' | 'add' | 'change'>;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly showParty: ShowParty;
}

export type RegistrationHandlers = Readonly<
  Record<'showNew' | 'add' | 'showChange' | 'change' | 'check', RegistryHandler>
>;

interface Filled {
  readonly typed: TypedRegistration;
  readonly clientId?: string;
  readonly kept?: KeptRelyingParty | undefined;
  readonly errors?: readonly FieldError[];
  readonly changedMeanwhile?: boolean;
}

export function registrationHandlers(deps: Dependencies): RegistrationHandlers {
  const { csrf, deeds } = deps;
  const page = deps.views.page<PartyFormModel>(new URL('./registration.hbs', import.meta.url));

  async function show(ctx: RegistryContext, status: number, filled: Filled): Promise<void> {
    const { typed, kept, clientId = '', errors = [], changedMeanwhile = false } = filled;
    const { systems, categories } = await deps.catalogue.readCatalogue();
    const known = new Set(systems.map(({ id }) => id));
    const gone = typed.systems.filter((id) => !known.has(id)).map((id) => ({ id, name: id }));
    const path = kept ? hrefOf(kept.clientId, 'change') : `${partiesHref}/new`;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, path), {
      ...(await deps.frame.of(ctx.state, 'relying-parties')),
      csrf: csrf.issue(ctx.state.session.uid),
      action: path,
      checkAction: `${partiesHref}/check`,
      backHref: kept ? hrefOf(kept.clientId) : partiesHref,
      mode: kept ? 'change' : 'add',
      ...(kept && { clientId: kept.clientId }),
      typedClientId: clientId,
      revision: kept?.revision ?? 0,
      changedMeanwhile,
      typed,
      errors,
      systems: [...systems, ...gone].map(({ id, name }) => ({
        value: id,
        text: name,
        note: id,
        chosen: typed.systems.includes(id),
      })),
      scopes: optionsOf(scopes, typed.scopes),
      // A method of mutual TLS, which the configuration alone gives, stays what it is.
      methods: optionsOf(
        [...new Set([...methods, typed.token_endpoint_auth_method])],
        [typed.token_endpoint_auth_method],
      ),
      kinds: optionsOf(['web', 'native'], [typed.application_type]),
      requirements: optionsOf(['', 'certificate'], [typed.leastRequirement]),
      algorithms: optionsOf(['', 'RS256', 'ES256', 'PS256', 'EdDSA'], [typed.id_token_signed_response_alg]),
      apiScopes: optionsOf(apiScopes, typed.apiScopes),
      apiCategories: categories.map(({ id, name }) => ({
        value: id,
        text: name,
        note: id,
        chosen: typed.apiCategories.includes(id),
      })),
    });
  }

  async function get(ctx: RegistryContext): Promise<KeptRelyingParty> {
    const { id } = ctx.params as { id: string };
    const kept = await deps.register.findRelyingParty(id);
    if (!kept) throw new HufuError('not-found');
    return kept;
  }

  async function answer(
    ctx: RegistryContext,
    outcome: RegistrationOutcome,
    notice: 'added' | 'changed',
    filled: Filled,
  ): Promise<void> {
    if (!outcome.ok) return show(ctx, 422, { ...filled, errors: errorsOf(outcome.faults) });
    const { clientId, secret } = outcome;
    await deps.showParty(ctx, clientId, { notice, ...(secret !== undefined && { secret }) });
  }

  return {
    showNew: (ctx) => show(ctx, 200, { typed: emptyRegistration }),

    async add(ctx) {
      const { csrf: token, client_id: clientId, ...typed } = parseForm(ctx, addForm);
      csrf.check(ctx.state.session.uid, token);
      const outcome = await deeds.add(registrationOf(clientId.trim(), typed), contextOf(ctx));
      await answer(ctx, outcome, 'added', { typed, clientId });
    },

    async showChange(ctx) {
      const kept = await get(ctx);
      await show(ctx, 200, { typed: typedOf(kept.registration), kept });
    },

    async change(ctx) {
      const { csrf: token, revision, ...typed } = parseForm(ctx, changeForm);
      csrf.check(ctx.state.session.uid, token);
      const kept = await get(ctx);
      const meanwhile = () => show(ctx, 409, { typed, kept, changedMeanwhile: true });
      if (Number(revision) !== kept.revision) return meanwhile();
      try {
        const registration = registrationOf(kept.clientId, typed, kept.registration);
        await answer(ctx, await deeds.change(kept, registration, contextOf(ctx)), 'changed', { typed, kept });
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        const now = await get(ctx);
        await show(ctx, 409, { typed, kept: now, changedMeanwhile: true });
      }
    },

    /** What the form would be told if it were sent now; nothing is done. */
    async check(ctx) {
      const { csrf: token, revision: _, client_id: clientId = 'x', ...typed } = parseForm(ctx, checkForm);
      csrf.check(ctx.state.session.uid, token);
      const verdict = await deeds.judge(registrationOf(clientId.trim(), typed));
      ctx.body = formAnswer(ctx.state.language, { errors: verdict.ok ? [] : errorsOf(verdict.faults) });
    },
  };
}
