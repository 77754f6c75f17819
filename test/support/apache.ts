/** A throw-away Apache with mod_auth_openidc: a relying party that is not JavaScript and that nobody here wrote. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './hub/hub-world.ts';

export interface Apache {
  readonly origin: string;
  close(): Promise<void>;
}

export interface ApacheClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A role that the protected page asks for. */
  readonly role: string;
}

const modules = '/usr/lib/apache2/modules';

/** False where Apache is not installed; with HUFU_REQUIRE_SERVICES that is an error. */
export function apacheAvailable(): boolean {
  const available =
    existsSync(`${modules}/mod_auth_openidc.so`) &&
    spawnSync('apache2', ['-v'], { stdio: 'ignore' }).status === 0;
  if (!available && process.env.HUFU_REQUIRE_SERVICES === '1') {
    throw new Error('Apache with mod_auth_openidc is missing: npm run services');
  }
  return available;
}

export async function reservePort(): Promise<number> {
  return freePort();
}

export async function startApache(port: number, client: ApacheClient): Promise<Apache> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-apache-'));
  const pages = path.join(folder, 'pages/protected');
  mkdirSync(pages, { recursive: true });
  writeFileSync(path.join(pages, 'index.html'), 'inside');
  writeFileSync(path.join(folder, 'pages/index.html'), 'outside');
  // Apache's workers are another user, where the tests run as root.
  for (const entry of [folder, path.join(folder, 'pages'), pages]) chmodSync(entry, 0o755);
  const origin = `http://127.0.0.1:${port}`;
  const file = path.join(folder, 'httpd.conf');
  writeFileSync(file, configuration(folder, port, origin, client));
  const child = spawn('apache2', ['-DFOREGROUND', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(origin).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) break;
    if (child.exitCode !== null || tries > 300)
      throw new Error(`Apache did not start: ${said}${logOf(folder)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    origin,
    async close() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function logOf(folder: string): string {
  const file = path.join(folder, 'error.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function configuration(folder: string, port: number, origin: string, client: ApacheClient): string {
  const load = ['mpm_event', 'authz_core', 'authn_core', 'authz_user', 'dir', 'headers', 'auth_openidc'];
  return `
ServerRoot ${folder}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${folder}/httpd.pid
ErrorLog ${folder}/error.log
Mutex file:${folder}
User www-data
Group www-data
${load.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
DocumentRoot ${folder}/pages
DirectoryIndex index.html
OIDCProviderMetadataURL ${client.issuer}/.well-known/openid-configuration
OIDCClientID ${client.clientId}
OIDCClientSecret "${client.clientSecret}"
OIDCRedirectURI ${origin}/protected/callback
OIDCCryptoPassphrase a-passphrase-for-tests-alone
OIDCScope "openid profile organization roles"
OIDCPKCEMethod S256
OIDCResponseType code
OIDCCookieSameSite On
# What a browser says of a page that is opened; fetch says otherwise.
RequestHeader set Sec-Fetch-Mode navigate early
RequestHeader set Sec-Fetch-Dest document early
<Location /protected>
  AuthType openid-connect
  Require claim roles:${client.role}
  Header always set X-Name "%{OIDC_CLAIM_name}e"
  Header always set X-Roles "%{OIDC_CLAIM_roles}e"
</Location>
`;
}
