import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { loadConfig } from '#config/load.ts';
import { createLog } from '#src/compose/create-log.ts';
import { openServices } from '#src/compose/services.ts';
import { systemClock } from '#src/compose/system-clock.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { clientSecret, hubConfig } from '#test/support/hub/hub-world.ts';

const synchronousFull = 2;
const synchronousNormal = 1;

test('records and directory wait for the disk, the protocol store does not: on every connection of a hub', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-durability-'));
  const file = path.join(folder, 'hufu.yaml');
  writeFileSync(file, stringify(hubConfig(folder, 3000)));
  const config = loadConfig({ files: [file], environment: { CLIENT_SECRET: clientSecret }, cwd: folder });
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  const machine = { clock: systemClock, random: systemRandom, log: createLog(config.log) };
  const services = await openServices(config, machine);
  try {
    await services.prepare();
    const connections = [...new Set(exec.mock.contexts)].map((connection) => {
      if (!(connection instanceof DatabaseSync)) throw new Error('not a connection');
      const { synchronous } = connection.prepare('PRAGMA synchronous').get() ?? {};
      return [path.basename(connection.location() ?? ''), synchronous];
    });
    expect(new Map(connections.map(([name, level]) => [name, level]))).toEqual(
      new Map([
        ['protocol.sqlite', synchronousNormal],
        ['records.sqlite', synchronousFull],
        ['directory.sqlite', synchronousFull],
      ]),
    );
    expect(connections).toHaveLength(3);
  } finally {
    exec.mockRestore();
    await services.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
