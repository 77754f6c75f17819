/** Relying parties of the register at the protocol: their secrets, changes, disabling, and what is asked of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RelyingParty } from '#domain/relying-party.ts';
import { hashClientSecret, isKeptSecret } from '#provider/client-secrets.ts';
import { createKeptRelyingParties, type KeptRelyingParties } from '#provider/kept-relying-parties.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { createMemoryRelyingPartyRegister } from '#test/support/memory/relying-party-register.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { createSampleClient, type SampleClient } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty, secretOf } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount({ grants: [{ role: 'csm_user' }, { role: 'csm_user_nocert' }] });
const now = new Date();
const inMs = (ms: number) => new Date(now.getTime() + ms);
const secret = { hash: hashClientSecret(secretOf('csm')), createdAt: now };

/** A registration as it is kept: without its secret. */
function registrationOf(party: RelyingParty): Record<string, unknown> {
  const { client_secret: _, ...metadata } = party.metadata;
  return { ...party, metadata };
}

let register: ReturnType<typeof createMemoryRelyingPartyRegister>;
let kept: KeptRelyingParties;
let current: KeptRelyingParties;
let world: ProviderWorld;
let csm: SampleClient;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account],
    relyingParties: [sampleRelyingParty('configured', { systems: ['csm'] })],
    deps: {
      kept: {
        refresh: () => current.refresh(),
        find: (id) => current.find(id),
        secretsOf: (id) => current.secretsOf(id),
      },
    },
  });
});
afterAll(() => world.close());

beforeEach(async () => {
  register = createMemoryRelyingPartyRegister();
  kept = createKeptRelyingParties({
    register,
    partyOf: (registration) => {
      if (registration['metadata'] === undefined) throw new Error('malformed');
      return registration as unknown as RelyingParty;
    },
    log: createKeptLog(),
  });
  current = kept;
  await register.addRelyingParty(
    { clientId: 'csm', registration: registrationOf(sampleRelyingParty('csm')), secrets: [secret] },
    now,
  );
  await kept.refresh();
  csm = createSampleClient(world, 'csm');
  world.nextLogin = { accountId: account.id, level: 2 };
});

/** Status of a login from authorization to userinfo. */
async function logIn(client = csm): Promise<number> {
  const tokens = await client.logIn();
  return (await client.userinfo(tokens.access_token)).status;
}

describe('a relying party of the register', () => {
  test('logs people in by a secret of which the hash is kept', async () => {
    expect(await logIn()).toBe(200);
  });

  test('is refused with another secret, and with the hash itself', async () => {
    for (const wrong of ['x', secret.hash, `${secretOf('csm')} `]) {
      const answer = await fetch(new URL('/oidc/token', world.origin), {
        method: 'POST',
        headers: { Authorization: `Basic ${btoa(`csm:${encodeURIComponent(wrong)}`)}` },
        body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x' }),
      });
      expect(answer.status, wrong).toBe(401);
    }
  });

  test('lends its secrets to nobody of the same id who is configured by now', async () => {
    const other = { hash: hashClientSecret('of the one that was kept before'), createdAt: now };
    const registration = registrationOf(sampleRelyingParty('configured'));
    await register.addRelyingParty({ clientId: 'configured', registration, secrets: [other] }, now);
    await kept.refresh();
    const answerTo = async (given: string) => {
      const { status } = await fetch(new URL('/oidc/token', world.origin), {
        method: 'POST',
        headers: { Authorization: `Basic ${btoa(`configured:${encodeURIComponent(given)}`)}` },
        body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x' }),
      });
      return status;
    };
    // The code is none: who gets as far as that has proved who it is.
    expect(await answerTo(secretOf('configured'))).toBe(400);
    expect(await answerTo('of the one that was kept before')).toBe(401);
  });

  test('changes from the next request, in a process that is told by the register alone', async () => {
    const { answer } = await csm.authorize();
    expect(answer?.get('code')).toEqual(expect.any(String));
    const moved = sampleRelyingParty('csm', {}, { redirect_uris: ['https://csm.example/new'] });
    await register.changeRelyingParty('csm', 1, { registration: registrationOf(moved) }, now);
    await kept.refresh();
    const old = await csm.authorize();
    expect(old.answer).toBeUndefined();
    expect(old.response.status).toBe(400);
    const fresh = await csm.authorize(undefined, { redirect_uri: 'https://csm.example/new' });
    expect(fresh.answer?.get('code')).toEqual(expect.any(String));
  });

  test('once disabled has no logins and no tokens any more', async () => {
    const tokens = await csm.logIn();
    await register.changeRelyingParty('csm', 1, { enabled: false }, now);
    await kept.refresh();
    expect((await csm.userinfo(tokens.access_token)).status).toBe(401);
    expect((await csm.refresh(tokens.refresh_token ?? '')).status).toBe(401);
    expect((await csm.authorize()).response.status).toBe(400);
    const configured = createSampleClient(world, 'configured');
    expect(await configured.introspect(tokens.access_token)).toEqual({ active: false });
  });

  test('leaves configured ones as they are', async () => {
    expect(await logIn(createSampleClient(world, 'configured'))).toBe(200);
  });

  test('with a least login of its own asks for it, whatever roles admit', async () => {
    const strict = sampleRelyingParty('csm', { leastRequirement: 'certificate' });
    await register.changeRelyingParty('csm', 1, { registration: registrationOf(strict) }, now);
    await kept.refresh();
    const refused = await csm.authorize(undefined, { prompt: 'none' });
    expect(refused.answer?.get('code') ?? null).toBeNull();
    const asked = await csm.authorize();
    expect(await asked.response.json()).toMatchObject({
      prompt: { name: 'admission', details: { reason: 'certificate-required' } },
    });
    world.nextLogin = { accountId: account.id, level: 3 };
    expect(await logIn()).toBe(200);
  });
});

test('while a secret is replaced both are good, until its day', () => {
  const [one, two] = ['first secret', 'second secret'].map(hashClientSecret);
  const secrets = [
    { hash: two ?? '', createdAt: now },
    { hash: one ?? '', createdAt: now, until: inMs(1000) },
  ];
  expect(isKeptSecret('first secret', secrets, inMs(999))).toBe(true);
  expect(isKeptSecret('first secret', secrets, inMs(1000))).toBe(false);
  expect(isKeptSecret('second secret', secrets, inMs(1000))).toBe(true);
  expect(isKeptSecret('third', secrets, now)).toBe(false);
  expect(isKeptSecret('first secret', [], now)).toBe(false);
});

describe('what a process knows', () => {
  test('is read again when it has changed and not otherwise', async () => {
    const before = register.reads();
    await Promise.all(Array.from({ length: 20 }, () => kept.refresh()));
    expect(register.reads()).toBe(before);
    await register.changeRelyingParty('csm', 1, { enabled: false }, now);
    await Promise.all(Array.from({ length: 20 }, () => kept.refresh()));
    expect(register.reads()).toBe(before + 1);
    expect(kept.find('csm')).toBeUndefined();
  });

  test('lacks a registration that no longer meets the schema, and nothing else', async () => {
    await register.addRelyingParty({ clientId: 'odd', registration: {}, secrets: [] }, now);
    await kept.refresh();
    expect(kept.find('odd')).toBeUndefined();
    expect(kept.find('csm')).toMatchObject({ clientId: 'csm' });
  });
});

test('the library’s own faults of a registration come out in words', () => {
  const good = sampleRelyingParty('new');
  expect(world.provider.faultOf(good)).toBeUndefined();
  const faulty = sampleRelyingParty('new', {}, { backchannel_logout_uri: 'nowhere' });
  expect(world.provider.faultOf(faulty)).toContain('backchannel_logout_uri');
});
