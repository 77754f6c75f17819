/** The whole suite once more on slapd over TLS, a killed and returning server included. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { mintCa, type ServerCertificate, type TestCa } from '#test/support/mint-certificates.ts';
import { slapdAvailable, startSlapd, type Slapd } from '#test/support/slapd.ts';
import { describeDirectory } from './directory-suite.ts';

describe.skipIf(!slapdAvailable())('directory on slapd over TLS', () => {
  let folder: string;
  let ca: TestCa;
  let certificate: ServerCertificate;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hufu-slapd-tls-'));
    ca = await mintCa(folder, 'ca');
    certificate = await ca.issue({ name: 'slapd', addresses: ['127.0.0.1'] });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describe('ldaps', () => {
    describeDirectory(
      async () => {
        const slapd = await startSlapd({ certificate });
        const url = slapd.tlsUrl ?? '';
        return { ...slapd, connect: { url, ca: ca.cert }, url: toolUrl(slapd) };
      },
      { encrypted: true },
    );
  });

  describe('StartTLS', () => {
    describeDirectory(
      async () => {
        const slapd = await startSlapd({ certificate });
        const url = slapd.url ?? '';
        return { ...slapd, connect: { url, startTls: true, ca: ca.cert }, url: toolUrl(slapd) };
      },
      { encrypted: true },
    );
  });
});

/** The command-line tools take the socket: how they are told of a CA is theirs. */
function toolUrl({ socketPath }: Slapd): string {
  return `ldapi://${encodeURIComponent(socketPath)}`;
}
