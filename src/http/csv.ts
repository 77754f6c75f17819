/** RFC 4180 lines for spreadsheet programs: with a byte order mark, and nothing in them is taken for a formula. */
export const byteOrderMark = '\uFEFF';

export function csvLine(values: readonly string[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

/** A cell that begins like a formula is shown as text by the quote before it (CSV injection). */
export function inertText(value: string): string {
  return /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value;
}

function csvField(value: string): string {
  const inert = inertText(value);
  // Some programs take semicolons and tabs for the end of a cell, too: what follows one must not begin another.
  return /[",;\t\r\n]/.test(inert) || inert !== value ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/**
 * A table read and sent a piece at a time. One that breaks off says so in its last line, which is `cut`, for wherever it is not
 * seen that the connection was cut.
 */
export async function* csvTable(
  head: readonly string[],
  rows: AsyncIterable<readonly string[]>,
  cut: string,
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(head);
  try {
    for await (const row of rows) yield csvLine(row);
  } catch (error) {
    yield csvLine([cut]);
    throw error;
  }
}
