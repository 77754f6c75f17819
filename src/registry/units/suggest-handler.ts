/** `GET /registry/units?q=…`: what a field for an organisation suggests while one types. */
import { z } from 'zod';
import type { FindAccounts } from '#accounts/management/list-accounts.ts';
import type { RegistryHandler } from '../registry-session.ts';
import { organizationText } from './find-organization.ts';

const querySchema = z.object({ q: z.string().max(128).catch('') });

export function suggestOrganizations(registry: Pick<FindAccounts, 'searchOrganizations'>): RegistryHandler {
  return async function organizationSuggestions(ctx) {
    const text = querySchema.parse(ctx.query).q.normalize('NFKC').trim();
    const found = text === '' ? [] : await registry.searchOrganizations(ctx.state.actor, text);
    ctx.body = {
      suggestions: found.map((organization) => ({
        value: organizationText(organization),
        name: organization.name,
        note: organization.oid,
      })),
    };
  };
}
