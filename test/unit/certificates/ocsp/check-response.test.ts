import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parseCertificate } from '#certificates/certificate.ts';
import { certIdOf } from '#certificates/ocsp/cert-id.ts';
import { checkOcspResponse, ocspRefusals, type OcspQuestion } from '#certificates/ocsp/check-response.ts';
import { encodeOcspRequest } from '#certificates/ocsp/encode-request.ts';
import type { Issued } from '#demo/pki/authority.ts';
import { der } from '#demo/pki/der.ts';
import { extension, extensions } from '#demo/pki/extensions.ts';
import { signBytes } from '#demo/pki/keys.ts';
import { certId, mintOcspError, mintOcspResponse, type OcspContent } from '#demo/pki/mint-ocsp-response.ts';
import { mintPki, type Pki } from '#demo/pki/mint-pki.ts';

const time = new Date('2026-11-26T02:00:00Z');
const minute = 60_000;
const person = { name: '林怡君', serialNumber: '0000000116004321', lastFour: '6789' };
const nonce = Buffer.alloc(32, 7);
let pki: Pki;
let card: Issued;
const reached = new Set<string>();

beforeAll(() => {
  pki = mintPki({ at: time });
  card = pki.issue(person);
});

const ago = (minutes: number) => new Date(time.getTime() - minutes * minute);
const answer = (odd: Partial<OcspContent> = {}) => pki.ocspResponse({ about: card, ...odd });

function check(bytes: Uint8Array, odd: Partial<OcspQuestion> = {}) {
  const verdict = checkOcspResponse(bytes, {
    certificate: parseCertificate(card.certificate),
    issuer: parseCertificate(pki.g2.certificate),
    digest: 'sha1',
    nonce: undefined,
    requireNonce: false,
    time,
    skewMs: 2 * minute,
    ...odd,
  });
  if (!verdict.ok) reached.add(verdict.reason);
  return verdict;
}

test('good, revoked and unknown are read as they are', () => {
  expect(check(answer())).toMatchObject({
    ok: true,
    answer: {
      status: { kind: 'good' },
      thisUpdate: ago(1),
      nextUpdate: ago(-60),
      responderToCheck: undefined,
    },
  });
  const at = ago(1000);
  expect(check(answer({ status: { kind: 'revoked', at, reason: 1 } }))).toMatchObject({
    answer: { status: { kind: 'revoked', at, reason: 1 } },
  });
  expect(check(answer({ status: { kind: 'unknown' } }))).toMatchObject({
    answer: { status: { kind: 'unknown' } },
  });
});

test.each<[string, () => Partial<OcspContent>]>([
  ['signed by the CA itself', () => ({ responder: pki.g2 })],
  ['signed by the CA, named', () => ({ responder: pki.g2, byName: true })],
  ['by a delegate, named', () => ({ byName: true })],
  [
    'by a delegate with RSA-PSS',
    () => ({ responder: pki.responder(pki.g2, { keyKind: 'rsa-2048', keys: rsa() }), manner: { pss: true } }),
  ],
])('an answer %s is taken', (_, odd) => {
  expect(check(answer(odd()))).toMatchObject({ ok: true });
});
const rsa = () => pki.issue(person, 'sign', { label: 'rsa-responder' });

test('a CertID by SHA-256 is taken where that was asked', () => {
  expect(check(answer({ idHash: 'SHA256' }), { digest: 'sha256' })).toMatchObject({ ok: true });
});

test('a nonce that comes back, or that the responder leaves out by leave, is taken', () => {
  expect(check(answer({ nonce }), { nonce, requireNonce: true })).toMatchObject({
    ok: true,
  });
  expect(check(answer(), { nonce })).toMatchObject({ ok: true });
});

test('a delegate whose revocation its issuer wants asked is named to be asked', () => {
  const responder = withoutNoCheck();
  const { fingerprint } = parseCertificate(responder.certificate);
  expect(check(answer({ responder }))).toMatchObject({
    ok: true,
    answer: { responderToCheck: { fingerprint } },
  });
});

/** A responder that says nothing of its own revocation. */
function withoutNoCheck(): Issued {
  return pki.issue(person, 'sign', {
    extraExtensions: [extensions.extendedKeyUsage(['1.3.6.1.5.5.7.3.9'])],
    label: 'asked-responder',
  });
}

const refusals: readonly [string, string, () => Buffer, Partial<OcspQuestion>?][] = [
  ['nothing', 'malformed', () => Buffer.alloc(0)],
  ['a page', 'malformed', () => Buffer.from('<html>maintenance</html>')],
  ['half an answer', 'malformed', () => answer().subarray(0, 200)],
  ['two answers', 'malformed', () => Buffer.concat([answer(), answer()])],
  [
    'an answer of another kind',
    'malformed',
    () =>
      der.sequence(
        der.enumerated(0),
        der.explicit(0, der.sequence(der.oid('1.2.3'), der.octets(Buffer.alloc(0)))),
      ),
  ],
  ['"try later"', 'responder-error', () => mintOcspError(3)],
  ['"unauthorized"', 'responder-error', () => mintOcspError(6)],
  [
    'the answer of another certificate',
    'other-certificate',
    () => answer({ serial: Buffer.from([1, 2, 3]) }),
  ],
  [
    'the same serial of another CA',
    'other-certificate',
    () => answer({ issuer: pki.g3, responder: pki.responder(pki.g2) }),
  ],
  ['a CertID by another digest', 'other-certificate', () => answer({ idHash: 'SHA256' })],
  ['another nonce', 'wrong-nonce', () => answer({ nonce: Buffer.alloc(32, 8) }), { nonce }],
  ['no nonce where one is wanted', 'no-nonce', () => answer(), { nonce, requireNonce: true }],
  [
    'an answer by a stranger',
    'untrusted-responder',
    () => answer({ responder: pki.responder(pki.impostor, { label: 'stranger' }) }),
  ],
  [
    'an answer by another CA’s delegate',
    'untrusted-responder',
    () => answer({ responder: pki.responder(pki.g3) }),
  ],
  ['an answer by a person of the same CA', 'untrusted-responder', () => answer({ responder: card })],
  [
    'a delegate for something else',
    'untrusted-responder',
    () =>
      answer({
        responder: pki.responder(pki.g2, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'], label: 'client' }),
      }),
  ],
  [
    'a delegate that has expired',
    'untrusted-responder',
    () =>
      answer({ responder: pki.responder(pki.g2, { notBefore: ago(9000), notAfter: ago(1), label: 'old' }) }),
  ],
  [
    'a delegate that is not valid yet',
    'untrusted-responder',
    () => answer({ responder: pki.responder(pki.g2, { notBefore: ago(-5), label: 'new' }) }),
  ],
  [
    'a delegate that the CA did not sign',
    'untrusted-responder',
    () => answer({ responder: pki.responder(pki.g2, { signedBy: pki.impostor, label: 'forged' }) }),
  ],
  [
    'a delegate with a critical extension nobody knows',
    'untrusted-responder',
    () =>
      answer({
        responder: pki.responder(pki.g2, {
          extraExtensions: [extension('1.2.3.4', true, der.null())],
          label: 'critical',
        }),
      }),
  ],
  ['a delegate that does not come along', 'untrusted-responder', () => answer({ certificates: [] })],
  [
    'an answer signed with SHA-1',
    'weak-algorithm',
    () => answer({ responder: pki.g2, manner: { hash: 'SHA1' } }),
  ],
  ['a signature changed in one bit', 'wrong-signature', () => changed(answer({ responder: pki.g2 }))],
  [
    'a signature of another key under the CA’s name',
    'wrong-signature',
    () =>
      answer({ responder: { ...pki.g2, privateKey: pki.root.privateKey }, byName: true, certificates: [] }),
  ],
  ['an answer of tomorrow', 'not-yet-valid', () => answer({ thisUpdate: ago(-3), nextUpdate: ago(-60) })],
  ['an answer made tomorrow', 'not-yet-valid', () => answer({ producedAt: ago(-3) })],
  ['an answer that has ended', 'expired', () => answer({ thisUpdate: ago(60), nextUpdate: ago(2) })],
  [
    'an answer that ends before it begins',
    'expired',
    () => answer({ thisUpdate: ago(-1), nextUpdate: ago(1) }),
  ],
  ['an old answer without end', 'expired', () => withoutEnd(13)],
];

function withoutEnd(age: number): Buffer {
  return mintOcspResponse({
    issuer: pki.g2,
    serial: card.serial,
    status: { kind: 'good' },
    thisUpdate: ago(age),
    responder: pki.g2,
  });
}

function changed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return copy;
}

test.each(refusals)('%s is refused: %s', (_, reason, bytes, odd) => {
  expect(check(bytes(), odd)).toEqual({ ok: false, reason });
});

test('a clock a little ahead, and an answer without end that is new, are taken', () => {
  expect(check(answer({ thisUpdate: ago(-1), nextUpdate: ago(-60) }))).toMatchObject({ ok: true });
  expect(check(withoutEnd(5))).toMatchObject({ ok: true });
});

test.each(['of the answer', 'of the certificate’s status'])('a critical extension %s is refused', (where) => {
  const unknown = extension('1.2.3.4', true, der.null());
  const carried = [der.explicit(1, der.sequence(unknown))];
  const ofAnswer = where === 'of the answer';
  expect(check(assemble(ofAnswer ? carried : [], ofAnswer ? [] : carried))).toEqual({
    ok: false,
    reason: 'unsupported',
  });
  expect(check(assemble([], []))).toMatchObject({ ok: true });
});

/** An answer of the CA put together by hand. */
function assemble(ofAnswer: readonly Buffer[], ofStatus: readonly Buffer[]): Buffer {
  const id = certId(pki.g2, card.serial, 'SHA1');
  const single = der.sequence(id, der.implicit(0, Buffer.alloc(0)), der.generalizedTime(time), ...ofStatus);
  const responder = der.explicit(1, pki.g2.subject);
  const tbs = der.sequence(responder, der.generalizedTime(time), der.sequence(single), ...ofAnswer);
  const { algorithm, signature } = signBytes(pki.g2.privateKey, tbs);
  const basic = der.sequence(tbs, algorithm, der.bits(signature));
  const content = der.sequence(der.oid('1.3.6.1.5.5.7.48.1.1'), der.octets(basic));
  return der.sequence(der.enumerated(0), der.explicit(0, content));
}

test('openssl reads the requests', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-ocsp-'));
  try {
    const file = path.join(folder, 'request.der');
    for (const digest of ['sha1', 'sha256'] as const) {
      const id = certIdOf(parseCertificate(card.certificate), parseCertificate(pki.g2.certificate), digest);
      writeFileSync(file, encodeOcspRequest(id, nonce));
      const text = execFileSync('openssl', ['ocsp', '-reqin', file, '-req_text'], { encoding: 'utf8' });
      expect(text.toLowerCase()).toContain(`hash algorithm: ${digest}`);
      expect(text.toUpperCase()).toContain(`SERIAL NUMBER: ${card.serial.toString('hex').toUpperCase()}`);
      expect(text).toContain('OCSP Nonce');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every refusal there is has been met', () => {
  expect([...reached].sort()).toEqual([...ocspRefusals].sort());
});
