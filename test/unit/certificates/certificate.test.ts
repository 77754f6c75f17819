import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as x509 from '@peculiar/x509';
import { expect, test } from 'vitest';
import { MalformedCertificate, parseCertificate } from '#certificates/certificate.ts';

const folder = path.resolve('test/vectors/pkits/certs');
const files = readdirSync(folder);
/** Signatures whose count of unused bits was altered. */
const unreadable = ['BadSignedCACert.crt', 'InvalidDSASignatureTest6EE.crt'];

test('reads what two other readers read, the same, in every certificate of PKITS', () => {
  expect(files.length).toBeGreaterThan(400);
  for (const file of files.filter((each) => !unreadable.includes(each))) {
    const der = readFileSync(path.join(folder, file));
    const ours = parseCertificate(der);
    const node = new X509Certificate(der);
    const other = new x509.X509Certificate(der);
    expect(ours.notBefore, file).toEqual(node.validFromDate);
    expect(ours.notAfter, file).toEqual(node.validToDate);
    expect(ours.fingerprint, file).toBe(node.fingerprint256.replaceAll(':', '').toLowerCase());
    expect(ours.serial.replace(/^00/, ''), file).toBe(other.serialNumber.replace(/^00/, ''));
    expect(Buffer.from(ours.subject.der), file).toEqual(Buffer.from(other.subjectName.toArrayBuffer()));
    expect(Buffer.from(ours.issuer.der), file).toEqual(Buffer.from(other.issuerName.toArrayBuffer()));
    expect(Buffer.from(ours.publicKeyInfo.der), file).toEqual(Buffer.from(other.publicKey.rawData));
    expect([...ours.extensions.all.values()].map(({ oid, isCritical }) => [oid, isCritical])).toEqual(
      other.extensions.map(({ type, critical }) => [type, critical]),
    );
    expect(ours.extensions.basicConstraints?.isCa ?? false, file).toBe(
      other.getExtension(x509.BasicConstraintsExtension)?.ca ?? false,
    );
    expect(ours.extensions.subjectKeyId, file).toBe(
      other.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId,
    );
  }
});

test('has one error for what is no certificate', () => {
  for (const file of unreadable) {
    expect(() => parseCertificate(readFileSync(path.join(folder, file)))).toThrow(MalformedCertificate);
  }
  expect(() => parseCertificate(new Uint8Array())).toThrow(MalformedCertificate);
  expect(() => parseCertificate(new Uint8Array(1024 * 1024 + 1))).toThrow(
    expect.objectContaining({ code: 'too-large' }),
  );
});
