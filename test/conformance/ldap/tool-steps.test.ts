import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slapdAvailable, startSlapd } from '#test/support/slapd.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import { toolSteps } from './tool-steps.ts';
import { ldapi, runTool, toolsAvailable, type Ran } from './tools.ts';

interface Server {
  readonly socketPath: string;
  readonly baseDn: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
}

async function runSteps(server: Server): Promise<Ran[]> {
  const results: Ran[] = [];
  const as = { dn: server.serviceDn, password: server.servicePassword };
  for (const { tool, args, input } of toolSteps) {
    const { status, output } = await runTool(tool, ldapi(server.socketPath), as, args(server.baseDn), {
      input: input(server.baseDn),
    });
    results.push({ status, output: comparable(output) });
  }
  return results;
}

/** Entries and the lines in them in an order of their own: LDAP promises none. */
function comparable(output: string): string {
  const entries = output
    .split('\n\n')
    .map((entry) =>
      entry
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('modifying') && !line.startsWith('#')),
    )
    .map(([dn = '', ...lines]) => [dn, ...lines.sort()].join('\n'));
  return entries.sort().join('\n\n');
}

describe.skipIf(!toolsAvailable())('LDAP by the tools', () => {
  let embedded: Awaited<ReturnType<typeof startEmbeddedServer>>;
  let slapd: Awaited<ReturnType<typeof startSlapd>> | undefined;
  let onEmbedded: Ran[] = [];
  let onSlapd: Ran[] = [];

  beforeAll(async () => {
    embedded = await startEmbeddedServer();
    onEmbedded = await runSteps(embedded);
    if (!slapdAvailable()) return;
    slapd = await startSlapd();
    onSlapd = await runSteps(slapd);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([embedded?.close(), slapd?.close()]);
  });

  test.each(toolSteps.map(({ name, code }, index) => ({ name, code, index })))(
    '$index $name: embedded answers $code',
    ({ code, index }) => {
      expect(onEmbedded[index]?.status).toBe(code);
    },
  );

  describe.skipIf(!slapdAvailable())('as slapd does', () => {
    test.each(toolSteps.map(({ name }, index) => ({ name, index })))('$index $name', ({ index }) => {
      expect(onEmbedded[index]).toEqual(onSlapd[index]);
    });
  });
});
