/** Files to take away: the template, the lines to be mended, the accounts that were opened. */
import type { AccountImports } from '#accounts/import/account-imports.ts';
import { scopeOf } from '#domain/actor.ts';
import type { CatalogueDirectory, Organization, OrganizationDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import type { Oid } from '#domain/oid.ts';
import { mayGive } from '#domain/permission.ts';
import { workbookType } from '#http/table/write-workbook.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { getJob } from './job-handlers.ts';
import { correctionsCsv, correctionsWorkbook, openedCsv } from './result-files.ts';
import { csvTemplate, workbookTemplate, type TemplateFacts } from './template-files.ts';

interface Dependencies {
  readonly imports: Pick<AccountImports, 'find' | 'takeOut'>;
  readonly organizations: Pick<OrganizationDirectory, 'findOrganization' | 'listOrganizations'>;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
}

/** A manager with more units looks the others up on the page of one account. */
const mostUnits = 1000;

export type FileHandlers = Readonly<Record<'template' | 'corrections' | 'opened', RegistryHandler>>;

export function fileHandlers(deps: Dependencies): FileHandlers {
  const { imports, organizations } = deps;

  /** The manager's jurisdiction and what lies below it, level by level; nothing for programme officers, who have all. */
  async function unitsOf({ state: { actor } }: RegistryContext): Promise<readonly Organization[]> {
    const scope = scopeOf(actor);
    if (scope.kind !== 'subtree') return [];
    const root = await organizations.findOrganization(actor, scope.root);
    const units: Organization[] = root ? [root] : [];
    const parents: Oid[] = [scope.root];
    for (let parent = parents.shift(); parent && units.length < mostUnits; parent = parents.shift()) {
      const below = await organizations.listOrganizations(actor, parent);
      units.push(...below.slice(0, mostUnits - units.length));
      parents.push(...below.map(({ oid }) => oid));
    }
    return units;
  }

  async function templateFacts(ctx: RegistryContext): Promise<TemplateFacts> {
    const catalogue = await deps.catalogue.readCatalogue();
    const roles = catalogue.categories.flatMap((category) => category.roles);
    const role = roles.find(({ code }) => mayGive(ctx.state.actor, catalogue, code).ok)?.code;
    return { units: await unitsOf(ctx), role };
  }

  return {
    async template(ctx) {
      const { language } = ctx.state;
      const facts = await templateFacts(ctx);
      const isWorkbook = formatOf(ctx) === 'xlsx';
      const body = isWorkbook ? workbookTemplate(language, facts) : csvTemplate(language, facts);
      sendFile(ctx, 'officials', body);
    },

    async corrections(ctx) {
      const job = await getJob(deps, ctx);
      const isWorkbook = formatOf(ctx) === 'xlsx';
      const lines = await imports.takeOut(job.id, 'faulty', contextOf(ctx), ctx.state.stillMay);
      const write = isWorkbook ? correctionsWorkbook : correctionsCsv;
      sendFile(ctx, 'to-be-mended', write(lines, ctx.state.language));
    },

    async opened(ctx) {
      const job = await getJob(deps, ctx);
      const lines = await imports.takeOut(job.id, 'opened', contextOf(ctx), ctx.state.stillMay);
      sendFile(ctx, 'opened', openedCsv(lines, ctx.state.language));
    },
  };
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: workbookType,
} as const;

function formatOf(ctx: RegistryContext): keyof typeof types {
  const { format = 'csv' } = ctx.params as { readonly format?: string };
  if (format !== 'csv' && format !== 'xlsx') throw new HufuError('not-found');
  return format;
}

function sendFile(ctx: RegistryContext, name: string, body: unknown): void {
  const format = formatOf(ctx);
  ctx.body = body;
  ctx.attachment(`${name}.${format}`);
  ctx.type = types[format];
}
