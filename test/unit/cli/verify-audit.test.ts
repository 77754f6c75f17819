import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCheckpointFile } from '#adapters/records/checkpoint-file.ts';
import { openSqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { signCheckpoint } from '#audit/checkpoint.ts';
import { exportLines } from '#audit/export.ts';
import { readTrail } from '#audit/read-trail.ts';
import { createAuditTrail } from '#audit/trail.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import { main } from '#src/main.ts';
import { loadKeys } from '#src/compose/load-keys.ts';
import { createConfigFiles, minimal, type ConfigFiles } from '#test/support/config-files.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realClock as clock, realRandom as random } from '#test/support/real.ts';

let files: ConfigFiles;
let said: string;
beforeEach(() => {
  files = createConfigFiles();
  said = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => Boolean((said += String(text))));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  files[Symbol.dispose]();
});

/** An installation with three audited events and a checkpoint; also as an export. */
async function install() {
  const file = files.write('hufu.yaml', `${minimal}dataFolder: data\n`);
  const config = files.load([file]);
  const keys = await loadKeys(config, { clock, random });
  const log = createKeptLog();
  const records = await openSqliteRecords({
    file: path.join(config.dataFolder, 'records.sqlite'),
    clock,
    random,
    log,
    sealing: createKeyRing(keys.sealing, random),
  });
  const trail = createAuditTrail({ store: records.audit, clock, random, log });
  for (const revision of ['1', '2', '3']) {
    await trail.record({
      action: 'account.change',
      outcome: 'done',
      actor: 'system:command',
      evidence: { revision },
    });
  }
  const checkpoints = path.join(config.dataFolder, 'audit-checkpoints.jsonl');
  await createCheckpointFile(checkpoints).append(
    signCheckpoint(await records.audit.head(), clock.now(), keys.checkpoint),
  );
  const lines: string[] = [];
  for await (const line of exportLines(readTrail(records.audit))) lines.push(line);
  const exported = files.write('export.jsonl', `${lines.join('\n')}\n`);
  const jwk = { ...keys.checkpoint.key.export({ format: 'jwk' }), kid: keys.checkpoint.kid, d: undefined };
  const jwks = files.write('keys.json', JSON.stringify({ keys: [jwk] }));
  await trail.close();
  await records.close();
  return { file, config, lines, exported, checkpoints, jwks };
}

describe('of an installation', () => {
  test('a whole trail', async () => {
    const { file } = await install();
    expect(await main(['verify-audit', '--config', file])).toBe(0);
    expect(said).toContain('is whole: 3 entries, 1 checkpoints');
  });

  test('an entry altered in the database', async () => {
    const { file, config } = await install();
    using database = new DatabaseSync(path.join(config.dataFolder, 'records.sqlite'));
    database.exec('UPDATE audit_entries SET entry = replace(entry, \'"revision":"2"\', \'"revision":"9"\')');
    expect(await main(['verify-audit', '--config', file])).toBe(1);
    expect(said).toContain('NOT whole: hash at entry 2');
  });

  test('no trail, and nothing is made of it', async () => {
    const file = files.write('hufu.yaml', minimal);
    expect(await main(['verify-audit', '--config', file])).toBe(2);
    expect(said).toContain('no audit trail');
  });
});

describe('of an export', () => {
  test('whole, held against its checkpoints', async () => {
    const { exported, checkpoints, jwks } = await install();
    expect(
      await main(['verify-audit', '--export', exported, '--checkpoints', checkpoints, '--keys', jwks]),
    ).toBe(0);
    expect(said).toContain('3 entries, 1 checkpoints');
  });

  test('cut off at the end shows by the checkpoint alone', async () => {
    const { lines, checkpoints, jwks } = await install();
    const cut = files.write('cut.jsonl', lines.slice(0, 2).join('\n'));
    expect(await main(['verify-audit', '--export', cut])).toBe(0);
    expect(said).toContain('a cut-off end would not show');
    expect(await main(['verify-audit', '--export', cut, '--checkpoints', checkpoints, '--keys', jwks])).toBe(
      1,
    );
    expect(said).toContain('truncated at entry 3');
  });

  test('with an altered line', async () => {
    const { lines } = await install();
    const altered = files.write(
      'altered.jsonl',
      lines.join('\n').replace(String.raw`\"revision\":\"1\"`, String.raw`\"revision\":\"9\"`),
    );
    expect(await main(['verify-audit', '--export', altered])).toBe(1);
    expect(said).toContain('hash at entry 1');
  });

  test('that is not there, or whose checkpoints are not', async () => {
    const { exported } = await install();
    expect(await main(['verify-audit', '--export', 'none.jsonl'])).toBe(2);
    expect(await main(['verify-audit', '--export', exported, '--checkpoints', 'gone.jsonl'])).toBe(2);
    expect(said).toContain('no file gone.jsonl');
  });

  test('a checkpoint of another key', async () => {
    const { exported, checkpoints, jwks } = await install();
    const { kid } = JSON.parse(readFileSync(jwks, 'utf8')).keys[0];
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    writeFileSync(jwks, JSON.stringify({ keys: [{ ...other, kid }] }));
    expect(
      await main(['verify-audit', '--export', exported, '--checkpoints', checkpoints, '--keys', jwks]),
    ).toBe(1);
    expect(said).toContain('checkpoint-forged');
  });
});

test.each([[[]], [['--config', 'a.yaml', '--export', 'b.jsonl']]])(
  '%j is a wrong command line',
  async (options) => {
    expect(await main(['verify-audit', ...options])).toBe(2);
    expect(said).toContain('usage: hufu verify-audit');
  },
);
