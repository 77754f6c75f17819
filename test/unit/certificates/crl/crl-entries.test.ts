import { expect, test } from 'vitest';
import { parseCrl } from '#certificates/crl/crl.ts';
import { parseCertificate } from '#certificates/certificate.ts';
import { der } from '#demo/pki/der.ts';
import { extension } from '#demo/pki/extensions.ts';
import { encodeName } from '#demo/pki/names.ts';
import { createRandomBytes } from '#test/support/certificates/random-bytes.ts';
import { crlOf, mint, mintCa, now } from '#test/support/certificates/mint.ts';

const issuer = mintCa();
const { subject } = issuer.certificate;

test.each([0, 1, 2, 63, 64, 65, 130, 5000])(
  'finds every one of %d serials, and none that is not there',
  (count) => {
    const random = createRandomBytes(count);
    const serials = Array.from({ length: count }, (_, at) => {
      const serial = random(1 + (at % 20));
      serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
      return serial;
    });
    const revoked = serials.map((serial, at) => ({
      serial,
      at: new Date(now.getTime() + at * 1000),
      reason: 4,
    }));
    const crl = crlOf(issuer, { revoked });
    expect(crl.entries).toBe(count);
    const expected = new Map(
      revoked.map((entry) => [entry.serial.toString('hex'), entry] as const).toReversed(),
    );
    for (const [serial, { at }] of expected)
      expect(crl.find(serial, subject)).toEqual({ reason: 'superseded', at });
    for (let miss = 0; miss < 1000; miss += 1) {
      const serial = random(1 + (miss % 20)).toString('hex');
      if (!expected.has(serial)) expect(crl.find(serial, subject)).toBeUndefined();
    }
  },
);

test('a serial is that of the CRL issuer alone', () => {
  const crl = crlOf(issuer, { revoked: [{ serial: Buffer.from([5]), at: now }] });
  const other = mintCa().certificate.subject;
  expect(crl.find('05', subject)).toEqual({ reason: 'unspecified', at: now });
  expect(crl.find('05', other)).toBeUndefined();
});

test('reasons of entries are said', () => {
  const revoked = [1, 6, 8].map((reason) => ({ serial: Buffer.from([reason]), at: now, reason }));
  const crl = crlOf(issuer, { revoked });
  const reasons = revoked.map(({ serial }) => crl.find(serial.toString('hex'), subject)?.reason);
  expect(reasons).toEqual(['key-compromise', 'certificate-hold', 'remove-from-crl']);
});

test('of two entries for one serial the one that revokes counts', () => {
  const entry = (reason: number) => ({ serial: Buffer.from([9]), at: now, reason });
  for (const revoked of [
    [entry(8), entry(1)],
    [entry(1), entry(8)],
  ]) {
    expect(crlOf(issuer, { revoked }).find('09', subject)?.reason).toBe('key-compromise');
  }
});

const withEntry = (...parts: readonly Buffer[]) => {
  const whole = crlOf(issuer, { revoked: [{ serial: Buffer.from([5]), at: now }] });
  const entry = der.sequence(der.integer(5), der.time(now));
  const tbs = Buffer.from(whole.tbs);
  const at = tbs.indexOf(entry);
  const list = der.sequence(der.sequence(...parts));
  // The list's header is two octets before its only entry.
  const inner = Buffer.concat([
    tbs.subarray(tbs.length > 129 ? 3 : 2, at - 2),
    list,
    tbs.subarray(at + entry.length),
  ]);
  return der.sequence(
    der.sequence(inner),
    Buffer.from(whole.signatureAlgorithm.der),
    der.bits(whole.signature),
  );
};
const entryExtensions = (...all: readonly Buffer[]) => der.sequence(...all);
const reason = (code: number, critical = false) => extension('2.5.29.21', critical, der.enumerated(code));

test('entries that are not in their form make the CRL unreadable', () => {
  const plain = [der.integer(5), der.time(now)] as const;
  expect(parseCrl(withEntry(...plain, entryExtensions(reason(1)))).entries).toBe(1);
  const bad: readonly (readonly Buffer[])[] = [
    [der.integer(5)],
    [der.time(now), der.integer(5)],
    [der.tagged(0x02, Buffer.from([0, 5])), der.time(now)],
    [der.integer(5), der.tagged(0x17, Buffer.from('261301000000Z'))],
    [...plain, entryExtensions()],
    [...plain, entryExtensions(reason(7))],
    [...plain, entryExtensions(reason(11))],
    [...plain, entryExtensions(reason(1), reason(1))],
    [...plain, entryExtensions(reason(1)), der.null()],
  ];
  for (const parts of bad) {
    expect(() => parseCrl(withEntry(...parts))).toThrow(expect.objectContaining({ name: 'MalformedCrl' }));
  }
});

test('what is critical and unknown makes the CRL say nothing', () => {
  const plain = [der.integer(5), der.time(now)] as const;
  const unknown = (critical: boolean) => entryExtensions(extension('1.2.3', critical, der.null()));
  expect(parseCrl(withEntry(...plain, unknown(false))).isUnsupported).toBe(false);
  expect(parseCrl(withEntry(...plain, unknown(true))).isUnsupported).toBe(true);
  const name = der.explicit(4, encodeName([['CN', 'Other']]));
  const foreign = entryExtensions(extension('2.5.29.29', true, der.sequence(name)));
  expect(parseCrl(withEntry(...plain, foreign)).isUnsupported).toBe(true);
});

test('entries of an indirect CRL are of the issuer that they, or one before, name', () => {
  const leaf = mint({ issuer: mintCa({ name: encodeName([['CN', 'Other']]) }) });
  const other = parseCertificate(leaf.der).issuer;
  const serial = Buffer.from([7]);
  const before = crlOf(issuer, { revoked: [{ serial, at: now }], partition: { indirect: true } });
  expect(before.find('07', subject)).toBeDefined();
  expect(before.find('07', other)).toBeUndefined();
});
