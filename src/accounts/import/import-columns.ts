/** Columns of a file of officials; how they are headed is words (`registry.batch.column.<column>`). */
export const importColumns = [
  'name',
  'nationalId',
  'birthday',
  'email',
  'unitOid',
  'roles',
  'title',
  'staffNumber',
  'phone',
  'extension',
  'mobile',
  'fax',
  'postalCode',
  'address',
  'agencyOid',
] as const;

export type ImportColumn = (typeof importColumns)[number];

/** A file without one of these cannot hold a single right line. */
export const requiredColumns = [
  'name',
  'nationalId',
  'birthday',
  'email',
] as const satisfies readonly ImportColumn[];

/** What a line says; empty cells are left out. */
export type ImportCells = Readonly<Partial<Record<ImportColumn, string>>>;

export interface ImportRow {
  /** As the file numbers it. */
  readonly line: number;
  readonly cells: ImportCells;
}
