import { describe, expect, test } from 'vitest';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { keyParty } from '#test/support/provider/key-client.ts';
import { openProviderWorld } from '#test/support/provider/provider-world.ts';
import { createSampleClient } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';
import { newClientKey } from '#test/support/provider/signed-jwt.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }] });

describe('who may use it', () => {
  test('without the configuration there is none, and discovery says nothing of it', async () => {
    const off = await openProviderWorld({ accounts: [account], relyingParties: [sampleRelyingParty('csm')] });
    const client = createSampleClient(off, 'csm');
    expect((await client.post('/oidc/device/auth', { scope: 'openid' })).status).toBe(404);
    expect((await off.newBrowser().fetch('/oidc/device')).status).toBe(404);
    const answer = await client.post('/oidc/token', { grant_type: grantType, device_code: 'x' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'unsupported_grant_type' }),
    ]);
    const metadata = await (await fetch(`${off.origin}/.well-known/openid-configuration`)).text();
    expect(metadata).not.toContain('device');
    await off.close();
  });

  test('with it discovery announces it', async () => {
    const world = await openProviderWorld({
      accounts: [account],
      relyingParties: [],
      provider: { deviceFlow: true },
    });
    const response = await fetch(`${world.origin}/.well-known/openid-configuration`);
    const metadata = (await response.json()) as { grant_types_supported: string[] };
    expect(metadata).toMatchObject({ device_authorization_endpoint: `${world.origin}/oidc/device/auth` });
    expect(metadata.grant_types_supported).toContain(grantType);
    await world.close();
  });

  test('a client that is not registered for it is refused', async () => {
    const other = await openProviderWorld({
      accounts: [account],
      relyingParties: [sampleRelyingParty('csm')],
      provider: { deviceFlow: true },
    });
    const answer = await createSampleClient(other, 'csm').post('/oidc/device/auth', { scope: 'openid' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_request' }),
    ]);
    await other.close();
  });

  test('a client of the device flow alone needs no redirect URI', async () => {
    const alone = { grant_types: [grantType], redirect_uris: [] };
    const world = await openProviderWorld({
      accounts: [account],
      relyingParties: [
        sampleRelyingParty('csm', {}, alone),
        // With pairwise subjects neither.
        keyParty('fms', undefined, newClientKey(), {
          ...alone,
          subject_type: 'pairwise',
          sector_identifier_uri: 'https://fms.example/',
          jwks: undefined,
          jwks_uri: 'https://fms.example/keys',
        }),
      ],
      provider: { deviceFlow: true },
    });
    const answer = await createSampleClient(world, 'csm').post('/oidc/device/auth', { scope: 'openid' });
    expect(answer.status).toBe(200);
    await world.close();
  });

  test('registering for it where it is off, or with FAPI 2.0, is refused at the start', async () => {
    const screen = sampleRelyingParty('csm', {}, { grant_types: [grantType], redirect_uris: [] });
    await expect(openProviderWorld({ accounts: [], relyingParties: [screen] })).rejects.toThrow(
      'grant_types',
    );
    await expect(
      openProviderWorld({ accounts: [], relyingParties: [{ ...screen, profile: 'fapi2' }] }),
    ).rejects.toThrow('no device flow');
  });
});
