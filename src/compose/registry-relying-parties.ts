/** Relying parties in the registration service, wired. */
import { createRelyingPartyDeeds, type JudgeRegistration } from '#administration/relying-party-deeds.ts';
import { judgeClient, readClient } from '#config/judge-client.ts';
import { relyingPartiesOf, relyingPartyOf } from '#config/relying-parties.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { KeptRelyingParty } from '#domain/relying-party-register.ts';
import { portalClientId } from '#portal/session/portal-session.ts';
import type { HubProvider } from '#provider/contract.ts';
import { isSelfRegistered } from '#provider/registration.ts';
import type { RegistryParts } from '#registry/registry-parts.ts';
import type { RegistryRoute } from '#registry/registry-routes.ts';
import { partyHandlers } from '#registry/relying-parties/party-handlers.ts';
import { registrationHandlers } from '#registry/relying-parties/registration-handlers.ts';
import { relyingPartyRoutes } from '#registry/relying-parties/routes.ts';
import type { Services } from './services.ts';

interface Dependencies {
  readonly services: Services;
  readonly provider: Pick<HubProvider, 'faultOf'>;
  readonly parts: RegistryParts;
}

const pageSize = 100;

export function composeRelyingPartyPages({
  services,
  provider,
  parts,
}: Dependencies): readonly RegistryRoute[] {
  const { config, directory, machine, sessionEnds, stores } = services;
  const { relyingParties: register, sessions } = stores.records;
  const { catalogue } = directory;

  async function revokeGrantsOf(clientId: string): Promise<void> {
    let after: string | undefined;
    for (;;) {
      const reaching = await sessions.listReaching(clientId, after, pageSize);
      for (const { sessionUid } of reaching) await sessionEnds.stored.revokeGrant(sessionUid, clientId);
      if (reaching.length < pageSize) return;
      after = reaching.at(-1)?.sessionUid;
    }
  }

  const deeds = createRelyingPartyDeeds({
    ...machine,
    register,
    audit: stores.audit,
    judge: judgeRegistration({ services, provider }),
    revokeGrantsOf,
  });
  const shared = { ...parts, register, deeds, catalogue };
  const parties = partyHandlers({
    ...shared,
    configured: relyingPartiesOf(config),
    partyOf: shownPartyOf,
    sessions,
    issuer: config.issuer,
  });
  return relyingPartyRoutes(parties, registrationHandlers({ ...shared, showParty: parties.showParty }));
}

/** Ids that stand for something else here, or in the addresses of the pages. */
function isReserved(clientId: string): boolean {
  return [portalClientId, 'new', 'check'].includes(clientId) || isSelfRegistered(clientId);
}

/** The schema and the rules of configured ones, then the library's. */
function judgeRegistration({ services, provider }: Omit<Dependencies, 'parts'>): JudgeRegistration {
  return async (registration) => {
    const { systems } = await services.directory.catalogue.readCatalogue();
    const verdict = judgeClient(
      services.config,
      registration,
      systems.map(({ id }) => id),
    );
    if (!verdict.ok) return verdict;
    const { client } = verdict;
    const reserved = isReserved(client.client_id);
    if (reserved) return { ok: false, faults: [{ key: 'client_id', expected: 'an identifier of its own' }] };
    const fault = provider.faultOf(relyingPartyOf(client));
    if (fault !== undefined) return { ok: false, faults: [{ key: '', expected: fault }] };
    const wantsSecret = client.token_endpoint_auth_method.startsWith('client_secret_');
    return { ok: true, clientId: client.client_id, registration: client, wantsSecret };
  };
}

/** One that no longer meets the schema is shown by its name, so that it can be mended. */
function shownPartyOf(registration: KeptRelyingParty['registration']): RelyingParty {
  try {
    return relyingPartyOf(readClient(registration));
  } catch {
    const { client_id: clientId, name } = registration;
    return {
      clientId: String(clientId),
      name: String(name),
      systems: [],
      firstParty: false,
      scopes: [],
      countsAsActivity: false,
      metadata: { redirect_uris: [] },
    };
  }
}
