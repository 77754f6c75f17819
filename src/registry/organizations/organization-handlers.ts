/** Organisations for programme officers: the tree by OID, a search, adding and renaming. */
import { z } from 'zod';
import type {
  OrganizationDeeds,
  OrganizationFault,
  OrganizationOutcome,
  TypedOrganization,
} from '#administration/organization-deeds.ts';
import type { Organization, OrganizationDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { isStrictlyUnder, parseOid, type Oid } from '#domain/oid.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import type { RegistryParts } from '../registry-parts.ts';
import { marksOf, mergeForm, type Differences } from '../seen-form.ts';
import type {
  OrganizationFormModel,
  OrganizationListModel,
  ShownOrganization,
} from './organizations-model.ts';

// Not `code`, which in all forms is something secret.
const typedFields = { name: formText(1000), agencyCode: formText(1000) };
const addForm = z.strictObject({ csrf: formText(100), oid: formText(1000), ...typedFields });
const changeForm = z.strictObject({
  csrf: formText(100),
  seenName: formText(1000),
  seenCode: formText(1000),
  ...typedFields,
});
const querySchema = z.object({
  q: z.string().max(200).default('').catch(''),
  under: z.string().max(128).optional().catch(undefined),
  done: z.enum(['added', 'changed']).optional().catch(undefined),
});

const listHref = '/registry/organizations';
const mostShown = 100;

interface Dependencies extends RegistryParts {
  readonly organizations: OrganizationDirectory;
  readonly deeds: OrganizationDeeds;
  /** Where the tree begins. */
  readonly root: Oid;
}

export type OrganizationHandlers = Readonly<
  Record<'list' | 'showNew' | 'add' | 'show' | 'change', RegistryHandler>
>;

interface Filled {
  readonly typed: TypedOrganization;
  /** What the form was made from; absent where it is added. */
  readonly seen?: Organization | undefined;
  readonly errors?: readonly FieldError[];
  readonly differences?: Differences;
}

export function organizationHandlers(deps: Dependencies): OrganizationHandlers {
  const { csrf, organizations, deeds, root } = deps;
  const listPage = deps.views.page<OrganizationListModel>(new URL('./list.hbs', import.meta.url));
  const formPage = deps.views.page<OrganizationFormModel>(new URL('./organization.hbs', import.meta.url));

  async function showForm(ctx: RegistryContext, status: number, filled: Filled): Promise<void> {
    const { typed, seen, errors = [], differences } = filled;
    const action = seen ? `${listHref}/${seen.oid}` : `${listHref}/new`;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = formPage(viewOf(ctx, action), {
      ...(await deps.frame.of(ctx.state, 'organizations')),
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      mode: seen ? 'change' : 'add',
      action,
      backHref: listHref,
      changedMeanwhile: differences !== undefined,
      ...(differences && { differences }),
      typed,
      seen: { name: seen?.name ?? '', code: seen?.code ?? '' },
    });
  }

  async function get(ctx: RegistryContext): Promise<Organization> {
    const oid = parseOid((ctx.params as { oid: string }).oid);
    const found = oid && (await organizations.findOrganization(ctx.state.actor, oid));
    if (!found) throw new HufuError('not-found');
    return found;
  }

  async function finish(
    ctx: RegistryContext,
    outcome: OrganizationOutcome,
    done: 'added' | 'changed',
    filled: Filled,
  ): Promise<void> {
    if (!outcome.ok) return showForm(ctx, 422, { ...filled, errors: outcome.faults.map(errorOf) });
    const { oid } = outcome.organization;
    ctx.status = 303;
    ctx.redirect(`${listHref}?done=${done}&q=${oid}`);
  }

  return {
    async list(ctx) {
      const { q, under: asked, done } = querySchema.parse(ctx.query);
      const text = q.trim();
      const under = (asked !== undefined && parseOid(asked)) || root;
      const { actor } = ctx.state;
      const found =
        text === ''
          ? await organizations.listOrganizations(actor, under)
          : await organizations.searchOrganizations(actor, text, mostShown + 1);
      const here = text === '' ? await organizations.findOrganization(actor, under) : undefined;
      const query = text === '' ? `under=${under}` : `q=${encodeURIComponent(text)}`;
      ctx.type = 'html';
      ctx.body = listPage(viewOf(ctx, `${listHref}?${query}`), {
        ...(await deps.frame.of(ctx.state, 'organizations')),
        text,
        under,
        ...(here && { underName: here.name }),
        ...(isStrictlyUnder(under, root) && { aboveHref: belowHref(parentOf(under)) }),
        organizations: (text === '' ? found : found.slice(0, mostShown)).map(shown),
        more: text !== '' && found.length > mostShown,
        newHref: `${listHref}/new?under=${under}`,
        ...(done && { notice: done }),
      });
    },

    showNew(ctx) {
      const { under } = querySchema.parse(ctx.query);
      const oid = under !== undefined && parseOid(under) ? `${under}.` : '';
      return showForm(ctx, 200, { typed: { oid, name: '', code: '' } });
    },

    async add(ctx) {
      const { csrf: token, agencyCode: code, ...fields } = parseForm(ctx, addForm);
      csrf.check(ctx.state.session.uid, token);
      const typed = { ...fields, code };
      await finish(ctx, await deeds.add(ctx.state.actor, typed, contextOf(ctx)), 'added', { typed });
    },

    async show(ctx) {
      const seen = await get(ctx);
      await showForm(ctx, 200, { typed: { ...seen, code: seen.code ?? '' }, seen });
    },

    async change(ctx) {
      const { csrf: token, seenName, seenCode, name, agencyCode: code } = parseForm(ctx, changeForm);
      csrf.check(ctx.state.session.uid, token);
      const { oid } = await get(ctx);
      const typed = { oid, name, code };
      const seen = { oid, name: seenName, ...(seenCode !== '' && { code: seenCode }) };
      try {
        const outcome = await deeds.change(ctx.state.actor, seen, typed, contextOf(ctx));
        await finish(ctx, outcome, 'changed', { typed, seen });
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        const now = await get(ctx);
        const merged = mergeForm(marksOf(textsOf(seen)), textsOf(typed), textsOf(now));
        const { name: mergedName, agencyCode } = merged.typed;
        const { differences } = merged;
        await showForm(ctx, 409, {
          typed: { oid, name: mergedName, code: agencyCode },
          seen: now,
          differences,
        });
      }
    },
  };
}

/** By the names of the fields. */
function textsOf({ name, code = '' }: { readonly name: string; readonly code?: string }) {
  return { name, agencyCode: code };
}

function shown({ oid, name, code }: Organization): ShownOrganization {
  return {
    oid,
    name,
    ...(code !== undefined && { code }),
    href: `${listHref}/${oid}`,
    belowHref: belowHref(oid),
  };
}

function belowHref(oid: string): string {
  return `${listHref}?under=${oid}`;
}

function parentOf(oid: Oid): string {
  return oid.slice(0, oid.lastIndexOf('.'));
}

function errorOf(fault: OrganizationFault): FieldError {
  const messages = {
    oid: 'registry.organizations.error.oid',
    'oid-taken': 'registry.organizations.error.oid-taken',
    name: 'registry.organizations.error.name',
    code: 'registry.organizations.error.code',
  } as const;
  const fields = { oid: 'oid', 'oid-taken': 'oid', name: 'name', code: 'agencyCode' } as const;
  return { field: fields[fault], message: messages[fault], code: 'R05' };
}
