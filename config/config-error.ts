/** One thing that is wrong with the configuration. */
export interface ConfigFault {
  /** Such as `clients[csm].redirect_uris[0]`; empty for a whole file. */
  readonly path: string;
  readonly file?: string | undefined;
  /** 1 for the first line. */
  readonly line?: number | undefined;
  /** What stands there; never the value of a secret. */
  readonly found?: string | undefined;
  readonly expected: string;
}

/** Everything that is wrong, together. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(
      `the configuration has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}\n${faults.map(formatFault).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** A fault on one line: `file:line: path: expected …, found …`. */
export function formatFault({ path, file, line, found, expected }: ConfigFault): string {
  const place = file === undefined ? [] : [line === undefined ? file : `${file}:${line}`];
  const what = found === undefined ? expected : `expected ${expected}; found ${found}`;
  return [...place, ...(path === '' ? [] : [path]), what].join(': ');
}
