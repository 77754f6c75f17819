import { describe, expect, test } from 'vitest';
import { readClient } from '#config/judge-client.ts';
import { emptyRegistration, registrationOf, typedOf } from '#registry/relying-parties/registration-form.ts';

const rights = { apiScopes: ['accounts.read'], apiScopeOid: ' 1.2.3 ', apiCategories: ['csm'] };
const program = { ...emptyRegistration, name: '人事', ...rights };

describe('the national ID', () => {
  const asking = { ...emptyRegistration, name: '系統', nationalId: 'yes' as const };

  test('is a scope that the form keeps apart, there and back', () => {
    const registration = registrationOf('x', asking);
    expect(registration['scopes']).toEqual([...emptyRegistration.scopes, 'national_id']);
    const back = typedOf(registration);
    expect(back.nationalId).toBe('yes');
    expect(back.scopes).toEqual(emptyRegistration.scopes);
    expect(registrationOf('x', { ...back, nationalId: undefined }, registration)['scopes']).toEqual(
      emptyRegistration.scopes,
    );
  });

  test('is not asked for unless it is ticked', () => {
    expect(registrationOf('x', emptyRegistration)['scopes']).not.toContain('national_id');
    expect(typedOf(registrationOf('x', emptyRegistration)).nationalId).toBeUndefined();
  });
});

describe('a program', () => {
  test('that nobody logs in to has its grant alone, and meets the schema', () => {
    const registration = registrationOf('hr', program);
    expect(registration).toMatchObject({
      grant_types: ['client_credentials'],
      api: { scopes: ['accounts.read'], scopeOid: '1.2.3', categories: ['csm'] },
    });
    expect(readClient(registration)).toMatchObject({ api: { scopeOid: '1.2.3' } });
  });

  test('that people log in to as well keeps their grants', () => {
    const { grant_types: grants } = registrationOf('hr', { ...program, systems: ['csm'] });
    expect(grants).toEqual(['authorization_code', 'refresh_token', 'client_credentials']);
  });

  test('comes back into the form, and without rights is none any more', () => {
    const registration = registrationOf('hr', program);
    expect(typedOf(registration)).toMatchObject({ ...rights, apiScopeOid: '1.2.3' });
    const ended = registrationOf('hr', emptyRegistration, registration);
    expect(ended).not.toHaveProperty('api');
    expect(ended['grant_types']).toEqual(['authorization_code', 'refresh_token']);
  });

  test('what else a registration is allowed stays', () => {
    const device = 'urn:ietf:params:oauth:grant-type:device_code';
    const kept = registrationOf('tv', emptyRegistration, { grant_types: [device] });
    expect(kept['grant_types']).toEqual([device]);
    expect(registrationOf('x', emptyRegistration)).not.toHaveProperty('grant_types');
    const warrant = { form: 'HR-7', reason: '人事同步' };
    const { api } = registrationOf('hr', program);
    const synced = registrationOf('hr', program, { api: { ...(api as object), warrant } });
    expect(readClient(synced)).toMatchObject({ api: { warrant } });
  });
});
