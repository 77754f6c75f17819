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
import {
  formatMarks,
  marksOf,
  mergeForm,
  readMarks,
  withStored,
  type Differences,
  type ShownMarks,
} from '../seen-form.ts';
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

const shownText = formText(4000).default('');
const addForm = z.strictObject({ csrf: formText(100), client_id: formText(1000), ...registrationFields });
const changeForm = z.strictObject({
  csrf: formText(100),
  revision: z.string().regex(/^[1-9]\d{0,14}$/),
  shown: shownText,
  ...registrationFields,
});
const checkForm = z.strictObject({
  csrf: formText(100),
  revision: formText(20).optional(),
  shown: shownText,
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
  /** What the form was filled with. */
  readonly shown?: ShownMarks;
  readonly errors?: readonly FieldError[];
  readonly differences?: Differences;
}

export function registrationHandlers(deps: Dependencies): RegistrationHandlers {
  const { csrf, deeds } = deps;
  const page = deps.views.page<PartyFormModel>(new URL('./registration.hbs', import.meta.url));

  async function show(ctx: RegistryContext, status: number, filled: Filled): Promise<void> {
    const { typed, kept, clientId = '', errors = [], shown = {}, differences } = filled;
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
      shown: formatMarks(shown),
      changedMeanwhile: differences !== undefined,
      ...(differences && { differences }),
      typed,
      errors,
      ...choicesOf(differences, {
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
      }),
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
      const typed = typedOf(kept.registration);
      await show(ctx, 200, { typed, kept, shown: marksOf(typed) });
    },

    async change(ctx) {
      const { csrf: token, revision, shown: marks, ...typed } = parseForm(ctx, changeForm);
      csrf.check(ctx.state.session.uid, token);
      const kept = await get(ctx);
      const shown = readMarks(marks);
      const meanwhile = (now: KeptRelyingParty) => {
        const stored = typedOf(now.registration);
        return show(ctx, 409, { ...mergeForm(shown, typed, stored), kept: now, shown: marksOf(stored) });
      };
      if (Number(revision) !== kept.revision) return meanwhile(kept);
      try {
        const registration = registrationOf(kept.clientId, typed, kept.registration);
        const outcome = await deeds.change(kept, registration, contextOf(ctx));
        await answer(ctx, outcome, 'changed', { typed, kept, shown });
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        await meanwhile(await get(ctx));
      }
    },

    /** What the form would be told if it were sent now; nothing is done. */
    async check(ctx) {
      const {
        csrf: token,
        revision: _revision,
        shown: _shown,
        client_id: clientId = 'x',
        ...typed
      } = parseForm(ctx, checkForm);
      csrf.check(ctx.state.session.uid, token);
      const verdict = await deeds.judge(registrationOf(clientId.trim(), typed));
      ctx.body = formAnswer(ctx.state.language, { errors: verdict.ok ? [] : errorsOf(verdict.faults) });
    },
  };
}

/** The field that each list of options stands in. */
const choiceFields = {
  systems: 'systems',
  scopes: 'scopes',
  methods: 'token_endpoint_auth_method',
  kinds: 'application_type',
  requirements: 'leastRequirement',
  algorithms: 'id_token_signed_response_alg',
  apiScopes: 'apiScopes',
  apiCategories: 'apiCategories',
} as const;
type Choices = Pick<PartyFormModel, keyof typeof choiceFields>;

function choicesOf(differences: Differences | undefined, options: Choices): Choices {
  const marked = Object.entries(choiceFields).map(([choice, field]) => [
    choice,
    withStored(options[choice as keyof Choices], differences?.[field]),
  ]);
  return Object.fromEntries(marked) as Choices;
}
