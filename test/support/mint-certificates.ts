/** A throw-away CA in a folder, and server certificates from it, minted with openssl: for servers that read files. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

export interface ServerNames {
  /** File name. */
  readonly name: string;
  readonly hosts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly expired?: boolean;
}

export interface TestCa {
  readonly cert: string;
  readonly certFile: string;
  issue(names: ServerNames): Promise<ServerCertificate>;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];
const caSettings = `[ca]
default_ca = test
[test]
database = index.txt
rand_serial = yes
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
`;

export async function mintCa(parent: string, name: string): Promise<TestCa> {
  const folder = path.join(parent, name);
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await mkdir(folder);
  await writeFile(path.join(folder, 'ca.cnf'), caSettings);
  await writeFile(path.join(folder, 'index.txt'), '');
  const ca = ['-x509', '-days', '30', '-subj', `/CN=${name}`, '-keyout', 'ca-key.pem', '-out', 'ca.pem'];
  await openssl('req', ...ca, ...newKey, '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  const certFile = path.join(folder, 'ca.pem');

  return {
    cert: await readFile(certFile, 'utf8'),
    certFile,
    async issue({ name: file, hosts = [], addresses = [], expired = false }) {
      const names = [...hosts.map((host) => `DNS:${host}`), ...addresses.map((address) => `IP:${address}`)];
      const request = ['-subj', `/CN=${file}`, '-addext', `subjectAltName=${names.join(',')}`];
      await openssl(
        'req',
        '-new',
        ...newKey,
        ...request,
        '-keyout',
        `${file}-key.pem`,
        '-out',
        `${file}.csr`,
      );
      const ends = expired ? time(-1) : time(2);
      const signing = ['-batch', '-notext', '-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca-key.pem'];
      const dates = ['-startdate', time(-20), '-enddate', ends];
      await openssl('ca', ...signing, ...dates, '-in', `${file}.csr`, '-out', `${file}.pem`);
      const files = {
        certFile: path.join(folder, `${file}.pem`),
        keyFile: path.join(folder, `${file}-key.pem`),
      };
      const [cert, key] = await Promise.all([
        readFile(files.certFile, 'utf8'),
        readFile(files.keyFile, 'utf8'),
      ]);
      return { cert, key, ...files };
    },
  };
}

/** As openssl reads it: `YYYYMMDDHHMMSSZ`. */
function time(daysFromNow: number): string {
  return `${new Date(Date.now() + daysFromNow * 86_400_000).toISOString().replace(/[-:T]|\..*/g, '')}Z`;
}
