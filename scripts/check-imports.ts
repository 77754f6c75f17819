/**
 * Holds the import table of docs/architecture.md: every import of one of our folders by another must be
 * permitted below. Prints each violation as `file:line: message` and exits 1 when there is one.
 */
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

const capabilities = ['authentication', 'accounts', 'administration', 'applications', 'reviews'];

/** From an area to the areas it may import; an area may always import itself. `*` is everything. */
const permitted: Record<string, readonly string[]> = {
  domain: [],
  certificates: ['domain'],
  audit: ['domain'],
  delivery: ['domain', 'audit'],
  authentication: ['domain', 'audit', 'certificates'],
  accounts: ['domain', 'audit', 'certificates'],
  administration: ['domain', 'audit'],
  applications: ['domain', 'audit', 'certificates'],
  reviews: ['domain', 'audit', 'certificates'],
  http: ['domain'],
  pages: ['domain', 'http'],
  provider: ['domain', 'authentication', 'audit', 'http', 'pages'],
  portal: ['domain', 'http', 'pages', ...capabilities],
  registry: ['domain', 'http', 'pages', ...capabilities],
  // Programs call the deeds that the pages call; what they show of themselves is judged by a port to the provider.
  api: ['domain', 'http', ...capabilities],
  operators: ['domain', 'http', 'pages', ...capabilities],
  interactions: ['domain', 'audit', 'provider', 'http', 'pages', ...capabilities],
  adapters: ['domain'],
  config: [],
  compose: ['*'],
  server: ['domain', 'http', 'pages'],
  cli: ['domain', 'compose', 'config'],
  main: ['cli'],
  demo: ['*'],
  test: ['*'],
  bench: ['*'],
  scripts: ['*'],
  docs: [],
  bin: [],
};

/** Pairs allowed although the table by area says no, each with the reason given in the design. */
const exceptions: readonly { from: string; to: string }[] = [
  // It fetches bytes; certificates judge them.
  { from: 'adapters/certificate-trust', to: 'src/certificates' },
  // One guard against inner addresses for everything that is called.
  { from: 'adapters/certificate-trust', to: 'adapters/outgoing/' },
  // The engine under the embedded stores: opening a file, its errors, its locks.
  { from: 'adapters/', to: 'adapters/sqlite/' },
  // compose.ts is split into parts, each of them the composition root.
  { from: 'src/compose', to: '' },
];

const root = path.resolve(import.meta.dirname, '..');
const aliases = readAliases();

function readAliases(): Map<string, string> {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const imports = (manifest as { imports: Record<string, string> }).imports;
  return new Map(Object.entries(imports).map(([key, value]) => [key.slice(0, -1), value.slice(2, -1)]));
}

function areaOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  if (top !== 'src') return top;
  return second.replace(/\.ts$/, '');
}

/** A login method is a folder under interactions/ that holds its handlers; steps never import one another. */
function stepOf(file: string): string | undefined {
  const [top, second, third] = file.split('/');
  return top === 'interactions' && third !== undefined ? second : undefined;
}

function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier);
  for (const [alias, folder] of aliases) {
    if (specifier.startsWith(alias)) return folder + specifier.slice(alias.length);
  }
  return undefined;
}

function judge(from: string, to: string): string | undefined {
  if (exceptions.some((pair) => from.startsWith(pair.from) && to.startsWith(pair.to))) return undefined;
  const fromArea = areaOf(from);
  const toArea = areaOf(to);
  const fromStep = stepOf(from);
  const toStep = stepOf(to);
  if (fromStep && toStep && fromStep !== toStep) {
    return `login step ${fromStep} imports login step ${toStep}: return to the dispatcher instead`;
  }
  if (fromArea === 'adapters' && toArea === 'adapters' && from.split('/')[1] !== to.split('/')[1]) {
    return `adapter ${from.split('/')[1]} imports adapter ${to.split('/')[1]}`;
  }
  if (fromArea === toArea) return undefined;
  const allowed = permitted[fromArea];
  if (!allowed) return `folder ${fromArea} is not in the import table`;
  if (allowed.includes('*') || allowed.includes(toArea)) return undefined;
  return `${fromArea} must not import ${toArea}`;
}

function importsOf(file: string, source: string): { specifier: string; start: number }[] {
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const literal = (start: number, end: number) => source.slice(start + 1, end - 1);
  return [
    ...module.staticImports.map(({ moduleRequest: m }) => ({ specifier: m.value, start: m.start })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest: m }) => (m ? [{ specifier: m.value, start: m.start }] : [])),
    ),
    ...module.dynamicImports.map(({ moduleRequest: m }) => ({
      specifier: literal(m.start, m.end),
      start: m.start,
    })),
  ];
}

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && file.includes('/'));

const faults = files.flatMap((file) => {
  let source: string;
  try {
    source = readFileSync(path.join(root, file), 'utf8');
  } catch {
    return []; // deleted in the working tree, still in the index
  }
  return importsOf(file, source).flatMap(({ specifier, start }) => {
    const to = resolveImport(file, specifier);
    const fault = to === undefined ? undefined : judge(file, to);
    return fault ? [`${file}:${source.slice(0, start).split('\n').length}: ${fault}`] : [];
  });
});

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`imports: ${files.length} files keep the table`);
