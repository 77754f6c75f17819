import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Certificate } from 'pkijs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Issued } from '#demo/pki/authority.ts';
import { extension } from '#demo/pki/extensions.ts';
import { mintOcspError } from '#demo/pki/mint-ocsp-response.ts';
import { day, mintPki, partitionOf } from '#demo/pki/mint-pki.ts';
import { derToPem } from '#demo/pki/pem.ts';
import { createFolderStore } from '#demo/pki/pki-store.ts';
import { bundleCertificates, signCms } from '#demo/pki/sign-cms.ts';

const person = { name: '林日安', serialNumber: '9999000000000001', lastFour: '7008' };
const company = { organisation: '雲峰示範股份有限公司', businessNumber: '99999997' };
const pki = mintPki();
const card = pki.issue(person);
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-pki-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
}

/** What openssl prints; throws with its complaint. */
function openssl(command: string): string {
  return execFileSync('openssl', command.split(' '), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function verify(leaf: Issued, more = ''): string {
  const root = file('root.pem', pki.root.pem);
  const between = file('between.pem', [pki.g2, pki.g3, pki.organisations].map(({ pem }) => pem).join(''));
  const leafFile = file('leaf.pem', leaf.pem);
  return openssl(`verify -x509_strict -CAfile ${root} -untrusted ${between}${more} ${leafFile}`);
}

/** Content of an extension's OCTET STRING. */
function extensionOf(
  { certificate }: Issued,
  oid: string,
): { readonly critical: boolean; readonly value: Buffer } {
  const found = Certificate.fromBER(new Uint8Array(certificate)).extensions?.find(
    ({ extnID }) => extnID === oid,
  );
  if (!found) throw new Error(`no extension ${oid}`);
  return { critical: found.critical, value: Buffer.from(found.extnValue.valueBlock.valueHexView) };
}

describe('a person’s card', () => {
  it('has the subject in the order C, CN, serialNumber, in their string types', () => {
    expect(new X509Certificate(card.certificate).subject).toBe(
      'C=TW\nCN=林日安\nserialNumber=9999000000000001',
    );
    const strings = Certificate.fromBER(new Uint8Array(card.certificate)).subject.typesAndValues;
    expect(strings.map(({ type, value }) => [type, value.idBlock.tagNumber])).toEqual([
      ['2.5.4.6', 19],
      ['2.5.4.3', 12],
      ['2.5.4.5', 19],
    ]);
  });

  it('has SubjectDirectoryAttributes byte for byte', () => {
    const { critical, value } = extensionOf(card, '2.5.29.9');
    expect(critical).toBe(false);
    expect(value.toString('hex').toUpperCase()).toBe(
      '302A301506076086760164020131' +
        '0A06086086760164030101' +
        '301106076086760164023331060C04' +
        Buffer.from('7008').toString('hex'),
    );
  });

  it('has a critical key usage, for signing or for encryption, and the test policy', () => {
    expect(extensionOf(card, '2.5.29.15')).toEqual({ critical: true, value: Buffer.from('03020780', 'hex') });
    const second = pki.issue(person, 'encrypt');
    expect(extensionOf(second, '2.5.29.15')).toEqual({
      critical: true,
      value: Buffer.from('03020430', 'hex'),
    });
    const text = openssl(`x509 -noout -text -in ${file('card.pem', card.pem)}`);
    expect(text).toContain('Policy: 2.16.886.101.0.3.0');
    expect(text).not.toContain('Extended Key Usage');
  });

  it('points to both CRLs, the responder and the issuer’s certificate', () => {
    const text = openssl(`x509 -noout -text -in ${file('card.pem', card.pem)}`);
    const part = partitionOf(card.serial);
    for (const place of [`crl/g2-${part}.crl`, 'crl/g2.crl', 'ocsp/g2', 'certs/g2.p7b']) {
      expect(text).toContain(`URI:http://127.0.0.1:3007/${place}\n`);
    }
  });
});

describe('the PKI', () => {
  it('has two issuers of one name with different keys, and organisations of another', () => {
    expect(pki.g2.subject).toEqual(pki.g3.subject);
    expect(pki.g2.keyIdentifier).not.toEqual(pki.g3.keyIdentifier);
    expect(pki.impostor.subject).toEqual(pki.g2.subject);
    for (const { certificate } of [...pki.authorities, pki.impostor]) {
      expect(new X509Certificate(certificate).subject).toContain('O=Hufu Test PKI');
    }
  });

  it.each([
    ['a card of the first CA', card],
    ['a card of the second CA', pki.issue(person, 'sign', { issuer: pki.g3 })],
    ['a mobile certificate', pki.issue(person, 'mobile')],
    ['an elliptic key', pki.issue(person, 'sign', { keyKind: 'p-384', label: 'elliptic' })],
    ['RSASSA-PSS', pki.issue(person, 'sign', { manner: { pss: true } })],
    ['an organisation’s card', pki.issue(company)],
  ])('verifies with openssl: %s', (_name, leaf) => {
    expect(verify(leaf)).toContain('OK');
  });

  it.each([
    ['expired', { notAfter: new Date(pki.at.getTime() - day) }, 'certificate has expired'],
    ['not yet valid', { notBefore: new Date(pki.at.getTime() + day) }, 'not yet valid'],
    ['of the right name with the wrong key', { issuer: pki.impostor }, 'unable to get local issuer'],
    ['signed by another key', { signedBy: card }, 'signature failure'],
    [
      'with an unknown critical extension',
      { extraExtensions: [extension('1.2.3.4', true, Buffer.from('0500', 'hex'))] },
      'unhandled critical extension',
    ],
  ])('is refused by openssl: %s', (_name, overrides, complaint) => {
    expect(() => verify(pki.issue(person, 'sign', overrides))).toThrow(complaint);
  });

  it('writes what else is asked for: SHA-1, other policy, no attributes, no key usage', () => {
    const text = (leaf: Issued) => openssl(`x509 -noout -text -in ${file('odd.pem', leaf.pem)}`);
    expect(text(pki.issue(person, 'sign', { manner: { hash: 'SHA1' } }))).toContain('sha1WithRSAEncryption');
    expect(text(pki.issue(person, 'sign', { policies: ['2.16.886.101.0.3.1'] }))).toContain('101.0.3.1');
    const bare = text(pki.issue(person, 'sign', { directoryAttributes: 'none', keyUsage: 'none' }));
    expect(bare).not.toContain('Key Usage');
    expect(bare).not.toContain('Directory Attributes');
  });

  it('gives an organisation’s certificate the business number and the kind of holder', () => {
    const leaf = pki.issue({ ...company, card: 'secondary' });
    expect(new X509Certificate(leaf.certificate).subject).toBe(
      'C=TW\nO=雲峰示範股份有限公司\nserialNumber=99999997',
    );
    const { value } = extensionOf(leaf, '2.5.29.9');
    expect(value.toString('latin1')).toContain('secondary');
    expect(value.toString('latin1')).toContain('99999997');
  });
});

describe('revocation', () => {
  it('is told by a CRL that openssl reads and checks', () => {
    const list = pki.crl({ revoked: [{ serial: card.serial, at: pki.at, reason: 1 }], number: 7 });
    const crl = file('list.pem', derToPem(list, 'X509 CRL'));
    const text = openssl(`crl -noout -text -in ${crl}`);
    expect(text).toContain('Key Compromise');
    expect(text).toMatch(/CRL Number:\s*7/);
    expect(() => verify(card, ` -crl_check -CRLfile ${crl}`)).toThrow('certificate revoked');
    const other = pki.issue({ ...person, serialNumber: '9999000000000002' });
    expect(verify(other, ` -crl_check -CRLfile ${crl}`)).toContain('OK');
  });

  it('writes partitions, deltas and lists without an end', () => {
    const url = 'http://127.0.0.1:3007/crl/g2-1.crl';
    const text = (bytes: Buffer) =>
      openssl(`crl -noout -text -in ${file('odd.pem', derToPem(bytes, 'X509 CRL'))}`);
    const partition = text(pki.crl({ partition: { url, onlyUserCerts: true } }));
    expect(partition).toMatch(/Issuing Distribution Point: critical\s+Full Name:\s+URI:http/);
    expect(partition).toContain('Only User Certificates');
    expect(text(pki.crl({ deltaBase: 3 }))).toContain('Delta CRL Indicator: critical');
    expect(text(pki.crl({ nextUpdate: undefined }))).toContain('Next Update: NONE');
  });

  it('is told by OCSP answers that openssl checks', () => {
    const serial = `0x${card.serial.toString('hex')}`;
    const ask = (answer: Buffer) =>
      openssl(
        `ocsp -no_nonce -respin ${file('answer.der', answer)} -issuer ${file('issuer.pem', pki.g2.pem)} ` +
          `-serial ${serial} -CAfile ${file('root.pem', pki.root.pem)} -verify_other ${file('g2.pem', pki.g2.pem)}`,
      );
    expect(ask(pki.ocspResponse({ about: card, nonce: Buffer.alloc(8, 1) }))).toContain(`${serial}: good`);
    expect(ask(pki.ocspResponse({ about: card, responder: pki.g2, byName: true }))).toContain('good');
    const revoked = { kind: 'revoked', at: pki.at, reason: 4 } as const;
    expect(ask(pki.ocspResponse({ about: card, status: revoked }))).toMatch(/revoked\s[^]*superseded/);
    expect(ask(pki.ocspResponse({ about: card, status: { kind: 'unknown' } }))).toContain(': unknown');
    const stranger = pki.responder(pki.impostor);
    expect(() => ask(pki.ocspResponse({ about: card, responder: stranger }))).toThrow(
      'Response Verify Failure',
    );
    const unfit = pki.responder(pki.g2, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'], label: 'unfit' });
    expect(() => ask(pki.ocspResponse({ about: card, responder: unfit }))).toThrow(
      'missing ocspsigning usage',
    );
    const other = pki.issue({ ...person, serialNumber: '9999000000000002' });
    expect(() => ask(pki.ocspResponse({ about: other }))).toThrow('Response verify OK');
    expect(() => ask(mintOcspError(3))).toThrow();
  });
});

describe('a signed message', () => {
  const content = Buffer.from('hufu.login.v1.localhost.AAAA');
  const check = (message: Buffer) =>
    openssl(
      `cms -verify -inform DER -in ${file('message.der', message)} -binary -purpose any ` +
        `-CAfile ${file('cas.pem', pki.root.pem + pki.g2.pem)}`,
    );
  const print = (message: Buffer) =>
    openssl(`cms -cmsout -print -inform DER -in ${file('message.der', message)}`);

  it.each([
    ['RSASSA-PKCS1-v1_5', card, {}],
    ['RSASSA-PSS', card, { pss: true }],
    ['SHA-512', card, { hash: 'SHA512' }],
    ['ECDSA', pki.issue(person, 'sign', { keyKind: 'p-256', label: 'ecdsa' }), {}],
    ['without signed attributes', card, { noSignedAttributes: true }],
    ['with the optional attributes', card, { nonce: 'abc', cardNumber: 'CS00000000000001' }],
  ] as const)('verifies with openssl: %s', (_name, signer, odd) => {
    expect(check(signCms({ signer, content, ...odd }))).toContain(content.toString());
  });

  it('carries the leaf alone, its content, and the three attributes', () => {
    const text = print(signCms({ signer: card, content }));
    for (const word of ['contentType', 'signingTime', 'messageDigest', 'issuerAndSerialNumber']) {
      expect(text).toContain(word);
    }
    expect(text.match(/d\.certificate:/g)).toHaveLength(1);
    expect(text).toContain('signatureAlgorithm: \n          algorithm: rsaEncryption');
  });

  it.each([
    ['detached', { detached: true }],
    ['foreign content', { foreignContent: Buffer.from('other') }],
    ['another digest', { messageDigest: Buffer.alloc(32) }],
    ['no signers', { noSigners: true }],
  ])('is refused by openssl: %s', (_name, odd) => {
    expect(() => check(signCms({ signer: card, content, ...odd }))).toThrow('Verification failure');
  });

  it('can have two signers', () => {
    const second = pki.issue({ ...person, serialNumber: '9999000000000003' });
    const message = signCms({ signer: card, content, furtherSigners: [second] });
    expect(check(message)).toContain(content.toString());
    const text = print(message);
    expect(text.match(/issuerAndSerialNumber/g)).toHaveLength(2);
  });

  it('can be a bundle of certificates alone', () => {
    const bundle = file('bundle.p7b', bundleCertificates([pki.g2, pki.g3]));
    const text = openssl(`pkcs7 -inform DER -in ${bundle} -print_certs`);
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });
});

describe('a PKI kept in a folder', () => {
  it('is the same at the next start, its files readable by the owner alone', () => {
    const place = path.join(folder, 'kept');
    const folders = { keys: place, certificates: path.join(place, '3007') };
    const first = mintPki({ store: createFolderStore(folders) });
    const leaf = first.issue(person);
    const again = mintPki({ store: createFolderStore(folders), at: new Date(Date.now() + 90 * day) });
    expect(again.g2.certificate).toEqual(first.g2.certificate);
    expect(again.issue(person).certificate).toEqual(leaf.certificate);
    expect(again.issue(person).serial).toEqual(leaf.serial);
    expect(statSync(path.join(place, 'root-key.pem')).mode & 0o777).toBe(0o600);
    expect(first.root.certificate).not.toEqual(pki.root.certificate);
  });
});
