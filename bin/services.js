#!/usr/bin/env node
// `npm run services`: what the tests run besides Node. On Debian and Ubuntu, as root or through sudo, installs what is missing;
// elsewhere says what is missing and how to get it. The tests start servers of their own, so nothing is left running.
// Plain JavaScript that Node 20 understands.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const path = `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin:/sbin`;

function runs(command, args) {
  const { status, error } = spawnSync(command, args, {
    env: { ...process.env, PATH: path },
    stdio: 'ignore',
    timeout: 30_000,
  });
  return error === undefined && status !== null && status < 2;
}

// Debian keeps the server's programs apart from the path, by version.
function findPostgres() {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base) : [];
  return ['postgres', ...versions.map((version) => `${base}/${version}/bin/postgres`)].some((file) =>
    runs(file, ['--version']),
  );
}

function findSlapdModules() {
  const folders = ['/usr/lib/ldap', '/usr/lib/openldap', '/usr/libexec/openldap', '/usr/lib64/openldap'];
  return folders.some(
    (folder) => existsSync(folder) && readdirSync(folder).some((file) => file.startsWith('argon2')),
  );
}

function findCjkFont() {
  const { stdout } = spawnSync('fc-list', [':lang=zh-tw', 'family'], { encoding: 'utf8' });
  return typeof stdout === 'string' && stdout.trim() !== '';
}

const services = [
  { name: 'slapd (OpenLDAP server)', packages: ['slapd'], isThere: () => runs('slapd', ['-V']) },
  { name: 'slapd argon2 module', packages: ['slapd-contrib', 'slapd'], isThere: findSlapdModules },
  { name: 'ldapsearch', packages: ['ldap-utils'], isThere: () => runs('ldapsearch', ['-VV']) },
  { name: 'redis-server', packages: ['redis-server'], isThere: () => runs('redis-server', ['--version']) },
  { name: 'postgres', packages: ['postgresql'], isThere: findPostgres },
  {
    name: 'chromium',
    packages: ['chromium'],
    isThere: () =>
      ['chromium', 'chromium-browser', 'google-chrome'].some((name) => runs(name, ['--version'])),
  },
  { name: 'a Chinese font', packages: ['fonts-noto-cjk', 'fontconfig'], isThere: findCjkFont },
  {
    name: 'apache2 with mod_auth_openidc',
    packages: ['libapache2-mod-auth-openidc', 'apache2'],
    isThere: () => existsSync('/usr/lib/apache2/modules/mod_auth_openidc.so') && runs('apache2', ['-v']),
  },
  { name: 'openssl', packages: ['openssl'], isThere: () => runs('openssl', ['version']) },
];

function findMissing() {
  return services.filter(({ isThere }) => !isThere());
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function becomeRoot() {
  if (process.getuid?.() === 0) return [];
  return runs('sudo', ['-n', 'true']) ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined;
}

function apt(prefix, ...args) {
  const [command, ...rest] = [...prefix, 'apt-get', ...args];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, rest, { env, stdio: 'inherit' }).status === 0;
}

function install(prefix, packages) {
  console.log(`services: installing ${packages.join(' ')}`);
  const options = ['-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  return apt(prefix, 'update', '-q') && apt(prefix, 'install', ...options, ...packages);
}

let missing = findMissing();
if (missing.length > 0 && isDebian()) {
  const packages = [...new Set(missing.flatMap((service) => service.packages))];
  const prefix = becomeRoot();
  if (prefix === undefined)
    console.error(`services: not root and no sudo; run: apt-get install ${packages.join(' ')}`);
  else if (!install(prefix, packages)) console.error('services: apt-get failed');
  missing = findMissing();
} else if (missing.length > 0) {
  console.error('services: this is not Debian or Ubuntu; install these with the package manager at hand:');
}

for (const service of services) {
  const isMissing = missing.includes(service);
  const line = `${isMissing ? 'missing' : 'ok     '} ${service.name}`;
  if (isMissing) console.error(`${line} (Debian package ${service.packages[0]})`);
  else console.log(line);
}
process.exitCode = missing.length > 0 ? 1 : 0;
