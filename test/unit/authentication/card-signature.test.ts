import { describe, expect, test } from 'vitest';
import { policyBase, testPolicy } from '#demo/pki/profiles.ts';
import { day } from '#demo/pki/mint-pki.ts';
import { openCardWorld, owner, type CardWorld } from './card-world.ts';

type Signing = (world: CardWorld, text: string) => string;

/** Issues a challenge, lets `signing` answer it, and judges that. */
async function judged(world: CardWorld, signing: Signing) {
  const { text } = await world.challenges.issue(owner);
  return world.verify(owner, signing(world, text));
}

describe('a card that signs the challenge', () => {
  test('is taken, with the evidence that the trail keeps', async () => {
    const world = openCardWorld();
    const card = world.issue();
    const result = await judged(world, (_, text) => world.sign(text, card));
    expect(result).toMatchObject({
      ok: true,
      evidence: {
        challenge: expect.stringMatching(/^[\w-]{43}$/),
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        path: expect.stringMatching(/^[0-9a-f]{64} [0-9a-f]{64}$/),
        revocation: expect.stringContaining('crl 2a 2026-03-02T01:00:00.000Z'),
      },
    });
    expect(result.ok && Buffer.compare(result.path.certificate.der, card.certificate)).toBe(0);
    expect(JSON.stringify(result.evidence)).not.toContain('王小明');
  });

  test.each([
    ['RSA, SHA-256', { issuer: 'g2', keyKind: 'rsa-2048', label: 'rsa' }, {}],
    ['RSA-PSS', { issuer: 'g2', keyKind: 'rsa-2048', label: 'rsa' }, { pss: true }],
    ['P-384, SHA-384', { issuer: 'g3', keyKind: 'p-384', label: 'p384' }, { hash: 'SHA384' }],
    ['nonce and card number', { issuer: 'g3', label: 'plain' }, { nonce: '1', cardNumber: 'CS1' }],
  ] as const)('by %s', async (_, { issuer, ...overrides }, more) => {
    const world = openCardWorld();
    const card = world.issue({ ...overrides, issuer: world.pki[issuer] });
    expect(await judged(world, (_w, text) => world.sign(text, card, more))).toMatchObject({ ok: true });
  });

  test('in lines, as some components send it', async () => {
    const world = openCardWorld();
    const signing: Signing = (_, text) => world.sign(text, world.issue()).replaceAll(/.{64}/g, '$&\r\n');
    expect(await judged(world, signing)).toMatchObject({ ok: true });
  });
});

describe('the challenge', () => {
  test('is used up by the first answer, good or bad', async () => {
    const world = openCardWorld();
    const { text } = await world.challenges.issue(owner);
    const signature = world.sign(text, world.issue());
    expect(await world.verify(owner, signature)).toMatchObject({ ok: true });
    expect(await world.verify(owner, signature)).toMatchObject({ ok: false, reason: 'no-challenge' });
    const { text: next } = await world.challenges.issue(owner);
    expect(await world.verify(owner, '!')).toMatchObject({ ok: false, reason: 'bad-signature' });
    expect(await world.verify(owner, world.sign(next, world.issue()))).toMatchObject({
      reason: 'no-challenge',
    });
  });

  test('of twenty answers at the same moment one is taken', async () => {
    const world = openCardWorld();
    const { text } = await world.challenges.issue(owner);
    const signature = world.sign(text, world.issue());
    const results = await Promise.all(Array.from({ length: 20 }, () => world.verify(owner, signature)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('signed after two minutes, or for another login, is refused', async () => {
    const world = openCardWorld();
    const { text } = await world.challenges.issue(owner);
    await world.clock.advance(120_000);
    const signature = world.sign(text, world.issue());
    expect(await world.verify(owner, signature)).toMatchObject({ reason: 'no-challenge' });
    await world.challenges.issue({ ...owner, binding: 'interaction-2' });
    const another = await world.challenges.issue(owner);
    const result = await world.verify(
      { ...owner, binding: 'interaction-2' },
      world.sign(another.text, world.issue()),
    );
    expect(result).toMatchObject({ ok: false, reason: 'foreign-challenge' });
  });

  test.each(['register', 'review'] as const)('signed to %s is no login', async (purpose) => {
    const world = openCardWorld();
    const { text } = await world.challenges.issue({ ...owner, purpose });
    await world.challenges.issue(owner);
    expect(await world.verify(owner, world.sign(text, world.issue()))).toMatchObject({
      ok: false,
      reason: 'foreign-challenge',
    });
  });

  test('a login’s is no registration', async () => {
    const world = openCardWorld();
    const { text } = await world.challenges.issue(owner);
    const result = await world.verify({ ...owner, purpose: 'register' }, world.sign(text, world.issue()));
    expect(result).toMatchObject({ ok: false, reason: 'no-challenge' });
  });

  test('of another client is refused', async () => {
    const world = openCardWorld();
    const { text } = await world.challenges.issue({ ...owner, clientId: 'fms' });
    expect(await world.verify(owner, world.sign(text, world.issue()))).toMatchObject({
      ok: false,
      reason: 'foreign-challenge',
    });
  });
});

describe('a message that is refused', () => {
  test.each<[string, string, string | undefined, Signing]>([
    ['no base64', 'bad-signature', 'not-base64', () => 'MIIB*'],
    ['nothing at all', 'bad-signature', 'not-base64', () => ''],
    ['no CMS', 'bad-signature', undefined, () => Buffer.from('not CMS').toString('base64')],
    ['too much', 'bad-signature', 'not-base64', () => 'A'.repeat(40_000)],
    [
      'foreign content',
      'foreign-challenge',
      'foreign-content',
      (world, text) => world.sign(text, world.issue(), { foreignContent: Buffer.from('other') }),
    ],
    [
      'detached content',
      'bad-signature',
      'detached-content',
      (world, text) => world.sign(text, world.issue(), { detached: true }),
    ],
    [
      'two signers',
      'bad-signature',
      'several-signers',
      (world, text) =>
        world.sign(text, world.issue(), { furtherSigners: [world.issue({ label: 'second signer' })] }),
    ],
    [
      'no signed attributes',
      'bad-signature',
      'no-signed-attributes',
      (world, text) => world.sign(text, world.issue(), { noSignedAttributes: true }),
    ],
    [
      'another digest',
      'bad-signature',
      'wrong-digest',
      (world, text) => world.sign(text, world.issue(), { messageDigest: Buffer.alloc(32) }),
    ],
    [
      'SHA-1',
      'weak-algorithm',
      'weak-algorithm',
      (world, text) => world.sign(text, world.issue(), { hash: 'SHA1' }),
    ],
    [
      'no certificate',
      'bad-signature',
      'no-certificate',
      (world, text) => world.sign(text, world.issue(), { certificates: [] }),
    ],
    [
      'a signature of somebody else’s key',
      'bad-signature',
      'wrong-signature',
      (world, text) => {
        const { privateKey } = world.issue({ label: 'somebody else' });
        return world.sign(text, { ...world.issue(), privateKey });
      },
    ],
  ])('%s: %s', async (_, reason, detail, signing) => {
    const world = openCardWorld();
    const result = await judged(world, signing);
    expect(result).toMatchObject({ ok: false, reason });
    if (detail !== undefined) expect(result.evidence['detail']).toContain(detail);
    expect(result.evidence['challenge']).toMatch(/^[\w-]{43}$/);
  });
});

describe('a certificate that is refused', () => {
  const at = new Date('2026-03-02T01:00:00.000Z');
  test.each<[string, string, (world: CardWorld) => ReturnType<CardWorld['issue']>]>([
    [
      'expired',
      'expired',
      (world) => world.issue({ label: 'expired', notAfter: new Date(at.getTime() - day) }),
    ],
    [
      'not yet valid',
      'not-yet-valid',
      (world) => world.issue({ label: 'early', notBefore: new Date(at.getTime() + day) }),
    ],
    ['for encryption', 'wrong-usage', (world) => world.issue({ label: 'encryption' }, 'encrypt')],
    [
      'of a level that is not enough',
      'wrong-policy',
      (world) => world.issue({ label: 'policy', policies: [`${policyBase}.1`] }),
    ],
    [
      'of a CA of the right name with another key',
      'untrusted',
      (world) => world.issue({ label: 'impostor', issuer: world.pki.impostor }),
    ],
    [
      'that names a CA of ours and is signed by another key',
      'untrusted',
      (world) => world.issue({ label: 'forged', signedBy: world.pki.impostor }),
    ],
  ])('%s: %s', async (_, reason, issue) => {
    const world = openCardWorld();
    const result = await judged(world, (_w, text) => world.sign(text, issue(world)));
    expect(result).toMatchObject({ ok: false, reason });
    expect(result.evidence['fingerprint']).toMatch(/^[0-9a-f]{64}$/);
  });

  test('of the test level', async () => {
    const world = openCardWorld();
    const policies = [`${policyBase}.3`, testPolicy];
    const card = world.issue({ label: 'test level', policies });
    expect(await judged(world, (_, text) => world.sign(text, card))).toMatchObject({
      reason: 'test-certificate',
    });
  });

  test.each([
    ['revoked', 'revoked', 'issuer-key-compromise'],
    ['unknown', 'revocation-unknown', 'crl-expired'],
  ] as const)('revocation %s: %s', async (revocation, reason, detail) => {
    const world = openCardWorld();
    world.revocation = revocation;
    const result = await judged(world, (_, text) => world.sign(text, world.issue()));
    expect(result).toMatchObject({ ok: false, reason, evidence: { detail } });
  });
});
