import 'reflect-metadata';
import { fromBER } from 'asn1js';
import { Certificate, ContentInfo, SignedData, setEngine, CryptoEngine, IssuerAndSerialNumber } from 'pkijs';
import { webcrypto } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { verifySignedData } from '#certificates/cms/verify-signed-data.ts';
import { mintPki } from '#demo/pki/mint-pki.ts';
import { signCms, type CmsRequest } from '#demo/pki/sign-cms.ts';
import { mutated, seededChance } from '#test/support/certificates/mutations.ts';

const time = new Date('2026-11-26T02:00:00Z');
const content = Buffer.from('hufu.login.v1.sso.example.org.q9Vn3o5mXw');
const pki = mintPki({ at: time });
const signer = pki.issue({ name: '林怡君', serialNumber: '0000000116004321', lastFour: '6789' });
const sign = (odd: Partial<CmsRequest> = {}) => signCms({ signer, content, signingTime: time, ...odd });

beforeAll(() => {
  setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto as never }));
});

/** What PKI.js reads and verifies; throws for what it cannot read. */
async function byPkijs(cms: Buffer) {
  const { result, offset } = fromBER(Uint8Array.from(cms).buffer);
  if (offset < 0) throw new Error(result.error);
  const signedData = new SignedData({ schema: new ContentInfo({ schema: result }).content });
  const [info] = signedData.signerInfos;
  const certificate = signedData.certificates?.find((each) => each instanceof Certificate);
  const id: unknown = info?.sid;
  return {
    content: Buffer.from(signedData.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0)),
    signers: signedData.signerInfos.length,
    serial:
      id instanceof IssuerAndSerialNumber
        ? Buffer.from(id.serialNumber.valueBlock.valueHexView).toString('hex')
        : '',
    certificate: certificate && Buffer.from(certificate.toSchema(true).toBER()).toString('hex'),
    holds: await signedData.verify({ signer: 0, checkChain: false }),
  };
}

test.each<[string, Partial<CmsRequest>]>([
  ['SHA-256', {}],
  ['SHA-384', { hash: 'SHA384' }],
  ['SHA-512', { hash: 'SHA512' }],
  ['RSA-PSS', { pss: true }],
  ['optional attributes', { nonce: 'n0nce', cardNumber: 'CS12345678901234' }],
])('PKI.js reads a message with %s as we do, and holds it for good', async (_, odd) => {
  const cms = sign(odd);
  const ours = verifySignedData({ cms, content, time });
  if (!ours.ok) throw new Error(ours.reason);
  expect(await byPkijs(cms)).toEqual({
    content,
    signers: 1,
    serial: ours.signer.serial,
    certificate: signer.certificate.toString('hex'),
    holds: true,
  });
});

test('what we take of 1,500 spoilt messages, PKI.js reads with the same content and signer', async () => {
  const chance = seededChance(20_261_126);
  const original = sign({ nonce: 'n0nce' });
  let taken = 0;
  for (let i = 0; i < 1500; i += 1) {
    const cms = mutated(original, chance);
    const ours = verifySignedData({ cms, content, time });
    if (!ours.ok) continue;
    taken += 1;
    const theirs = await byPkijs(cms);
    expect([theirs.content, theirs.signers, theirs.serial]).toEqual([content, 1, ours.signer.serial]);
  }
  // Spoilt were the certificate's own signature or what nobody signs.
  expect(taken).toBeGreaterThan(0);
});
