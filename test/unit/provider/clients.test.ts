import { describe, expect, test } from 'vitest';
import { clientMetadata } from '#provider/clients.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';

describe('clientMetadata', () => {
  test('takes over registration and metadata', () => {
    expect(clientMetadata(sampleRelyingParty('csm', { scopes: ['roles'] }))).toMatchObject({
      client_id: 'csm',
      client_name: 'CSM',
      scope: 'openid roles',
      redirect_uris: ['https://csm.example/callback'],
    });
  });

  test.each([
    'https://127.0.0.1/callback',
    'http://localhost:4001/callback',
    'http://127.0.0.1:4001/callback',
    'http://[::1]:4001/callback',
  ])('accepts %s', (uri) => {
    expect(() => clientMetadata(sampleRelyingParty('csm', {}, { redirect_uris: [uri] }))).not.toThrow();
  });

  test.each([
    'http://csm.example/callback',
    'http://127.0.0.1.evil.test/callback',
    'http://localhost.evil.test/callback',
    'https://csm.example/callback#fragment',
    'https://csm.example/callback#',
    'https://user@csm.example/callback',
    'https://*.example/callback',
    'javascript:alert(1)',
    'not a uri',
    7,
  ])('refuses %j as redirect and log-out URI', (uri) => {
    expect(() => clientMetadata(sampleRelyingParty('csm', {}, { redirect_uris: [uri] }))).toThrow(
      /csm: redirect_uris/,
    );
    expect(() => clientMetadata(sampleRelyingParty('csm', {}, { post_logout_redirect_uris: [uri] }))).toThrow(
      /csm: post_logout_redirect_uris/,
    );
  });

  test.each([
    { redirect_uris: [] },
    { response_types: ['token'] },
    { response_types: ['code id_token'] },
    { grant_types: ['implicit'] },
    { grant_types: ['password'] },
  ])('refuses %j', (metadata) => {
    expect(() => clientMetadata(sampleRelyingParty('csm', {}, metadata))).toThrow(/csm/);
  });
});
