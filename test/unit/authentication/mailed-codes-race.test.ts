import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMailedCodes } from '#authentication/mailed-codes.ts';
import { openSqliteProtocolStore } from '#adapters/protocol-store/open-sqlite-protocol-store.ts';
import type { AccountId } from '#domain/account.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { testSealing } from '#test/support/test-sealing.ts';

test('many right answers at the same moment: one is taken, and none of them counts as a wrong try', async () => {
  const clock = createSetClock();
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-codes-'));
  const file = path.join(folder, 'protocol.sqlite');
  const store = openSqliteProtocolStore({ file, synchronous: 'NORMAL', clock, log: createKeptLog() });
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  const codes = createMailedCodes({
    store: store.oneTime,
    counters: store.counters,
    sealing: testSealing,
    random: realRandom,
    clock,
    policy: { digits: 8, tries: 5, lifetimeMinutes: 30, resendSeconds: 60, perDay: 10 },
  });
  const person = 'aaaaaaaaaaaaaaaaaaaaaaaaaa' as AccountId;
  const first = await codes.issueForLogin(person, 'b');
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => codes.redeem(person, 'b', first.code)));
  expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
  const next = await codes.issueForLogin(person, 'b');
  expect(await codes.redeem(person, 'b', next.code)).toEqual({ ok: true });
});
