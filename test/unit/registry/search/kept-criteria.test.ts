import { expect, test } from 'vitest';
import { createKeptCriteria } from '#registry/search/kept-criteria.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { testSealing } from '#test/support/test-sealing.ts';

const personal = { name: '王小明', nationalId: 'A123456789' };

function world() {
  const placed = new Map<string, { value: string; expiresAt: Date }>();
  const clock = createSetClock();
  const kept = createKeptCriteria({
    store: {
      place: async (key, value, expiresAt) => void placed.set(key, { value, expiresAt }),
      peek: async (key) => {
        const found = placed.get(key);
        return found && found.expiresAt > clock.now() ? found.value : undefined;
      },
    },
    sealing: testSealing,
    random: realRandom,
    clock,
  });
  return { kept, placed, clock };
}

test('nothing to keep needs no token', async () => {
  expect(await world().kept.keep('u', { name: '', nationalId: '' })).toBeUndefined();
});

test('a token gives back what it stands for, in its own session and for a working day', async () => {
  const { kept, clock } = world();
  const token = (await kept.keep('u', personal)) ?? '';
  expect(await kept.recall('u', token)).toEqual(personal);
  expect(await kept.recall('other', token)).toBeUndefined();
  expect(await kept.recall('u', 'x')).toBeUndefined();
  clock.advance(11 * 3_600_000);
  expect(await kept.recall('u', token)).toBeUndefined();
});

test('what is kept cannot be read where it is kept', async () => {
  const { kept, placed } = world();
  await kept.keep('u', personal);
  const stored = JSON.stringify([...placed]);
  expect(stored).not.toContain('A123456789');
  expect(stored).not.toContain('王小明');
});
