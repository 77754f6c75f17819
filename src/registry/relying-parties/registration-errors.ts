import type { RegistrationFault } from '#administration/relying-party-deeds.ts';
import type { FieldError } from '#pages/field-error.ts';

/** Words for a fault by the key that it is in; the form has its own names for some. */
const messages = {
  client_id: 'registry.parties.error.client_id',
  name: 'registry.parties.error.name',
  nameEn: 'registry.parties.error.name',
  systems: 'registry.parties.error.systems',
  scopes: 'registry.parties.error.scopes',
  redirect_uris: 'registry.parties.error.redirect_uris',
  post_logout_redirect_uris: 'registry.parties.error.addresses',
  backchannel_logout_uri: 'registry.parties.error.address',
  token_endpoint_auth_method: 'registry.parties.error.method',
  jwks: 'registry.parties.error.jwks',
  jwks_uri: 'registry.parties.error.jwks_uri',
  allowedOrigins: 'registry.parties.error.origins',
  sector: 'registry.parties.error.sector',
  api: 'registry.parties.error.api',
} as const;

type FormField = keyof typeof messages;

function isFormField(key: string): key is FormField {
  return Object.hasOwn(messages, key);
}

function fieldOf(key: FormField): string {
  return key === 'api' ? 'apiScopes' : key;
}

/** One error a field; a fault in what the form does not show is told for the form as a whole, in the rules' own words. */
export function errorsOf(faults: readonly RegistrationFault[]): readonly FieldError[] {
  const errors = faults.map(({ key, expected }): FieldError => {
    if (isFormField(key)) return { field: fieldOf(key), message: messages[key], code: 'R01' };
    const params = { key: key === '' ? 'registration' : key, expected };
    return { field: '', message: 'registry.parties.error.other', params, code: 'R02' };
  });
  return errors.filter(
    ({ field }, at) => field === '' || errors.findIndex((error) => error.field === field) === at,
  );
}
