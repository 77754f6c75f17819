/** A second process on one database of records, for race and crash tests. Argument: the database file. */
import process from 'node:process';
import { openSqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { createAuditTrail } from '#audit/trail.ts';
import { createKeptLog } from './kept-log.ts';
import { realClock, realRandom } from './real.ts';
import { answerJobs } from './store-job.ts';
import { testSealing } from './test-sealing.ts';

const [, , file = ''] = process.argv;
const [clock, random, log] = [realClock, realRandom, createKeptLog()];
const { audit, outbox } = await openSqliteRecords({ file, clock, random, sealing: testSealing, log });
const trail = createAuditTrail({ store: audit, clock, random, log });

answerJobs(async ({ method, key, value = '' }, nth) => {
  if (method === 'claimDue') {
    const claimed = await outbox.claimDue('mail', new Date(), 1, new Date(Date.now() + 3_600_000));
    return claimed.map(({ id }) => id);
  }
  const event = {
    action: 'test.act',
    outcome: 'done',
    actor: 'system:command',
    form: `${key}-${nth}`,
  } as const;
  if (method === 'record') return trail.record({ ...event, personal: { address: value } });
  if (method === 'recordUntilKilled') {
    for (;;) process.send?.({ acknowledged: await trail.record(event) });
  }
  throw new Error(`not a job of the records: ${method}`);
});
