import type { TypedDownload } from '#administration/download-deeds.ts';
import type { DownloadPlace } from '#domain/download-register.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import type { Option, RegistryFormModel } from '../registry-parts.ts';
import type { SeenFormModel } from '../seen-form.ts';

export interface ShownFile {
  readonly href: string;
  readonly name: string;
  /** Ending of its name, in capitals. */
  readonly kind: string;
  readonly size: string;
}

export interface ShownDownload {
  readonly title: string;
  readonly file: ShownFile;
  readonly place: DownloadPlace;
  /** Absent for those of the configuration, as all that follows. */
  readonly href?: string;
  readonly moveAction?: string;
  readonly mayRise?: boolean;
  readonly mayFall?: boolean;
}

export interface DownloadListModel extends RegistryFrameModel {
  readonly csrf: string;
  /** Of the list, for its moves. */
  readonly version: number;
  readonly downloads: readonly ShownDownload[];
  readonly newHref: string;
  readonly notice?: 'saved' | 'moved' | 'removed';
  readonly changedMeanwhile: boolean;
}

export interface DownloadFormModel extends SeenFormModel {
  readonly mode: 'add' | 'change';
  readonly action: string;
  readonly backHref: string;
  readonly removeHref?: string;
  readonly revision: number;
  readonly typed: TypedDownload;
  readonly placeOptions: readonly Option[];
  /** The one there is. */
  readonly file?: ShownFile;
}

export interface DownloadQuestionModel extends RegistryFormModel {
  /** Its title; `title` is the page's. */
  readonly subject: string;
  readonly file: ShownFile;
  readonly action: string;
  readonly backHref: string;
  readonly revision: number;
}
