/** Why a file of lines cannot be read at all; each has words in the catalogue. */
export const tableFaults = [
  /** Nothing but a head, or not even that. */
  'empty',
  /** Neither of the encodings that we read, or not the one that was named. */
  'wrong-encoding',
  /** Broken quotes, a broken archive, or something else altogether. */
  'not-a-table',
  /** A workbook of before 2007, or one locked with a password. */
  'old-workbook',
  /** Unpacked it would be larger than any list of people. */
  'too-large-inside',
  'too-many-lines',
] as const;

export type TableFault = (typeof tableFaults)[number];

export class TableError extends Error {
  readonly fault: TableFault;
  /** Where in the file, counted from 1, as far as it is known. */
  readonly line: number | undefined;

  constructor(fault: TableFault, options: { readonly line?: number; readonly cause?: unknown } = {}) {
    super(fault, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TableError';
    this.fault = fault;
    this.line = options.line;
  }
}
