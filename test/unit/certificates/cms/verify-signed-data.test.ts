import { hash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { verifySignedData } from '#certificates/cms/verify-signed-data.ts';
import { cmsRefusals } from '#certificates/cms/cms-refusal.ts';
import type { Issued } from '#demo/pki/authority.ts';
import { der } from '#demo/pki/der.ts';
import { hashAlgorithm, signBytes } from '#demo/pki/keys.ts';
import { mintPki, type Pki } from '#demo/pki/mint-pki.ts';
import { signCms, type CmsRequest } from '#demo/pki/sign-cms.ts';

const time = new Date('2026-11-26T02:00:00Z');
const content = Buffer.from('hufu.login.v1.sso.example.org.q9Vn3o5mXw');
const person = { name: '林怡君', serialNumber: '0000000116004321', lastFour: '6789' };
let pki: Pki;
let signer: Issued;
const reached = new Set<string>();

beforeAll(() => {
  pki = mintPki({ at: time });
  signer = pki.issue(person);
});

const sign = (odd: Partial<CmsRequest> = {}) => signCms({ signer, content, signingTime: time, ...odd });
const verify = (cms: Uint8Array) => {
  const verdict = verifySignedData({ cms, content, time });
  if (!verdict.ok) reached.add(verdict.reason);
  return verdict;
};

/** DER of a message put together by hand; parts that are not given are right. */
function assemble(parts: {
  readonly version?: number;
  readonly digests?: Buffer;
  readonly signerVersion?: number;
  readonly sid?: Buffer;
  readonly attributes?: readonly Buffer[];
  readonly order?: (attributes: readonly Buffer[]) => readonly Buffer[];
  readonly signatureAlgorithm?: Buffer;
  readonly certificates?: readonly Buffer[];
  readonly unsigned?: Buffer;
  readonly crls?: Buffer;
}): Buffer {
  const attributes = parts.attributes ?? rightAttributes();
  const { algorithm, signature } = signBytes(signer.privateKey, der.set(...attributes));
  const sid = parts.sid ?? der.sequence(signer.issuer, der.integer(signer.serial));
  return der.sequence(
    der.oid('1.2.840.113549.1.7.2'),
    der.explicit(
      0,
      der.sequence(
        der.integer(parts.version ?? 1),
        parts.digests ?? der.set(hashAlgorithm('SHA256')),
        der.sequence(der.oid('1.2.840.113549.1.7.1'), der.explicit(0, der.octets(content))),
        der.explicit(0, ...(parts.certificates ?? [signer.certificate])),
        ...(parts.crls ? [parts.crls] : []),
        der.set(
          der.sequence(
            der.integer(parts.signerVersion ?? 1),
            sid,
            hashAlgorithm('SHA256'),
            der.explicit(0, ...(parts.order?.(attributes) ?? attributes)),
            parts.signatureAlgorithm ?? algorithm,
            der.octets(signature),
            ...(parts.unsigned ? [parts.unsigned] : []),
          ),
        ),
      ),
    ),
  );
}

const attribute = (type: string, ...values: readonly Buffer[]) =>
  der.sequence(der.oid(type), der.set(...values));
const contentTypeAttribute = () => attribute('1.2.840.113549.1.9.3', der.oid('1.2.840.113549.1.7.1'));
const timeAttribute = () => attribute('1.2.840.113549.1.9.5', der.time(time));
const digestAttribute = () =>
  attribute('1.2.840.113549.1.9.4', der.octets(Buffer.from(digestOf(content), 'hex')));
const digestOf = (bytes: Buffer) => hash('sha256', bytes);
const rightAttributes = () => [contentTypeAttribute(), timeAttribute(), digestAttribute()];

test('what a card signs is taken, with its optional attributes', () => {
  expect(verify(sign({ nonce: 'n0nce', cardNumber: 'CS12345678901234' }))).toMatchObject({
    ok: true,
    signer: { fingerprint: digestOf(signer.certificate) },
    others: [],
    signingTime: time,
    nonce: Buffer.from('n0nce'),
    cardNumber: 'CS12345678901234',
  });
  expect(verify(sign())).toMatchObject({ ok: true, nonce: undefined, cardNumber: undefined });
});

test.each<[string, Partial<CmsRequest>]>([
  ['SHA-384', { hash: 'SHA384' }],
  ['SHA-512', { hash: 'SHA512' }],
  ['RSA-PSS', { pss: true }],
  ['RSA-PSS with SHA-512', { pss: true, hash: 'SHA512' }],
])('%s is taken', (_, odd) => {
  expect(verify(sign(odd))).toMatchObject({ ok: true });
});

test.each(['p-256', 'p-384', 'p-521'] as const)('a key on %s is taken', (keyKind) => {
  const other = pki.issue(person, 'sign', { keyKind, label: keyKind });
  expect(verify(sign({ signer: other }))).toMatchObject({ ok: true });
});

test('further certificates come back apart from the signer’s', () => {
  const cms = sign({ certificates: [pki.g2, signer] });
  expect(verify(cms)).toMatchObject({
    ok: true,
    signer: { fingerprint: digestOf(signer.certificate) },
    others: [{ fingerprint: digestOf(pki.g2.certificate) }],
  });
});

test.each<[string, () => Buffer]>([
  [
    'a signer named by key',
    () =>
      assemble({
        version: 3,
        signerVersion: 3,
        sid: der.implicit(0, keyId),
        certificates: [withKeyId().certificate],
      }),
  ],
  ['attributes in another order', () => assemble({ order: (attributes) => attributes.toReversed() })],
  [
    'an attribute that nobody knows',
    () => assemble({ attributes: [...rightAttributes(), attribute('1.2.3.4', der.integer(1))] }),
  ],
  [
    'unsigned attributes',
    () => assemble({ unsigned: der.explicit(1, attribute('1.2.3.4', der.integer(1))) }),
  ],
  ['CRLs that come along', () => assemble({ crls: der.explicit(1, pki.crl()) })],
])('%s is taken', (_, cms) => {
  expect(verify(cms())).toMatchObject({ ok: true });
});

const keyId = Buffer.from('0102', 'hex');

/** The signer’s certificate with a key identifier. */
function withKeyId(): Issued {
  const extension = der.sequence(der.oid('2.5.29.14'), der.octets(der.octets(keyId)));
  return pki.issue(person, 'sign', { keys: signer, extraExtensions: [extension] });
}

const retagged = (cms: Buffer) => {
  // A ContentInfo whose outer length is indefinite, as BER allows.
  const inner = cms.subarray(cms[1] === 0x82 ? 4 : 2);
  return Buffer.concat([Buffer.from([0x30, 0x80]), inner, Buffer.from([0, 0])]);
};

const refusals: readonly [string, string, () => Buffer][] = [
  ['nothing', 'malformed', () => Buffer.alloc(0)],
  ['a page', 'malformed', () => Buffer.from('<html>')],
  ['bytes behind it', 'malformed', () => Buffer.concat([sign(), Buffer.from([0])])],
  ['indefinite length', 'malformed', () => retagged(sign())],
  ['64 KiB', 'malformed', () => sign({ certificates: Array.from({ length: 60 }, () => signer) })],
  [
    'seventeen certificates',
    'malformed',
    () => sign({ certificates: Array.from({ length: 17 }, () => signer) }),
  ],
  ['a version nobody knows', 'malformed', () => assemble({ version: 2 })],
  ['a version of the signer that is not its name’s', 'malformed', () => assemble({ signerVersion: 3 })],
  [
    'a digest that was not announced',
    'malformed',
    () => assemble({ digests: der.set(hashAlgorithm('SHA512')) }),
  ],
  [
    'a certificate that is none',
    'malformed',
    () => assemble({ certificates: [der.sequence(der.integer(1))] }),
  ],
  [
    'another content type',
    'not-signed-data',
    () => der.sequence(der.oid('1.2.840.113549.1.7.1'), der.explicit(0, der.octets(content))),
  ],
  [
    'content that is no data',
    'foreign-content-type',
    () => sign({ contentType: '1.2.840.113549.1.9.16.1.4' }),
  ],
  ['detached content', 'detached-content', () => sign({ detached: true })],
  [
    'another challenge, rightly signed',
    'foreign-content',
    () => sign({ content: Buffer.from('hufu.registration.v1.x') }),
  ],
  [
    'our challenge put in front of another’s signature',
    'wrong-digest',
    () => sign({ content: Buffer.from('other'), foreignContent: content }),
  ],
  [
    'our challenge with something behind it',
    'foreign-content',
    () => sign({ content: Buffer.concat([content, Buffer.from(' ')]) }),
  ],
  ['a digest of something else', 'wrong-digest', () => sign({ messageDigest: Buffer.alloc(32) })],
  [
    'a digest cut short',
    'wrong-digest',
    () => sign({ messageDigest: Buffer.from(digestOf(content), 'hex').subarray(0, 16) }),
  ],
  ['no signer', 'no-signer', () => sign({ noSigners: true })],
  [
    'two signers',
    'several-signers',
    () => sign({ furtherSigners: [pki.issue({ ...person, serialNumber: '0000000116009999' })] }),
  ],
  ['the same signer twice', 'several-signers', () => sign({ furtherSigners: [signer] })],
  ['no signed attributes', 'no-signed-attributes', () => sign({ noSignedAttributes: true })],
  [
    'an attribute twice',
    'bad-signed-attributes',
    () =>
      assemble({
        attributes: [...rightAttributes(), attribute('1.2.840.113549.1.9.5', der.time(new Date(0)))],
      }),
  ],
  [
    'an attribute with two values',
    'bad-signed-attributes',
    () =>
      assemble({
        attributes: [
          contentTypeAttribute(),
          digestAttribute(),
          attribute('1.2.840.113549.1.9.5', der.time(time), der.time(new Date(0))),
        ],
      }),
  ],
  [
    'no content type among them',
    'bad-signed-attributes',
    () => assemble({ attributes: [timeAttribute(), digestAttribute()] }),
  ],
  [
    'no digest among them',
    'bad-signed-attributes',
    () => assemble({ attributes: [timeAttribute(), contentTypeAttribute()] }),
  ],
  [
    'another content type among them',
    'bad-signed-attributes',
    () =>
      assemble({
        attributes: [timeAttribute(), digestAttribute(), attribute('1.2.840.113549.1.9.3', der.oid('1.2.3'))],
      }),
  ],
  ['no signing time', 'no-signing-time', () => sign({ noSigningTime: true })],
  [
    'a signing time of last week',
    'wrong-signing-time',
    () => sign({ signingTime: new Date(time.getTime() - 7 * 86_400_000) }),
  ],
  [
    'a signing time of next week',
    'wrong-signing-time',
    () => sign({ signingTime: new Date(time.getTime() + 7 * 86_400_000) }),
  ],
  ['no certificate', 'no-certificate', () => sign({ certificates: [] })],
  [
    'the certificate of somebody else',
    'no-certificate',
    () => sign({ certificates: [pki.issue({ ...person, serialNumber: '0000000116009999' })] }),
  ],
  [
    'a certificate of the same serial and another issuer',
    'no-certificate',
    () => sign({ certificates: [pki.issue(person, 'sign', { issuer: pki.root, serial: signer.serial })] }),
  ],
  [
    'two certificates that answer to the name',
    'ambiguous-certificate',
    () =>
      sign({
        certificates: [signer, pki.issue(person, 'sign', { serial: signer.serial, keyKind: 'p-256' })],
      }),
  ],
  ['SHA-1', 'weak-algorithm', () => sign({ hash: 'SHA1' })],
  [
    'RSA with 1024 bits',
    'weak-algorithm',
    () => sign({ signer: pki.issue(person, 'sign', { keyKind: 'rsa-1024', label: 'short' }) }),
  ],
  [
    'an algorithm of the other kind of key',
    'unsupported-algorithm',
    () => assemble({ signatureAlgorithm: der.sequence(der.oid('1.2.840.10045.4.3.2')) }),
  ],
  [
    'another hash for the signature',
    'unsupported-algorithm',
    () => assemble({ signatureAlgorithm: der.sequence(der.oid('1.2.840.113549.1.1.13'), der.null()) }),
  ],
  [
    'MD5 with RSA',
    'unsupported-algorithm',
    () => assemble({ signatureAlgorithm: der.sequence(der.oid('1.2.840.113549.1.1.4'), der.null()) }),
  ],
  [
    'the signature of another key',
    'wrong-signature',
    () => sign({ certificates: [pki.issue(person, 'sign', { serial: signer.serial, label: 'another' })] }),
  ],
  ['a signature changed in one bit', 'wrong-signature', () => changed(sign(), -1)],
];

function changed(cms: Buffer, at: number): Buffer {
  const copy = Buffer.from(cms);
  const place = at < 0 ? copy.length + at : at;
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
}

test.each(refusals)('%s is refused: %s', (_, reason, cms) => {
  expect(verify(cms())).toMatchObject({ ok: false, reason });
});

test('ECDSA with r = s = 0 and in the other form is refused', () => {
  const p256 = pki.issue(person, 'sign', { keyKind: 'p-256', label: 'p-256' });
  const zero = der.octets(der.sequence(der.integer(0), der.integer(0)));
  const p1363 = der.octets(Buffer.alloc(64, 1));
  for (const signature of [zero, p1363]) {
    expect(verify(withSignature(p256, signature))).toMatchObject({ ok: false, reason: 'wrong-signature' });
  }
});

function withSignature(p256: Issued, signature: Buffer): Buffer {
  const attributes = rightAttributes();
  return der.sequence(
    der.oid('1.2.840.113549.1.7.2'),
    der.explicit(
      0,
      der.sequence(
        der.integer(1),
        der.set(hashAlgorithm('SHA256')),
        der.sequence(der.oid('1.2.840.113549.1.7.1'), der.explicit(0, der.octets(content))),
        der.explicit(0, p256.certificate),
        der.set(
          der.sequence(
            der.integer(1),
            der.sequence(p256.issuer, der.integer(p256.serial)),
            hashAlgorithm('SHA256'),
            der.explicit(0, ...attributes),
            der.sequence(der.oid('1.2.840.10045.4.3.2')),
            signature,
          ),
        ),
      ),
    ),
  );
}

test('every refusal there is has been met', () => {
  expect([...reached].sort()).toEqual([...cmsRefusals].sort());
});
