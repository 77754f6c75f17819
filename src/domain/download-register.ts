/** Ports to the files that everybody may take and programme officers keep (下載), besides those of the configuration. */
import type { Readable } from 'node:stream';

/** What may be kept; none of them is opened here. */
export const downloadKinds = ['pdf', 'docx', 'xlsx', 'odt', 'ods', 'csv', 'txt', 'png', 'jpg'] as const;
export type DownloadKind = (typeof downloadKinds)[number];

export const downloadPlaces = ['both', 'login', 'home'] as const;
/** On which pages it is offered. */
export type DownloadPlace = (typeof downloadPlaces)[number];

export interface DownloadContent {
  /** As the browser keeps it. */
  readonly name: string;
  readonly kind: DownloadKind;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of the bytes in lower-case hex: the name by which DownloadFiles knows them. */
  readonly hash: string;
}

export interface KeptDownload {
  readonly id: string;
  /** Grows by one with every change of what it is; not when it or another is moved. */
  readonly revision: number;
  readonly zh: string;
  readonly en: string;
  readonly place: DownloadPlace;
  readonly content: DownloadContent;
}

/** In the records. Each call throws `store-unavailable` when nothing is known or stored. */
export interface DownloadRegister {
  /** In the order in which they are offered. */
  listDownloads(): Promise<readonly KeptDownload[]>;
  findDownload(id: string): Promise<KeptDownload | undefined>;
  /** Its revision is 1; it comes last. */
  addDownload(download: Omit<KeptDownload, 'revision'>): Promise<void>;
  /** Throws `changed-meanwhile` unless it is there at the revision that `download` names. */
  changeDownload(download: KeptDownload): Promise<void>;
  /** Changes places with the one before or after it; throws `changed-meanwhile` unless `version` is the present one. */
  moveDownload(id: string, direction: 'up' | 'down', version: number): Promise<void>;
  /** Throws as changeDownload does. */
  removeDownload(id: string, revision: number): Promise<void>;
  /** Another number after every change, by whichever process. */
  readVersion(): Promise<number>;
}

/** The bytes, in the data folder. Each call throws `store-unavailable` when the disk does not do it. */
export interface DownloadFiles {
  /** Durable once it resolves; gives the hash. The same bytes are kept once. */
  keep(bytes: Uint8Array): Promise<string>;
  /** Throws `not-found` when there are none of that hash. */
  open(hash: string): Promise<Readable>;
  /** Removes what has not been kept anew for an hour and is not among `referenced`, which is asked late. */
  removeOthers(referenced: () => Promise<ReadonlySet<string>>): Promise<void>;
}
