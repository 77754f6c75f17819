import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintSelfSigned } from '#test/support/self-signed-certificate.ts';
import { slapdAvailable, startSlapd } from '#test/support/slapd.ts';
import { createClient, type Outcome } from './attempt.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import type { Clients } from './operation.ts';
import { operations } from './operations.ts';

interface Credentials {
  readonly baseDn: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
}

async function openClients(
  socketPath: string,
  server: Credentials,
  certificate: Buffer,
): Promise<Clients & { close(): Promise<void> }> {
  const service = createClient(socketPath);
  const admin = createClient(socketPath);
  const anonymous = createClient(socketPath);
  const fresh = createClient(socketPath);
  await service.bind(server.serviceDn, server.servicePassword);
  await admin.bind(server.adminDn, server.adminPassword);
  return {
    service,
    admin,
    anonymous,
    fresh,
    base: server.baseDn,
    certificate,
    async close() {
      await Promise.all([service, admin, anonymous, fresh].map((client) => client.unbind()));
    },
  };
}

/** Outcomes of all operations, one server after the other in step, so that a difference stands beside its cause. */
describe('LDAP operations', () => {
  let embedded: Awaited<ReturnType<typeof startEmbeddedServer>>;
  let slapd: Awaited<ReturnType<typeof startSlapd>> | undefined;
  const onEmbedded: Outcome[] = [];
  const onSlapd: Outcome[] = [];

  beforeAll(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hufu-certificate-'));
    const certificate = new X509Certificate(mintSelfSigned(folder).cert).raw;
    rmSync(folder, { recursive: true });
    embedded = await startEmbeddedServer();
    const ours = await openClients(embedded.socketPath, embedded, certificate);
    for (const operation of operations) onEmbedded.push(await operation.run(ours));
    await ours.close();
    if (!slapdAvailable()) return;
    slapd = await startSlapd();
    const theirs = await openClients(slapd.socketPath, slapd, certificate);
    for (const operation of operations) onSlapd.push(await operation.run(theirs));
    await theirs.close();
  }, 60_000);

  afterAll(async () => {
    await Promise.all([embedded?.close(), slapd?.close()]);
  });

  test.each(operations.map(({ name, code }, index) => ({ name, code, index })))(
    '$index $name: embedded answers $code',
    ({ code, index }) => {
      expect(onEmbedded[index]?.code).toBe(code);
    },
  );

  describe.skipIf(!slapdAvailable())('as slapd does', () => {
    test.each(operations.map(({ name }, index) => ({ name, index })))('$index $name', ({ index }) => {
      expect(onEmbedded[index]).toEqual(onSlapd[index]);
    });
  });
});
