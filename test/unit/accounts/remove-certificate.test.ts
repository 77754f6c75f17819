import { expect, test } from 'vitest';
import { createRemoveCertificate } from '#accounts/remove-certificate.ts';
import { HufuError } from '#domain/errors.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { createDeedWorld, type DeedWorld } from './deed-world.ts';

const context = { actor: 'person:a', address: '9.9.9.9' };
const [card, mobile] = [sampleBinding(), sampleBinding({ medium: 'mobile' })];
const official = sampleAccount({ revision: 4, certificates: [card, mobile] });

function removal(world: DeedWorld) {
  const remove = createRemoveCertificate({
    ...world,
    notices: { certificateRemoved: async () => world.note('mail') },
    policy: { freshMinutes: 5, fromOtherSessions: true },
  });
  return (account = official, key = card, level: 1 | 2 | 3 = 3, agoMs = 0) => {
    const loggedInAt = new Date(world.clock.now().getTime() - agoMs);
    return remove({ account, session: { level, loggedInAt } }, key, context);
  };
}

const outcomes = (world: DeedWorld) =>
  world.events().map(({ outcome, reason }) => (reason === undefined ? outcome : `${outcome} ${reason}`));

test('takes the certificate away, keeps it in history, and tells the person', async () => {
  const world = createDeedWorld();
  expect(await removal(world)()).toEqual({ ok: true, removed: card });
  expect(world.changes).toEqual([
    {
      certificates: [mobile],
      formerCertificates: [{ certificate: card, endedAt: world.clock.now(), reason: 'removed' }],
    },
  ]);
  expect(world.steps).toEqual(['audit intended', 'modify', 'mail']);
  expect(world.events()[0]).toMatchObject({
    action: 'certificate.remove',
    onAccount: sampleId('a'),
    evidence: { fingerprint: card.fingerprint, serial: card.serial, revision: '5' },
  });
});

test.each<[string, Parameters<ReturnType<typeof removal>>]>([
  ['certificate-needed', [official, card, 2]],
  ['too-long-ago', [official, card, 3, 300_001]],
  ['last-way-in', [{ ...official, certificates: [card] }]],
  ['not-registered', [official, sampleBinding()]],
])('is refused, audited once, and nothing is changed or mailed: %s', async (reason, call) => {
  const world = createDeedWorld();
  expect(await removal(world)(...call)).toEqual({ ok: false, reason });
  expect(outcomes(world)).toEqual([`refused ${reason}`]);
  expect(world.steps).toEqual([]);
});

test('an account that was changed meanwhile stays as it is', async () => {
  const world = createDeedWorld();
  world.failing = new HufuError('changed-meanwhile');
  expect(await removal(world)()).toEqual({ ok: false, reason: 'changed-meanwhile' });
  expect(world.steps).not.toContain('mail');
  world.failing = new HufuError('directory-unavailable');
  await expect(removal(world)()).rejects.toMatchObject({ code: 'directory-unavailable' });
});

test('without an audit trail nothing is taken away', async () => {
  const world = createDeedWorld();
  world.store.failing = new Error('disk full');
  await expect(removal(world)()).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(world.steps).toEqual([]);
});
