import { describe, expect, test } from 'vitest';
import { checkPath, type PathQuestion } from '#certificates/check-path.ts';
import { createCrlChecker } from '#certificates/crl/crl-checker.ts';
import { extensionIds as ids } from '#certificates/extensions/extensions.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import { refuse, type Refusal } from '#certificates/verdict.ts';
import { der } from '#demo/pki/der.ts';
import { extension, extensions } from '#demo/pki/extensions.ts';
import { makeKeyPair } from '#demo/pki/keys.ts';
import { encodeName } from '#demo/pki/names.ts';
import {
  crlOf,
  mint,
  mintCa,
  now,
  serialOf,
  write,
  type Minted,
  type MintSpec,
} from '#test/support/certificates/mint.ts';

const root = mintCa();
const ca = mintCa({ issuer: root });
const weakKeys = makeKeyPair('rsa-1024');

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

test('a path through an intermediate is valid, leaf first and without the anchor', async () => {
  const leaf = mint({ issuer: ca });
  const verdict = await ask(leaf, [ca]);
  expect(verdict).toMatchObject({ ok: true, policies: [], evidence: [] });
  if (!verdict.ok) return;
  expect(verdict.path.map(({ fingerprint }) => fingerprint)).toEqual([
    leaf.certificate.fingerprint,
    ca.certificate.fingerprint,
  ]);
  expect(verdict.anchor.keyId).toBe(root.certificate.keyId);
});

describe('what makes a leaf refused', () => {
  const cases: readonly (readonly [string, MintSpec, Refusal, string?])[] = [
    ['time: not yet', { notBefore: new Date(now.getTime() + 1000) }, 'not-yet-valid'],
    ['time: over', { notAfter: new Date(now.getTime() - 1000) }, 'expired'],
    ['serial 0', { serial: Buffer.from([0]) }, 'malformed', 'serial-zero'],
    ['serial of 21 octets', { serial: Buffer.alloc(21, 1) }, 'malformed', 'serial-too-long'],
    ['version 1', { version: undefined, extensions: none() }, 'malformed', 'not-version-3'],
    ['version 2', { version: 1, extensions: none() }, 'malformed', 'not-version-3'],
    ['no AKI', { extensions: { [ids.authorityKeyId]: undefined } }, 'malformed', 'no-authority-key-id'],
    [
      'critical AKI',
      { extensions: { [ids.authorityKeyId]: extension(ids.authorityKeyId, true, keyIdOf(ca)) } },
      'malformed',
      'must-not-be-critical',
    ],
    ['no subject, no other name', { name: der.sequence() }, 'malformed', 'empty-subject'],
    [
      'no subject, other name not critical',
      {
        name: der.sequence(),
        extensions: { [ids.subjectAltNames]: write.alternativeNames([write.dns('a.tw')]) },
      },
      'malformed',
      'empty-subject',
    ],
    ['keyCertSign without CA', { keyUsage: ['keyCertSign'] }, 'malformed', 'cert-sign-without-ca'],
    [
      'name constraints without CA',
      { extensions: { [ids.nameConstraints]: write.nameConstraints({ permitted: [write.dns('tw')] }) } },
      'malformed',
      'name-constraints-without-ca',
    ],
    [
      'an alternative name that is none',
      { extensions: { [ids.subjectAltNames]: write.alternativeNames([write.dns('a..tw')]) } },
      'malformed',
      'bad-alternative-name',
    ],
    [
      'an unknown critical extension',
      { extensions: { '1.2.3.4': extension('1.2.3.4', true, der.null()) } },
      'untrusted',
      'unknown-critical-extension',
    ],
    ['RSA of 1024 bits', { keys: weakKeys, signedBy: ca.keys.privateKey }, 'weak-algorithm', 'rsa-too-short'],
    ['SHA-1', { manner: { hash: 'SHA1' } }, 'weak-algorithm', 'signature'],
    ['signed by a stranger', { signedBy: makeKeyPair('p-256').privateKey }, 'untrusted', 'bad-signature'],
    ['issued by a stranger', { issuerName: encodeName([['CN', 'Stranger']]) }, 'untrusted', 'no-issuer'],
  ];
  for (const [name, spec, reason, detail] of cases) {
    test(name, async () => {
      const leaf = mint({ issuer: ca, ...spec });
      expect(await ask(leaf, [ca])).toEqual(refuse(reason, detail));
    });
  }

  test('a subject may be missing where a critical name stands for it, and unknown extensions do no harm', async () => {
    const names = write.alternativeNames([write.dns('a.tw')], true);
    const other = extension('1.2.3.4', false, der.null());
    const leaf = mint({
      issuer: ca,
      name: der.sequence(),
      extensions: { [ids.subjectAltNames]: names, '1.2.3.4': other },
    });
    expect(await ask(leaf, [ca])).toMatchObject({ ok: true });
  });

  test('both ends of validity are valid', async () => {
    const leaf = mint({ issuer: ca, notBefore: now, notAfter: now });
    expect(await ask(leaf, [ca])).toMatchObject({ ok: true });
    const at = (milliseconds: number) => ask(leaf, [ca], { time: new Date(now.getTime() + milliseconds) });
    expect(await at(-1)).toMatchObject({ reason: 'not-yet-valid' });
    expect(await at(999)).toMatchObject({ ok: true });
    expect(await at(1000)).toMatchObject({ reason: 'expired' });
  });
});

describe('what makes a CA refused', () => {
  const cases: readonly (readonly [string, MintSpec, Refusal, string?])[] = [
    ['over', { notAfter: new Date(now.getTime() - 1000) }, 'expired'],
    [
      'no CA',
      { extensions: { [ids.basicConstraints]: undefined }, keyUsage: ['cRLSign'] },
      'untrusted',
      'not-a-ca',
    ],
    ['no key usage', { extensions: { [ids.keyUsage]: undefined } }, 'untrusted', 'ca-without-cert-sign'],
    ['key usage for CRLs alone', { keyUsage: ['cRLSign'] }, 'untrusted', 'ca-without-cert-sign'],
    ['no SKI', { extensions: { [ids.subjectKeyId]: undefined } }, 'malformed', 'no-subject-key-id'],
    ['no subject', { name: der.sequence() }, 'malformed', 'ca-without-subject'],
    [
      'name constraints that are not critical',
      {
        extensions: {
          [ids.nameConstraints]: write.nameConstraints({ permitted: [write.dns('tw')], isCritical: false }),
        },
      },
      'malformed',
      'must-be-critical',
    ],
    [
      'name constraints that cannot be judged',
      { extensions: { [ids.nameConstraints]: write.nameConstraints({ permitted: [write.dns('*.tw')] }) } },
      'malformed',
      'bad-name-constraint',
    ],
  ];
  for (const [name, spec, reason, detail] of cases) {
    test(name, async () => {
      const issuer = mintCa({ issuer: root, ...spec });
      expect(await ask(mint({ issuer }), [issuer])).toEqual(refuse(reason, detail));
    });
  }

  test('path length counts what is not self-issued', async () => {
    const short = mintCa({ issuer: root, pathLength: 0 });
    const below = mintCa({ issuer: short });
    expect(await ask(mint({ issuer: short }), [short])).toMatchObject({ ok: true });
    expect(await ask(mint({ issuer: below }), [short, below])).toEqual({
      ok: false,
      reason: 'untrusted',
      detail: 'path-too-long',
    });
    const renewed = mintCa({ issuer: short, name: short.subject });
    expect(await ask(mint({ issuer: renewed }), [short, renewed])).toMatchObject({ ok: true });
  });

  test('what an anchor limits is limited', async () => {
    const narrow = mintCa({ pathLength: 0 });
    const below = mintCa({ issuer: narrow });
    const anchors = new CertificatePool([narrow.certificate]);
    expect(await ask(mint({ issuer: narrow }), [], { anchors })).toMatchObject({ ok: true });
    expect(await ask(mint({ issuer: below }), [below], { anchors })).toMatchObject({
      detail: 'path-too-long',
    });
  });

  const anchorCases: readonly (readonly [string, MintSpec, Refusal])[] = [
    ['expired', { notAfter: new Date(now.getTime() - 1000) }, 'expired'],
    ['no CA', { isCa: false }, 'untrusted'],
    ['version 1', { version: undefined, extensions: none() }, 'malformed'],
  ];
  for (const [name, spec, reason] of anchorCases) {
    test(`an anchor that is ${name}`, async () => {
      const anchor = mintCa(spec);
      const anchors = new CertificatePool([anchor.certificate]);
      expect(await ask(mint({ issuer: anchor }), [], { anchors })).toMatchObject({ ok: false, reason });
    });
  }
});

describe('finding the path', () => {
  test('CAs of one name are told apart by their keys, whatever the key ids say', async () => {
    const twin = mintCa({ issuer: root, name: ca.subject });
    const misled = mint({
      issuer: ca,
      extensions: { [ids.authorityKeyId]: extension(ids.authorityKeyId, false, keyIdOf(twin)) },
    });
    for (const leaf of [mint({ issuer: ca }), mint({ issuer: twin }), misled]) {
      expect(await ask(leaf, [twin, ca])).toMatchObject({ ok: true });
    }
    expect(await ask(mint({ issuer: ca }), [twin])).toMatchObject({ ok: false, detail: 'bad-signature' });
  });

  test('an anchor of the right name and the wrong key is none', async () => {
    const impostor = mintCa({ name: root.subject });
    const anchors = new CertificatePool([impostor.certificate]);
    expect(await ask(mint({ issuer: ca }), [ca, root], { anchors })).toMatchObject({
      ok: false,
      reason: 'untrusted',
    });
  });

  test('another path is tried when one fails: an expired cross certificate beside a good one', async () => {
    const old = mintCa({
      issuer: root,
      name: ca.subject,
      keys: ca.keys,
      notAfter: new Date(now.getTime() - 1000),
    });
    const leaf = mint({ issuer: ca });
    for (const others of [
      [old, ca],
      [ca, old],
    ])
      expect(await ask(leaf, others)).toMatchObject({ ok: true });
    expect(await ask(leaf, [old])).toMatchObject({ reason: 'expired' });
  });

  test('cross certificates that form a ring lead out of it, or nowhere', async () => {
    const a = mintCa({ name: 'Ring A' });
    const b = mintCa({ name: 'Ring B', issuer: a });
    const aByB = mintCa({ issuer: b, name: a.subject, keys: a.keys });
    const aByRoot = mintCa({ issuer: root, name: a.subject, keys: a.keys });
    const leaf = mint({ issuer: b });
    expect(await ask(leaf, [b, aByB])).toMatchObject({ ok: false, reason: 'untrusted' });
    expect(await ask(leaf, [b, aByB, aByRoot])).toMatchObject({ ok: true });
  });
});

describe('purpose', () => {
  const rules: readonly (readonly [string, MintSpec, Refusal | undefined])[] = [
    ['signing', {}, undefined],
    ['encryption', { keyUsage: ['keyEncipherment', 'dataEncipherment'] }, 'wrong-usage'],
    ['no key usage', { extensions: { [ids.keyUsage]: undefined } }, 'wrong-usage'],
    ['client authentication', extendedUsage('1.3.6.1.5.5.7.3.2'), undefined],
    ['server authentication alone', extendedUsage('1.3.6.1.5.5.7.3.1'), 'wrong-usage'],
    ['the test level', policiesOf('2.16.886.101.0.3.0'), 'test-certificate'],
    ['assurance level 3', policiesOf('2.16.886.101.0.3.3'), undefined],
  ];
  test.each(rules)('login and registration: %s', async (_, spec, reason) => {
    const leaf = mint({ issuer: ca, ...spec });
    for (const purpose of ['login', 'registration'] as const) {
      const expected = reason === undefined ? { ok: true } : { ok: false, reason };
      expect(await ask(leaf, [ca], { purpose })).toMatchObject(expected);
    }
    expect(await ask(leaf, [ca])).toMatchObject({ ok: true });
  });

  test('extended usages of CAs narrow those below, for any purpose', async () => {
    const narrow = mintCa({ issuer: root, ...extendedUsage('1.3.6.1.5.5.7.3.4') });
    const wide = mintCa({ issuer: root, ...extendedUsage('2.5.29.37.0') });
    const client = extendedUsage('1.3.6.1.5.5.7.3.2');
    expect(await ask(mint({ issuer: narrow, ...client }), [narrow])).toMatchObject({ reason: 'wrong-usage' });
    expect(await ask(mint({ issuer: wide, ...client }), [wide])).toMatchObject({ ok: true });
    expect(await ask(mint({ issuer: narrow }), [narrow])).toMatchObject({ ok: true });
    expect(await ask(mint({ issuer: narrow }), [narrow], { purpose: 'login' })).toMatchObject({ ok: false });
  });

  test('a CA does not log in', async () => {
    const signer = mintCa({ issuer: root, keyUsage: ['keyCertSign', 'digitalSignature'] });
    expect(await ask(signer, [], { purpose: 'login' })).toMatchObject({
      reason: 'wrong-usage',
      detail: 'ca',
    });
  });

  test('test certificates where they are allowed', async () => {
    const leaf = mint({ issuer: ca, ...policiesOf('2.16.886.101.0.3.0') });
    expect(await ask(leaf, [ca], { purpose: 'login', allowTestCertificates: true })).toMatchObject({
      ok: true,
    });
  });
});

describe('revocation', () => {
  const leaf = mint({ issuer: ca });
  const checked = (
    crls: Parameters<typeof createCrlChecker>[0]['crls'],
    others: readonly Minted[] = [ca],
  ) => {
    const intermediates = new CertificatePool(others.map(({ certificate }) => certificate));
    return ask(leaf, others, { revocation: createCrlChecker({ crls, intermediates }) });
  };

  test('everyone on the path is asked about, and the evidence says by what', async () => {
    const verdict = await checked([crlOf(root, { number: 7 }), crlOf(ca, { number: 255 })]);
    expect(verdict).toMatchObject({
      ok: true,
      evidence: [
        { source: 'crl', crlNumber: 'ff', signerKeyId: ca.certificate.keyId },
        { source: 'crl', crlNumber: '7', signerKeyId: root.certificate.keyId },
      ],
    });
    expect(await checked([crlOf(ca)])).toMatchObject({ reason: 'revocation-unknown', detail: 'no-crl' });
  });

  test('revoked, with the reason; a CA as well', async () => {
    const entry = (of: Minted, reason?: number) => ({
      revoked: [{ serial: serialOf(of), at: now, ...(reason && { reason }) }],
    });
    expect(await checked([crlOf(root), crlOf(ca, entry(leaf, 1))])).toEqual({
      ok: false,
      reason: 'revoked',
      detail: 'key-compromise',
    });
    expect(await checked([crlOf(root, entry(ca)), crlOf(ca)])).toEqual({
      ok: false,
      reason: 'revoked',
      detail: 'issuer-unspecified',
    });
  });

  test('a revoked cross certificate leaves the other path', async () => {
    const crossed = mintCa({ issuer: root, name: ca.subject, keys: ca.keys });
    const revoked = { revoked: [{ serial: serialOf(ca), at: now }] };
    for (const others of [
      [ca, crossed],
      [crossed, ca],
    ]) {
      expect(await checked([crlOf(root, revoked), crlOf(ca)], others)).toMatchObject({ ok: true });
    }
  });
});

function none(): Record<string, undefined> {
  return Object.fromEntries(
    [ids.subjectKeyId, ids.authorityKeyId, ids.keyUsage, ids.basicConstraints].map((id) => [id, undefined]),
  );
}

function keyIdOf({ certificate }: Minted): Buffer {
  return der.sequence(der.implicit(0, Buffer.from(certificate.extensions.subjectKeyId ?? '', 'hex')));
}

function extendedUsage(oid: string): MintSpec {
  return { extensions: { [ids.keyPurposes]: extensions.extendedKeyUsage([oid]) } };
}

function policiesOf(oid: string): MintSpec {
  return { extensions: { [ids.policies]: extensions.policies([oid]) } };
}
