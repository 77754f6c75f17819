/** The results in one table each, as Markdown, and held against the targets. */
import type { Comparison, Figures } from './compare.ts';
import { total } from './counted.ts';
import type { DirectoryRates } from './directory-rates.ts';
import type { EqualAnswers } from './equal-answers.ts';
import type { AuditRates } from './hub-process.ts';

/** Filled part by part; a run that is short of time leaves the last ones out. */
export interface Results {
  readonly at: string;
  readonly node: string;
  readonly cores: number;
  readonly callers: number;
  readonly comparisons: Comparison[];
  audit?: AuditRates;
  directories?: Readonly<Record<string, DirectoryRates>>;
  /** Refusals without a deadline, one at a time. */
  work?: EqualAnswers;
  /** With the deadline as shipped, one of each kind at a time; left out of a quick run. */
  shipped?: EqualAnswers;
}

/** Operations that one flow may cost once stores are on other machines. */
interface Limits {
  readonly directory: Readonly<Record<string, number>>;
  readonly store: number;
}

const targets: Readonly<Record<string, Limits>> = {
  login: { directory: { bind: 1, search: 1, modify: 1 }, store: 14 },
  SSO: { directory: { bind: 0, search: 1, modify: 0 }, store: 8 },
  refresh: { directory: {}, store: 4 },
  introspection: { directory: {}, store: 2 },
};

export function printed(results: Results): string {
  const { comparisons, cores, node, callers, audit, directories = {} } = results;
  const rates = Object.entries(directories).map(([name, { searches, binds }]) => [
    name,
    whole(searches),
    whole(binds),
  ]);
  const appends = audit && [
    ['one caller', whole(audit.single)],
    ['20 callers', whole(audit.twentyCallers)],
  ];
  return [
    `${results.at.slice(0, 10)}, Node ${node}, ${cores} cores, ${callers} callers\n`,
    table(
      [
        'flow',
        'server',
        'flows',
        'flows/s',
        'p50 ms',
        'p95 ms',
        'p99 ms',
        'CPU s per 1,000',
        'flows/s: Hufu/bare',
        'CPU: Hufu/bare',
      ],
      comparisons.flatMap(({ scenario, hufu, bare, ratio }) => [
        // Processor time moves less than throughput with what else the machine does.
        [
          scenario,
          'Hufu',
          ...figures(hufu),
          ratio.toFixed(2),
          (hufu.cpuSeconds / bare.cpuSeconds).toFixed(1),
        ],
        ['', 'bare', ...figures(bare), '', ''],
      ]),
    ),
    table(
      ['flow of Hufu', 'directory', 'protocol store', 'records', 'target', ''],
      comparisons.map((each) => operations(each)),
    ),
    table(['directory', 'searches/s', 'argon2id binds/s'], rates),
    table(['audit', 'appends/s'], appends ?? []),
    equalAnswersTable(results),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function figures({ flows, perSecond, p50, p95, p99, cpuSeconds }: Figures): string[] {
  return [
    whole(flows),
    whole(perSecond),
    ...[p50, p95, p99].map((ms) => ms.toFixed(1)),
    cpuSeconds.toFixed(2),
  ];
}

function operations({ scenario, counts }: Comparison): string[] {
  const target = targets[scenario];
  const asked = Object.entries(counts).filter(([name]) => name.startsWith('directory.'));
  const directory = asked
    .map(([name, count]) => `${short(count)} ${name.slice('directory.'.length)}`)
    .join(', ');
  const store = total(counts, 'store.');
  return [
    scenario,
    directory || '0',
    short(store),
    short(total(counts, 'records.')),
    target ? limitsText(target) : '',
    target ? verdict(target, counts, store) : '',
  ];
}

function limitsText({ directory, store }: Limits): string {
  const parts = Object.entries(directory).filter(([, most]) => most > 0);
  return [...parts.map(([name, most]) => `${most} ${name}`), `${store} store`].join(', ');
}

function verdict(
  { directory, store: most }: Limits,
  counts: Readonly<Record<string, number>>,
  store: number,
): string {
  const missed = [
    ...Object.entries(directory)
      .filter(([name, limit]) => (counts[`directory.${name}`] ?? 0) > limit)
      .map(([name]) => name),
    ...(store > most ? ['store'] : []),
  ];
  return missed.length === 0 ? 'met' : `not met: ${missed.join(', ')}`;
}

function equalAnswersTable({ work = {}, shipped }: Results): string {
  const cell = (answers: EqualAnswers | undefined, name: string): string[] => {
    const times = answers?.[name];
    return times ? [times.median.toFixed(1), times.p95.toFixed(1)] : ['', ''];
  };
  return table(
    ['refused password login', 'work: median ms', 'p95 ms', 'as shipped: median ms', 'p95 ms'],
    Object.keys(work).map((name) => [name, ...cell(work, name), ...cell(shipped, name)]),
  );
}

const whole = (value: number) => Math.round(value).toLocaleString('en');
const short = (value: number) => String(Math.round(value * 100) / 100);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), ''].join('\n');
}
