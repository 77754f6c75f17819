import { describe, expect, test } from 'vitest';
import { auditedChange } from '#accounts/audited-change.ts';
import { errorStatus, HufuError, type ErrorCode } from '#domain/errors.ts';
import { auditEventOf } from '#test/support/audit-world.ts';
import { createDeedWorld } from './deed-world.ts';

const outcomes = (world: ReturnType<typeof createDeedWorld>) =>
  world.events().map(({ outcome, reason }) => (reason === undefined ? outcome : `${outcome} ${reason}`));

test('the intent is durable before the change, the outcome after it', async () => {
  const world = createDeedWorld();
  const result = await auditedChange(world.audit, auditEventOf(), async () => {
    expect(outcomes(world)).toEqual(['intended']);
    return 'result';
  });
  expect(result).toBe('result');
  expect(outcomes(world)).toEqual(['intended', 'done']);
  const [intent, done] = world.store.entries;
  expect(done?.index.settles).toBe(intent?.index.id);
});

test('without the intent there is no change', async () => {
  const world = createDeedWorld();
  world.store.failing = new Error('disk full');
  let changed = false;
  const act = auditedChange(world.audit, auditEventOf(), async () => {
    changed = true;
  });
  await expect(act).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(changed).toBe(false);
});

describe('a change that failed', () => {
  const definite = new Set<ErrorCode>(['changed-meanwhile', 'not-unique', 'not-found', 'not-permitted']);

  test.each(Object.keys(errorStatus) as ErrorCode[])('with %s', async (code) => {
    const world = createDeedWorld();
    const error = new HufuError(code);
    await expect(auditedChange(world.audit, auditEventOf(), () => Promise.reject(error))).rejects.toBe(error);
    // Only where the directory says so it is certain that nothing changed.
    expect(outcomes(world)).toEqual(definite.has(code) ? ['intended', `failed ${code}`] : ['intended']);
  });

  test('in a way nobody knows leaves the intent open', async () => {
    const world = createDeedWorld();
    const error = Object.assign(new Error('socket hang up'), { code: 'not-found' });
    await expect(auditedChange(world.audit, auditEventOf(), () => Promise.reject(error))).rejects.toBe(error);
    expect(outcomes(world)).toEqual(['intended']);
  });
});

test('an outcome that cannot be written fails, and leaves the intent open for reconciliation', async () => {
  const world = createDeedWorld();
  const act = auditedChange(world.audit, auditEventOf(), async () => {
    world.store.failing = new Error('disk full');
  });
  await expect(act).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(await world.store.openIntents(new Date(world.clock.now().getTime() + 1))).toHaveLength(1);
});
