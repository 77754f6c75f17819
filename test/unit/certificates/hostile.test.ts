/** Inputs made to cost: each is answered within its bounds of work, and never with "valid". */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MalformedCertificate, parseCertificate } from '#certificates/certificate.ts';
import { checkPath, type PathQuestion } from '#certificates/check-path.ts';
import { createCrlChecker } from '#certificates/crl/crl-checker.ts';
import { MalformedCrl, parseCrl } from '#certificates/crl/crl.ts';
import { extensionIds as ids } from '#certificates/extensions/extensions.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import { usualLimits } from '#certificates/path/work.ts';
import { der } from '#demo/pki/der.ts';
import { extension, extensions } from '#demo/pki/extensions.ts';
import { makeKeyPair } from '#demo/pki/keys.ts';
import { crlDer, crlOf, mint, mintCa, now, write, type Minted } from '#test/support/certificates/mint.ts';

const root = mintCa();

function ask(leaf: Minted, others: readonly Minted[], more: Partial<PathQuestion> = {}) {
  return checkPath({
    certificate: leaf.certificate,
    anchors: new CertificatePool([root.certificate]),
    intermediates: new CertificatePool(others.map(({ certificate }) => certificate)),
    time: now,
    purpose: 'any',
    ...more,
  });
}

/** The same question with work that is hardly bounded, to see that the bound is what stops it. */
const endless = { signatures: 1e6, steps: 1e6, nameComparisons: 1e9, policies: 1e9 };

function chain(length: number, top: Minted = root): Minted[] {
  const all: Minted[] = [];
  for (let at = 0; at < length; at += 1) all.push(mintCa({ issuer: all.at(-1) ?? top }));
  return all;
}

describe('paths', () => {
  test('a chain of a hundred certificates is too long', async () => {
    const cas = chain(100);
    const leaf = mint({ issuer: cas.at(-1) });
    expect(await ask(leaf, cas, { limits: endless })).toEqual({
      ok: false,
      reason: 'untrusted',
      detail: 'path-too-long',
    });
    const few = cas.slice(0, 15);
    expect(await ask(mint({ issuer: few.at(-1) }), few)).toMatchObject({ ok: true });
    expect(await ask(mint({ issuer: cas[15] }), cas.slice(0, 16))).toMatchObject({ detail: 'path-too-long' });
  });

  test('a thicket of cross certificates, each layer signed by all of the one above, ends', async () => {
    const stranger = mintCa();
    let above = [stranger];
    const all: Minted[] = [];
    for (let layer = 0; layer < 12; layer += 1) {
      const keys = makeKeyPair('p-256');
      const name = mintCa({ keys }).subject;
      above = above.flatMap((issuer) => [1, 2, 3].map(() => mintCa({ issuer, keys, name }))).slice(0, 3);
      all.push(...above);
    }
    const leaf = mint({ issuer: above[0] });
    const limits = { ...usualLimits };
    expect(await ask(leaf, all, { limits })).toEqual({
      ok: false,
      reason: 'untrusted',
      detail: 'too-much-work',
    });
  });

  test('a hundred CAs of one name and other keys cost a signature each, and no more than are allowed', async () => {
    const name = mintCa().subject;
    const twins = Array.from({ length: 300 }, () => mintCa({ issuer: root, name }));
    const lost = mint({ issuer: mintCa({ name }) });
    expect(await ask(lost, twins.slice(0, 100))).toMatchObject({ ok: false, detail: 'bad-signature' });
    expect(await ask(lost, twins)).toMatchObject({ ok: false, detail: 'too-much-work' });
  });
});

describe('names and policies', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => write.dns(`h${at}.example.tw`));

  test('thousands of constraints on thousands of names', async () => {
    const constraints = write.nameConstraints({ permitted: many(5000), excluded: many(5000) });
    const ca = mintCa({ issuer: root, extensions: { [ids.nameConstraints]: constraints } });
    const names = write.alternativeNames(many(5000));
    const leaf = mint({ issuer: ca, extensions: { [ids.subjectAltNames]: names } });
    expect(await ask(leaf, [ca])).toEqual({ ok: false, reason: 'untrusted', detail: 'too-much-work' });
  });

  test('a URI of half a megabyte and thousands of constraints: its host is looked for once', async () => {
    const hosts = Array.from({ length: 20_000 }, (_, at) => write.uri(`h${at}.example.tw`));
    const constraints = write.nameConstraints({ excluded: hosts });
    const ca = mintCa({ issuer: root, extensions: { [ids.nameConstraints]: constraints } });
    for (const part of ['a', ':1', '@a', 'a@']) {
      const long = write.uri(`https://${part.repeat(500_000 / part.length)}`);
      const leaf = mint({
        issuer: ca,
        extensions: { [ids.subjectAltNames]: write.alternativeNames([long]) },
      });
      expect(await ask(leaf, [ca])).toMatchObject({ ok: false, detail: 'name-not-permitted' });
    }
  });

  test('mappings that would make the tree of RFC 5280 grow exponentially', async () => {
    const policy = (at: number) => `1.3.6.1.4.1.99999.${at}`;
    const width = 40;
    const each = Array.from({ length: width }, (_, at) => policy(at));
    const mappings = each.flatMap((from) => each.map((to) => [from, to] as const));
    const cas: Minted[] = [];
    for (let depth = 0; depth < 14; depth += 1) {
      cas.push(
        mintCa({
          issuer: cas.at(-1) ?? root,
          extensions: {
            [ids.policies]: extensions.policies(each),
            [ids.policyMappings]: write.policyMappings(mappings),
          },
        }),
      );
    }
    const leaf = mint({ issuer: cas.at(-1), extensions: { [ids.policies]: extensions.policies(each) } });
    const limits = { ...usualLimits, policies: 14 * (width * width + 4 * width) };
    expect(await ask(leaf, cas, { explicitPolicy: true, limits })).toMatchObject({ ok: true });
    const strange = { policies: ['1.2.3'], explicitPolicy: true };
    expect(await ask(leaf, cas, strange)).toMatchObject({ reason: 'wrong-policy' });
  });

  test('more policies than are allowed', async () => {
    const each = Array.from({ length: 9000 }, (_, at) => `1.3.6.1.4.1.99999.${at}`);
    const more = { extensions: { [ids.policies]: extensions.policies(each) } };
    const cas: Minted[] = [];
    for (let depth = 0; depth < 4; depth += 1) cas.push(mintCa({ issuer: cas.at(-1) ?? root, ...more }));
    const leaf = mint({ issuer: cas.at(-1), ...more });
    expect(await ask(leaf, cas)).toMatchObject({ ok: false, detail: 'too-much-work' });
  });
});

describe('keys and encodings', () => {
  const rsaInfo = (modulusOctets: number, exponent: Buffer) =>
    der.sequence(
      der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null()),
      der.bits(der.sequence(der.integer(Buffer.alloc(modulusOctets, 0xff)), der.integer(exponent))),
    );

  test.each([
    ['16,384 bits', rsaInfo(2048, Buffer.from('010001', 'hex')), 'rsa-too-long'],
    ['2,047 octets of exponent', rsaInfo(256, Buffer.alloc(255, 0xff)), 'rsa-exponent'],
    ['an exponent of 3', rsaInfo(256, Buffer.from([3])), 'rsa-exponent'],
    ['an even exponent', rsaInfo(256, Buffer.from('010000', 'hex')), 'rsa-exponent'],
  ])('an RSA key of %s is never worked with', async (_, publicKeyInfo, detail) => {
    const ca = mintCa({ issuer: root, publicKeyInfo });
    expect(await ask(ca, [])).toEqual({ ok: false, reason: 'weak-algorithm', detail });
    expect(await ask(mint({ issuer: ca }), [ca])).toMatchObject({ ok: false, reason: 'weak-algorithm' });
  });

  test('curves other than those of NIST, and curves written out', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
    expect(await ask(mint({ issuer: root, publicKeyInfo }), [])).toMatchObject({ detail: 'curve' });
    const { publicKey: written } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      paramEncoding: 'explicit',
    });
    const explicit = written.export({ type: 'spki', format: 'der' });
    expect(await ask(mint({ issuer: root, publicKeyInfo: explicit }), [])).toMatchObject({ detail: 'curve' });
  });

  test('deep nesting is refused where it is read, and not read where it is not', () => {
    let deep: Buffer = der.null();
    for (let at = 0; at < 5000; at += 1) deep = der.sequence(deep);
    expect(() => parseCertificate(deep)).toThrow(MalformedCertificate);
    expect(() => parseCrl(deep)).toThrow(MalformedCrl);
    const unread = mint({ issuer: root, extensions: { '1.2.3.4': extension('1.2.3.4', false, deep) } });
    expect(() => parseCertificate(unread.der)).not.toThrow();
  });

  test('an extension twice', () => {
    const twice = mint({ issuer: root, moreExtensions: [extensions.keyUsage(['digitalSignature'])] });
    expect(() => parseCertificate(twice.der)).toThrow(
      expect.objectContaining({ code: 'duplicate-extension' }),
    );
  });

  test('another algorithm outside of what is signed', () => {
    const outerAlgorithm = der.sequence(der.oid('1.2.840.10045.4.3.3'));
    const leaf = mint({ issuer: root, outerAlgorithm });
    expect(() => parseCertificate(leaf.der)).toThrow(
      expect.objectContaining({ code: 'signature-algorithms-differ' }),
    );
  });
});

describe('CRLs', () => {
  test('one of 50 MB that nobody signed is read once, and its entries are never sorted', async () => {
    const entry = der.sequence(der.integer(Buffer.alloc(16, 0x7a)), der.time(now));
    const entries = Buffer.concat(Array.from({ length: Math.floor(50e6 / entry.length) }, () => entry));
    const small = parseCrl(crlDer(root));
    const whole = der.sequence(
      der.sequence(
        der.integer(1),
        der.sequence(der.oid('1.2.840.10045.4.3.2')),
        Buffer.from(small.issuer.der),
        der.time(now),
        der.time(new Date(now.getTime() + 1000)),
        der.sequence(entries),
        der.explicit(0, der.sequence(extensions.crlNumber(1))),
      ),
      der.sequence(der.oid('1.2.840.10045.4.3.2')),
      der.bits(Buffer.from('3006020101020101', 'hex')),
    );
    const crl = parseCrl(whole);
    expect(crl.entries).toBeGreaterThan(1_000_000);
    const revocation = createCrlChecker({ crls: [crl], intermediates: new CertificatePool() });
    expect(await ask(mint({ issuer: root }), [], { revocation })).toEqual({
      ok: false,
      reason: 'revocation-unknown',
      detail: 'crl-bad-signature',
    });
  });

  test('signers of CRLs whose own CRLs depend on one another', async () => {
    const ca = mintCa({ issuer: root, keyUsage: ['keyCertSign'] });
    const one = mint({ issuer: ca, name: ca.subject, keyUsage: ['cRLSign'] });
    const two = mint({ issuer: ca, name: ca.subject, keyUsage: ['cRLSign'] });
    const leaf = mint({ issuer: ca });
    const others = [ca, one, two];
    const intermediates = new CertificatePool(others.map(({ certificate }) => certificate));
    const crls = [crlOf(root), crlOf(one), crlOf(two)];
    const revocation = createCrlChecker({ crls, intermediates });
    expect(await ask(leaf, others, { revocation })).toMatchObject({ ok: true });
    const revoking = [one, two].map((signer) => Buffer.from(signer.certificate.serial, 'hex'));
    const bad = [crlOf(root), crlOf(one, { revoked: revoking.map((serial) => ({ serial, at: now })) })];
    const revokingChecker = createCrlChecker({ crls: bad, intermediates });
    expect(await ask(leaf, others, { revocation: revokingChecker })).toMatchObject({
      ok: false,
      reason: 'revocation-unknown',
    });
  });
});
