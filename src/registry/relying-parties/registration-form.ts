/** The form of a relying party's registration, and how it becomes one and is filled from one. */
import { z } from 'zod';
import type { Registration } from '#administration/relying-party-deeds.ts';
import { formList, formText } from '#http/form.ts';

const address = formText(2000);
const addresses = formText(20_000);
const box = z.literal('yes').optional();

export const registrationFields = {
  name: formText(1000),
  nameEn: formText(1000),
  systems: formList(100, 100),
  leastRequirement: formText(100),
  firstParty: box,
  scopes: formList(20, 100),
  /** The scope of its own that is asked for with a warning. */
  nationalId: box,
  application_type: formText(100),
  redirect_uris: addresses,
  post_logout_redirect_uris: addresses,
  backchannel_logout_uri: address,
  token_endpoint_auth_method: formText(100),
  jwks: formText(40_000),
  jwks_uri: address,
  id_token_signed_response_alg: formText(100),
  allowedOrigins: addresses,
  pairwise: box,
  sector: formText(300),
  countsAsActivity: box,
  apiScopes: formList(10, 100),
  apiScopeOid: formText(200).default(''),
  apiCategories: formList(200, 100),
};

const typed = z.object(registrationFields);
export type TypedRegistration = z.infer<typeof typed>;

export const emptyRegistration: TypedRegistration = {
  name: '',
  nameEn: '',
  systems: [],
  leastRequirement: '',
  scopes: ['openid', 'profile', 'organization', 'roles'],
  application_type: 'web',
  redirect_uris: '',
  post_logout_redirect_uris: '',
  backchannel_logout_uri: '',
  token_endpoint_auth_method: 'client_secret_basic',
  jwks: '',
  jwks_uri: '',
  id_token_signed_response_alg: '',
  allowedOrigins: '',
  sector: '',
  apiScopes: [],
  apiScopeOid: '',
  apiCategories: [],
};

/**
 * The registration that the form stands for. What the form does not ask for stays as `before` has it; `clientId` is
 * typed once, when it is added.
 */
export function registrationOf(
  clientId: string,
  form: TypedRegistration,
  before: Registration = {},
): Registration {
  const all: Record<string, unknown> = {
    ...before,
    client_id: clientId,
    name: form.name,
    nameEn: optional(form.nameEn),
    systems: form.systems,
    leastRequirement: optional(form.leastRequirement),
    firstParty: form.firstParty === 'yes',
    scopes: [...form.scopes, ...(form.nationalId === 'yes' ? [nationalIdScope] : [])],
    application_type: form.application_type,
    redirect_uris: lines(form.redirect_uris),
    post_logout_redirect_uris: lines(form.post_logout_redirect_uris),
    backchannel_logout_uri: optional(form.backchannel_logout_uri),
    token_endpoint_auth_method: form.token_endpoint_auth_method,
    jwks: keysIn(form.jwks),
    jwks_uri: optional(form.jwks_uri),
    id_token_signed_response_alg: optional(form.id_token_signed_response_alg),
    allowedOrigins: lines(form.allowedOrigins),
    subject_type: form.pairwise === 'yes' ? 'pairwise' : 'public',
    sector: optional(form.sector),
    countsAsActivity: form.countsAsActivity === 'yes',
    ...programOf(form, before),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The form filled from a registration. */
export function typedOf(registration: Registration): TypedRegistration {
  const text = (key: string) => (typeof registration[key] === 'string' ? registration[key] : '');
  const list = (key: string): string[] =>
    Array.isArray(registration[key]) ? registration[key].map(String) : [];
  const boxOf = (ticked: boolean) => (ticked ? ('yes' as const) : undefined);
  const { jwks } = registration;
  return {
    name: text('name'),
    nameEn: text('nameEn'),
    systems: list('systems'),
    leastRequirement: text('leastRequirement'),
    firstParty: boxOf(registration['firstParty'] === true),
    scopes: list('scopes').filter((scope) => scope !== nationalIdScope),
    nationalId: boxOf(list('scopes').includes(nationalIdScope)),
    application_type: text('application_type'),
    redirect_uris: list('redirect_uris').join('\n'),
    post_logout_redirect_uris: list('post_logout_redirect_uris').join('\n'),
    backchannel_logout_uri: text('backchannel_logout_uri'),
    token_endpoint_auth_method: text('token_endpoint_auth_method'),
    jwks: jwks === undefined ? '' : JSON.stringify(jwks, null, 2),
    jwks_uri: text('jwks_uri'),
    id_token_signed_response_alg: text('id_token_signed_response_alg'),
    allowedOrigins: list('allowedOrigins').join('\n'),
    pairwise: boxOf(registration['subject_type'] === 'pairwise'),
    sector: text('sector'),
    countsAsActivity: boxOf(registration['countsAsActivity'] === true),
    ...typedProgramOf(registration),
  };
}

const nationalIdScope = 'national_id';
const programGrant = 'client_credentials';
const personGrants = ['authorization_code', 'refresh_token'];

/** Rights at the API go with the grant for them; a program that nobody logs in to has no other. */
function programOf(
  form: TypedRegistration,
  { grant_types: held, api }: Registration,
): Record<string, unknown> {
  const before = Array.isArray(held) ? held.map(String) : personGrants;
  const others = before.filter((grant) => grant !== programGrant);
  const isAsked = form.apiScopes.length > 0 || form.apiScopeOid.trim() !== '';
  if (!isAsked) {
    const grants = others.length > 0 ? others : personGrants;
    return { api: undefined, grant_types: before.includes(programGrant) ? grants : held };
  }
  const warrant = keptRights.safeParse(api).data?.warrant;
  const isForPeople = form.systems.length > 0 || lines(form.redirect_uris).length > 0;
  const peoples = others.length > 0 ? others : personGrants;
  return {
    api: {
      scopes: form.apiScopes,
      scopeOid: form.apiScopeOid.trim(),
      categories: form.apiCategories,
      // No field of the form; what is registered stays.
      ...(warrant && { warrant }),
    },
    grant_types: [...(isForPeople ? peoples : []), programGrant],
  };
}

const keptRights = z.object({
  scopes: z.array(z.string()),
  scopeOid: z.string(),
  categories: z.array(z.string()).default([]),
  warrant: z.object({ form: z.string(), reason: z.string() }).optional(),
});

function typedProgramOf({ api }: Registration) {
  const { data } = keptRights.safeParse(api);
  return {
    apiScopes: data?.scopes ?? [],
    apiScopeOid: data?.scopeOid ?? '',
    apiCategories: data?.categories ?? [],
  };
}

function optional(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim();
}

function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What is no JSON stays the text that it is, which the schema refuses. */
function keysIn(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
