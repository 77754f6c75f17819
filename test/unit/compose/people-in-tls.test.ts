import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, expect, test } from 'vitest';
import { createClientCertificates } from '#http/client-certificates.ts';
import { mintPki } from '#demo/pki/mint-pki.ts';
import type { Config } from '#config/config.ts';
import { openPeopleInTls } from '#src/compose/people-in-tls.ts';
import { mintSelfSigned } from '#test/support/self-signed-certificate.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'people-in-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { certFile } = mintSelfSigned(folder);
const pki = mintPki({ name: 'people-in-tls' });
const origin = 'https://card.sso.example.org:3444';
const listen = {
  host: '127.0.0.1',
  port: 0,
  certificate: certFile,
  key: path.join(folder, 'key.pem'),
  highestTls: '1.3',
} as const;

function open(mutualTls: object | undefined, fetchIssuers = false) {
  const config = {
    login: { certificate: { mutualTls } },
    certificates: {
      anchors: [pki.root.certificate],
      intermediates: [pki.g2.certificate, pki.g3.certificate],
      fetchIssuers,
    },
  } as unknown as Pick<Config, 'login' | 'certificates'>;
  const clock = { now: () => new Date(), until: () => Promise.resolve() };
  return openPeopleInTls(config, createClientCertificates({ proxies: [], clock }));
}

const asking = (socket: object, host: string) =>
  ({ socket, headers: { host } }) as unknown as IncomingMessage;

test('is not there unless it is configured', async () => {
  expect(await open(undefined)).toBeUndefined();
});

test('browsers are told the authorities to choose by, unless issuers are fetched that nobody knows yet', async () => {
  const known = await open({ origin, listen });
  expect(known?.listener?.hints).toHaveLength(3);
  expect(known?.listener?.hints[0]).toContain('BEGIN CERTIFICATE');
  expect((await open({ origin, listen }, true))?.listener?.hints).toEqual([]);
});

test('a certificate counts from a connection of the listener, under its own host', async () => {
  const people = await open({ origin, listen });
  const socket = { getPeerX509Certificate: () => ({ raw: Buffer.from('der') }) };
  const host = 'card.sso.example.org:3444';
  expect(people?.findShown(asking(socket, host))).toBeUndefined();
  people?.listener?.noteOwn(socket as unknown as TLSSocket);
  expect(people?.findShown(asking(socket, host))).toEqual({
    to: 'listener',
    certificate: Buffer.from('der'),
  });
  expect(people?.findShown(asking(socket, 'sso.example.org'))).toBeUndefined();
});
