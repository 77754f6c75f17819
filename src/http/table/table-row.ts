/** A line of a table, whatever file it came from. */
export interface TableRow {
  /** As a spreadsheet program numbers it, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}
