import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
  /** The certificate as a PEM file, for a client to trust. */
  readonly certFile: string;
}

/** Mints a certificate for localhost and 127.0.0.1 in `folder`, with openssl. */
export function mintSelfSigned(folder: string): SelfSigned {
  const keyFile = path.join(folder, 'key.pem');
  const certFile = path.join(folder, 'cert.pem');
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj /CN=localhost';
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  execFileSync(
    'openssl',
    request.split(' ').concat(['-addext', names, '-keyout', keyFile, '-out', certFile]),
    { stdio: 'pipe' },
  );
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), certFile };
}
