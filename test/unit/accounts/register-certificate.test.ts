import { describe, expect, test } from 'vitest';
import { createRegisterCertificate, type SignedProof } from '#accounts/register-certificate.ts';
import { certificateEvidence } from '#certificates/certificate-evidence.ts';
import { presentedCertificate } from '#certificates/presented-certificate.ts';
import type { ValidPath } from '#certificates/verdict.ts';
import type { Account } from '#domain/account.ts';
import { HufuError } from '#domain/errors.ts';
import { sealingContext } from '#domain/sealing.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { sampleHolder, samplePath } from '#test/support/valid-paths.ts';
import { createDeedWorld, type DeedWorld } from './deed-world.ts';

const context = { actor: 'person:a', address: '9.9.9.9' };
const nationalId = testSealing.seal('A123456789', sealingContext('national-id', sampleId('a')));
const official = (changes: Partial<Account> = {}) =>
  sampleAccount({ revision: 4, nationalId, certificates: [], ...changes });
const path = samplePath();
const signed =
  (of: ValidPath = path) =>
  async (): Promise<SignedProof<'revoked'>> => ({
    ok: true,
    path: of,
    evidence: { challenge: 'digest', ...certificateEvidence(of) },
  });

function registration(world: DeedWorld, bound?: Account) {
  const register = createRegisterCertificate({
    ...world,
    accounts: { ...world.accounts, findAccountByCertificate: async () => bound },
    notices: { certificateRegistered: async () => world.note('mail') },
    sealing: testSealing,
    policy: { freshMinutes: 5, fromOtherSessions: false },
  });
  return (account = official(), prove = signed(), level: 1 | 2 | 3 = 2) =>
    register({ account, session: { level, loggedInAt: world.clock.now() } }, prove, context);
}

const refusal = (world: DeedWorld) => world.events().map(({ outcome, reason }) => `${outcome} ${reason}`);

test('binds the certificate of the person, with its DER, under the revision that was seen', async () => {
  const world = createDeedWorld();
  const { der, lastFour: _, ...facts } = presentedCertificate(path);
  const binding = { ...facts, registeredAt: world.clock.now() };
  expect(await registration(world)()).toStrictEqual({ ok: true, binding, replaced: [] });
  expect(world.changes).toStrictEqual([
    { certificates: [binding], formerCertificates: [], newCertificates: [der] },
  ]);
  expect(world.steps).toEqual(['audit intended', 'modify', 'mail']);
});

test('is audited with what it rests on, and nothing that tells of the person', async () => {
  const world = createDeedWorld();
  await registration(world)();
  const [intent, done] = world.events();
  expect([intent?.outcome, done?.outcome]).toEqual(['intended', 'done']);
  expect(intent).toMatchObject({
    action: 'certificate.register',
    onAccount: sampleId('a'),
    evidence: {
      challenge: 'digest',
      fingerprint: path.certificate.fingerprint,
      path: `${path.path[1]?.keyId} ${path.anchor.keyId}`,
      medium: 'card',
      revision: '5',
    },
  });
  expect(JSON.stringify(world.events())).not.toMatch(/王小明|A123456789|0012345678901234/);
});

test('a renewed card ends the one before, which the trail names', async () => {
  const world = createDeedWorld();
  const old = sampleBinding();
  const result = await registration(world)(official({ certificates: [old] }), signed(), 3);
  expect(result).toMatchObject({ ok: true, replaced: [old] });
  expect(world.changes[0]?.formerCertificates).toEqual([
    { certificate: old, endedAt: world.clock.now(), reason: 'replaced' },
  ]);
  expect(world.events()[0]?.evidence).toMatchObject({ replaced: old.fingerprint });
});

describe('is refused, audited once, and nothing is changed or mailed', () => {
  const holder = (changes: Partial<typeof sampleHolder>) =>
    signed(samplePath({ ...sampleHolder, ...changes }));
  const company = { organisation: '示範公司', businessNumber: '12345678' };

  test.each<[string, Parameters<ReturnType<typeof registration>>]>([
    ['certificate-needed', [official(), signed(), 1]],
    ['certificate-needed', [official({ certificates: [sampleBinding()] }), signed(), 2]],
    ['revoked', [official(), async () => ({ ok: false, reason: 'revoked', evidence: { detail: 'x' } })]],
    ['not-enabled', [official({ status: 'disabled' })]],
    ['not-a-person', [official(), signed(samplePath(company))]],
    ['other-holder', [official(), holder({ lastFour: '1111' })]],
    ['name-mismatch', [official(), holder({ name: '王大明' })]],
    [
      'already-registered',
      [official({ certificates: [{ ...sampleBinding(), ...keyOf(path) }] }), signed(), 3],
    ],
  ])('%s', async (reason, call) => {
    const world = createDeedWorld();
    expect(await registration(world)(...call)).toEqual({ ok: false, reason });
    expect(refusal(world)).toEqual([`refused ${reason}`]);
    expect(world.steps).toEqual([]);
  });

  test('bound-elsewhere, with whose it is', async () => {
    const world = createDeedWorld();
    const result = await registration(world, official({ id: sampleId('b') }))();
    expect(result).toEqual({ ok: false, reason: 'bound-elsewhere' });
    expect(refusal(world)).toEqual(['refused bound-elsewhere']);
    expect(world.events()[0]?.evidence).toMatchObject({
      boundTo: sampleId('b'),
      fingerprint: path.certificate.fingerprint,
    });
    expect(world.steps).toEqual([]);
  });
});

test('a session that may not asks for no signature: the challenge is not used up', async () => {
  let asked = false;
  const prove = async () => {
    asked = true;
    return signed()();
  };
  await registration(createDeedWorld())(official(), prove, 1);
  expect(asked).toBe(false);
});

test('a name that differs is kept for the manager, apart from the chain', async () => {
  const world = createDeedWorld();
  await registration(world)(official(), signed(samplePath({ ...sampleHolder, name: '王大明' })));
  expect(JSON.stringify(world.store.entries[0]?.entry)).not.toMatch(/王/);
  expect(world.store.entries[0]?.personal).toMatchObject({
    'before.name': { value: '王小明' },
    'after.name': { value: '王大明' },
  });
});

test.each([
  ['not-unique', 'bound-elsewhere'],
  ['changed-meanwhile', 'changed-meanwhile'],
] as const)('the directory has the last word: %s', async (code, reason) => {
  const world = createDeedWorld();
  world.failing = new HufuError(code);
  expect(await registration(world)()).toEqual({ ok: false, reason });
  expect(refusal(world)).toEqual(['intended undefined', `failed ${code}`]);
  expect(world.steps).toEqual(['audit intended', 'modify']);
});

test('what nobody expected is not taken for an answer', async () => {
  const world = createDeedWorld();
  world.failing = new HufuError('directory-unavailable');
  await expect(registration(world)()).rejects.toMatchObject({ code: 'directory-unavailable' });
  expect(world.steps).not.toContain('mail');
});

test('without an audit trail nothing is registered, and no refusal goes unrecorded', async () => {
  const world = createDeedWorld();
  world.store.failing = new Error('disk full');
  const unavailable = { code: 'store-unavailable' };
  await expect(registration(world)()).rejects.toMatchObject(unavailable);
  await expect(registration(world)(official(), signed(), 1)).rejects.toMatchObject(unavailable);
  expect(world.steps).toEqual([]);
});

function keyOf(of: ValidPath) {
  const { issuerKeyId, serial } = presentedCertificate(of);
  return { issuerKeyId, serial };
}
