import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHubWorld, type HubWorld } from '../support/hub/hub-world.ts';
import { authorizationRequest, signingIn, submitPassword } from '../support/hub/signing-in.ts';

let world: HubWorld;

const password = 'Correct-horse-7-battery';
const answerMilliseconds = 300;

beforeAll(async () => {
  world = await startHubWorld({
    login: {
      answerMilliseconds,
      captcha: { cost: 1 },
      lock: { failures: 5 },
      perAddress: { attempts: 100_000 },
    },
  });
});
afterAll(() => world.close());

test('known, unknown, locked, disabled and not opened accounts are refused at the same time, none sooner', async () => {
  const actor = { kind: 'system', purpose: 'command' } as const;
  const { accounts } = world.hub.services.directory;
  const known = await world.activePerson({ n: 1 }, password);
  const locked = await world.activePerson({ n: 2 }, password);
  const disabled = await world.activePerson({ n: 3 }, password);
  const unopened = await world.openPerson({ n: 4 });
  await accounts.modifyAccount(actor, disabled.account.id, disabled.account.revision, { status: 'disabled' });
  const at = signingIn(world);
  const form = await at.open(authorizationRequest(world, 'csm').url);
  const attempt = async (account: string) => {
    const page = { ...form };
    const startedAt = performance.now();
    await submitPassword(at, page, { account, password: 'Wrong-password-1', code: '12345678' });
    return performance.now() - startedAt;
  };
  for (let tries = 0; tries < 5; tries += 1) await attempt(locked.nationalId);

  const names = [known.nationalId, 'A800000014', locked.nationalId, disabled.nationalId, unopened.nationalId];
  // Above the slowest honest answer by configuration; how close the medians lie is a report of bench/.
  for (const name of names) expect(await attempt(name)).toBeGreaterThanOrEqual(answerMilliseconds);
});
