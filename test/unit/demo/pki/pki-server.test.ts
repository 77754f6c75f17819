import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Authority, Issued } from '#demo/pki/authority.ts';
import { derToPem } from '#demo/pki/pem.ts';
import { mintPki, partitionOf, type Pki } from '#demo/pki/mint-pki.ts';
import { createPkiServer } from '#demo/pki/pki-server.ts';
import { createRevocationLedger, type RevocationLedger } from '#demo/pki/revocation-ledger.ts';
import { serveLocally, type LocalServer } from '#demo/serve-locally.ts';
import { freePort } from '../../../support/hub/hub-world.ts';

const run = promisify(execFile);
const minute = 60_000;
let folder: string;
let pki: Pki;
let ledger: RevocationLedger;
let server: LocalServer;
let now = new Date();
let good: Issued;
let revoked: Issued;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-pki-server-'));
  const port = String(await freePort());
  const baseUrl = `http://127.0.0.1:${port}`;
  pki = mintPki({ baseUrl });
  ledger = createRevocationLedger();
  const issue = (serialNumber: string) => {
    const leaf = pki.issue({ name: '王示範', serialNumber, lastFour: '7042' }, 'sign', { keyKind: 'p-256' });
    ledger.recordIssued(pki.g2, leaf.serial);
    return leaf;
  };
  good = issue('9999000000000042');
  revoked = issue('9999000000000043');
  ledger.revoke(pki.g2, { serial: revoked.serial, at: new Date(now.getTime() - minute), reason: 4 });
  const app = createPkiServer({ pki, ledger, baseUrl, now: () => now });
  server = await serveLocally(app.callback(), { hostname: '127.0.0.1', port });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
}

async function openssl(command: string): Promise<string> {
  return (await run('openssl', command.split(' '))).stdout;
}

async function fetchBytes(place: string): Promise<Buffer> {
  const answer = await fetch(server.origin + place);
  if (!answer.ok) throw new Error(String(answer.status));
  return Buffer.from(await answer.arrayBuffer());
}

async function crlText(place: string): Promise<string> {
  const pem = file('list.pem', derToPem(await fetchBytes(place), 'X509 CRL'));
  return openssl(`crl -noout -text -in ${pem}`);
}

function hexOf({ serial }: Issued): string {
  return serial.toString('hex').toUpperCase();
}

/** As openssl asks; it checks signature, nonce and responder. */
function askOcsp(leaf: Issued, issuer: Authority, more = ''): Promise<string> {
  return openssl(
    `ocsp${more} -issuer ${file('issuer.pem', issuer.pem)} -cert ${file('leaf.pem', leaf.pem)} ` +
      `-url ${server.origin}/ocsp/${pki.g2.id} -header HOST=${new URL(server.origin).host} -CAfile ${file('root.pem', pki.root.pem)} ` +
      `-verify_other ${file('g2.pem', pki.g2.pem)}`,
  );
}

describe('CRLs', () => {
  it('come complete and in partitions, each with what it is about', async () => {
    const complete = await crlText('/crl/g2.crl');
    expect(complete).toContain(hexOf(revoked));
    expect(complete).not.toContain(hexOf(good));
    expect(complete).not.toContain('Issuing Distribution Point');
    const own = partitionOf(revoked.serial);
    for (const partition of [0, 1, 2, 3]) {
      const text = await crlText(`/crl/g2-${partition}.crl`);
      expect(text).toContain(`URI:${server.origin}/crl/g2-${partition}.crl`);
      expect(text.includes(hexOf(revoked))).toBe(partition === own);
    }
    expect(await crlText('/crl/root.crl')).toContain('No Revoked Certificates');
  });

  it('let openssl verify a chain by them alone', async () => {
    const list = (issuer: string) =>
      fetchBytes(`/crl/${issuer}.crl`).then((bytes) => derToPem(bytes, 'X509 CRL'));
    const lists = file('lists.pem', (await list('root')) + (await list('g2')));
    const verify = (leaf: Issued) =>
      openssl(
        `verify -crl_check_all -CAfile ${file('root.pem', pki.root.pem)} -untrusted ${file('g2.pem', pki.g2.pem)} ` +
          `-CRLfile ${lists} ${file('leaf.pem', leaf.pem)}`,
      );
    expect(await verify(good)).toContain('OK');
    await expect(verify(revoked)).rejects.toThrow('certificate revoked');
  });

  it('are made anew before they run out, and when something is revoked, with a greater number', async () => {
    const numberIn = async () => {
      const [, number = ''] = /CRL Number:\s*(\w+)/.exec(await crlText('/crl/g3.crl')) ?? [];
      return BigInt(number);
    };
    const first = await numberIn();
    now = new Date(now.getTime() + 4 * minute);
    expect(await numberIn()).toBe(first);
    now = new Date(now.getTime() + 2 * minute);
    const second = await numberIn();
    expect(second).toBeGreaterThan(first);
    now = new Date(now.getTime() + 1000);
    ledger.revoke(pki.g3, { serial: Buffer.from([7]), at: now });
    expect(await numberIn()).toBeGreaterThan(second);
    ledger.restore(pki.g3, Buffer.from([7]));
    expect(await crlText('/crl/g3.crl')).toContain('No Revoked Certificates');
  });

  it.each(['/crl/nobody.crl', '/crl/g2-4.crl', '/certs/nobody.p7b', '/crl/impostor.crl'])(
    'are not there for others: %s',
    async (place) => {
      expect((await fetch(server.origin + place)).status).toBe(404);
    },
  );
});

describe('OCSP', () => {
  it('tells good, revoked and unknown, with the nonce that was sent', async () => {
    expect(await askOcsp(good, pki.g2)).toContain('good');
    expect(await askOcsp(revoked, pki.g2)).toMatch(/revoked[^]*superseded/);
    const never = pki.issue({ name: '未發', serialNumber: '9999000000000044', lastFour: '7044' }, 'sign', {
      keyKind: 'p-256',
    });
    expect(await askOcsp(never, pki.g2)).toContain('unknown');
    expect(await askOcsp(good, pki.g2, ' -no_nonce')).toContain('good');
    expect(await askOcsp(good, pki.g2, ' -sha256')).toContain('good');
  });

  it('says nothing of what another key of the same name has issued', async () => {
    const other = pki.issue({ name: '王示範', serialNumber: '9999000000000042', lastFour: '7042' }, 'sign', {
      issuer: pki.g3,
      keyKind: 'p-256',
    });
    await expect(askOcsp(other, pki.g3)).rejects.toMatchObject({
      stdout: expect.stringContaining('unauthorized'),
    });
  });

  it('answers a GET as well, and nonsense by an error', async () => {
    await openssl(
      `ocsp -issuer ${file('issuer.pem', pki.g2.pem)} -cert ${file('leaf.pem', good.pem)} -reqout ${path.join(folder, 'request.der')} -no_nonce`,
    );
    const request = readFileSync(path.join(folder, 'request.der')).toString('base64');
    const answer = await fetchBytes(`/ocsp/g2/${encodeURIComponent(request)}`);
    const text = await openssl(`ocsp -respin ${file('answer.der', answer)} -noverify -resp_text`);
    expect(text).toContain('Cert Status: good');
    const broken = await fetch(`${server.origin}/ocsp/g2`, { method: 'POST', body: 'nonsense' });
    expect(Buffer.from(await broken.arrayBuffer()).toString('hex')).toBe('30030a0101');
  });
});

describe('the issuers’ certificates', () => {
  it('come as a bundle of all of the name', async () => {
    const list = async (id: string) =>
      openssl(
        `pkcs7 -inform DER -in ${file('bundle.p7b', await fetchBytes(`/certs/${id}.p7b`))} -print_certs`,
      );
    expect((await list('g2')).match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect((await list('root')).match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
  });

  it('are listed on a page', async () => {
    expect(await (await fetch(server.origin)).text()).toContain('/crl/g2.crl');
  });
});
