import type { ImportEnding, ImportState } from '#domain/import-jobs.ts';
import type { TableFault } from '#http/table/table-error.ts';
import type { RegistryFormModel } from '../../registry-parts.ts';

export interface ImportUploadModel extends RegistryFormModel {
  readonly jobs: readonly { readonly href: string; readonly createdAt: Date; readonly state: ImportState }[];
  readonly backHref: string;
}

export interface ImportJobModel extends RegistryFormModel {
  readonly action: string;
  readonly backHref: string;
  readonly state: ImportState;
  readonly ending?: ImportEnding;
  /** Whether it goes on by itself: the page looks again. */
  readonly working: boolean;
  readonly total: number;
  /** Lines dealt with in the phase under way. */
  readonly done: number;
  readonly counts: {
    readonly new: string;
    readonly changed: string;
    readonly same: string;
    readonly faulty: string;
  };
  readonly mayBringIn: boolean;
  readonly mayCancel: boolean;
  /** The first of those that are not right. */
  readonly faulty: readonly {
    readonly line: number;
    readonly oid: string;
    readonly name: string;
    readonly reason: string;
  }[];
  /** The first that would change something. */
  readonly effects: readonly {
    readonly oid: string;
    readonly name: string;
    readonly before?: string;
    readonly effect: 'new' | 'changed';
  }[];
}

export type UploadFault = TableFault | 'no-file' | 'columns';
