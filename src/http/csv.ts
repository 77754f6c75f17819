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
