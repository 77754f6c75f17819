/** A whole hub with a provisioning system that may do everything at one agency, as a client of SCIM sees it. */
import { officialSchemaId, userSchemaId } from '#api/scim/user-schema.ts';
import { putOrganizations, root } from '../hub/account-forms.ts';
import { clientConfig, clientSecret, startHubWorld, type HubWorld } from '../hub/hub-world.ts';
import { sampleNationalId } from '../hub/sample-people.ts';

export type Json = Record<string, unknown>;

export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where there is none. */
  readonly body: Json;
}

export interface ScimHub {
  readonly world: HubWorld;
  /** `path` is below /scim/v2. Form and reason are those of the registration, as of clients that send no headers of their own. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ScimAnswer>;
  close(): Promise<void>;
}

export const agencyOid = root;
export const unitOid = `${root}.20012`;
export const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const scopes = ['accounts.read', 'accounts.write', 'accounts.remove', 'roles.write'];

export async function startScimHub(): Promise<ScimHub> {
  const world = await startHubWorld({
    clients: [
      clientConfig('provisioning', [], {
        grant_types: ['client_credentials'],
        redirect_uris: [],
        post_logout_redirect_uris: [],
        api: {
          scopeOid: root,
          categories: ['csm'],
          scopes,
          warrant: { form: 'HR-7', reason: '人事系統同步' },
        },
      }),
      clientConfig('csm', ['csm']),
    ],
  });
  await putOrganizations(world);
  const token = await tokenOf(world);
  return {
    world,
    async call(method, path, body, headers = {}) {
      const response = await fetch(new URL(`/scim/v2${path}`, world.origin), {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          Accept: 'application/scim+json',
          ...(body !== undefined && { 'Content-Type': 'application/scim+json; charset=utf-8' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const parsed = JSON.parse(text || '{}') as Json;
      return { status: response.status, headers: response.headers, text, body: parsed };
    },
    close: () => world.close(),
  };
}

async function tokenOf(world: HubWorld): Promise<string> {
  const response = await fetch(new URL('/oidc/token', world.origin), {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`provisioning:${encodeURIComponent(clientSecret)}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }),
  });
  const { access_token: token } = (await response.json()) as Json;
  return String(token);
}

/** What this domain needs of everybody beside what a provisioning system sends: the extension, for the `n`th sample person. */
export function official(n: number): Json {
  return {
    [officialSchemaId]: {
      nationalId: sampleNationalId(n),
      birthday: '0301',
      agency: { oid: agencyOid },
      unit: { oid: unitOid },
    },
  };
}

export const schemaIds = [userSchemaId, officialSchemaId] as const;

export function patchOf(...Operations: readonly Json[]): Json {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations };
}

/** The resources of a list. */
export function resourcesOf({ body }: Pick<ScimAnswer, 'body'>): readonly Json[] {
  const { Resources } = body;
  return Array.isArray(Resources) ? (Resources as Json[]) : [];
}
