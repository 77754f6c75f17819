/** A second process on one protocol store, for race tests. Argument: the database file. */
import process from 'node:process';
import { openSqliteProtocolStore } from '#adapters/protocol-store/open-sqlite-protocol-store.ts';
import { createKeptLog } from './kept-log.ts';
import { realClock } from './real.ts';
import { answerJobs } from './store-job.ts';

const [, , file = ''] = process.argv;
const later = new Date(Date.now() + 3_600_000);
const { records, oneTime, counters } = openSqliteProtocolStore({
  file,
  synchronous: 'NORMAL',
  clock: realClock,
  log: createKeptLog(),
});

answerJobs(async ({ method, key, value = '' }) => {
  if (method === 'consume') return records.consume(key);
  if (method === 'replace') return records.replace(key, value, later);
  if (method === 'remove') return records.remove(key);
  if (method === 'take') return (await oneTime.take(key)) !== undefined;
  if (method === 'takeIfEqual') return oneTime.takeIfEqual(key, value);
  if (method === 'placeFirst') return oneTime.placeFirst(key, value, later);
  if (method === 'add') return (await counters.add(key, 1, later)).count;
  if (method === 'put') return records.put(key, value, later);
  throw new Error(`not a job of the protocol store: ${method}`);
});
