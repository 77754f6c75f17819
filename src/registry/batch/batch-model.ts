import type { ImportLineState, ImportState } from '#domain/import-jobs.ts';
import type { ImportEnding } from '#domain/import-jobs.ts';
import type { TypedWarrant } from '../warrant-form.ts';
import type { Option, RegistryFormModel } from '../registry-parts.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';

/** How a job stands, in one word: its state, or how it ended. */
export type JobStanding = Exclude<ImportState, 'ended'> | ImportEnding;

export interface BatchListModel extends RegistryFrameModel {
  readonly uploadHref: string;
  readonly jobs: readonly {
    readonly href: string;
    readonly fileName: string;
    readonly createdAt: Date;
    readonly lines: string;
    readonly standing: JobStanding;
    readonly working: boolean;
  }[];
}

export interface BatchUploadModel extends RegistryFormModel {
  readonly backHref: string;
  readonly encodings: readonly Option[];
  readonly warrant: TypedWarrant;
  readonly limits: { readonly lines: string; readonly megabytes: number };
}

export const batchDeeds = ['bring-in', 'cancel', 'undo'] as const;
export type BatchDeed = (typeof batchDeeds)[number];

export interface BatchJobModel extends RegistryFrameModel {
  readonly state: Exclude<ImportState, 'receiving'>;
  readonly standing: JobStanding;
  readonly fileName: string;
  readonly readAs: string;
  readonly form: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly keptUntil?: Date;
  readonly backHref: string;
  readonly selfHref: string;
  /** Worked on in the background; `href` gives the numbers as JSON. */
  readonly progress?: {
    readonly done: number;
    readonly total: number;
    /** `1,843` and `5,000`, for the words. */
    readonly words: { readonly done: string; readonly total: string };
    readonly href: string;
  };
  readonly mostFaulty: string;
  /** States that lines have, with their numbers; none while they change. */
  readonly counts: readonly { readonly state: ImportLineState; readonly count: string }[];
  readonly deeds: readonly { readonly id: BatchDeed; readonly href: string; readonly count: string }[];
  readonly files: {
    readonly correctionsCsv?: string;
    readonly correctionsXlsx?: string;
    readonly opened?: string;
  };
  /** Absent while nothing is to be seen yet. */
  readonly list?: BatchLines;
}

export interface BatchLines {
  readonly purged: boolean;
  readonly shows: readonly {
    readonly id: 'all' | 'faulty';
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly count: string;
  readonly page: number;
  readonly pages: number;
  readonly previousHref?: string;
  readonly nextHref?: string;
  readonly lines: readonly BatchLine[];
}

export interface BatchLine {
  readonly line: number;
  readonly name: string;
  readonly maskedNationalId: string;
  readonly email: string;
  readonly unitOid: string;
  readonly roles: string;
  readonly state: ImportLineState;
  /** In words. */
  readonly faults: readonly string[];
}

export interface BatchQuestionModel extends RegistryFormModel {
  readonly deed: BatchDeed;
  readonly count: string;
  readonly fileName: string;
  readonly action: string;
  readonly backHref: string;
  /** The number of accounts is to be typed. */
  readonly typed: boolean;
}
