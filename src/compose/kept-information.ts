/** Announcements and files to take that programme officers keep, wired: as every process knows them, and how they are changed. */
import { createDownloadDeeds } from '#administration/download-deeds.ts';
import { createKnownList } from '#administration/known-list.ts';
import { nowAndAgain } from './now-and-again.ts';
import type { Stores } from './open-stores.ts';
import type { Machine } from './services.ts';

/** How much longer than need be the file of a removed download lies on the disk; looking reads one folder. */
const clearEveryMs = 600_000;

export function composeKeptInformation(
  machine: Machine,
  { records, downloadFiles: files, audit }: Pick<Stores, 'records' | 'downloadFiles' | 'audit'>,
) {
  const downloadDeeds = createDownloadDeeds({ ...machine, register: records.downloads, files, audit });
  return {
    announcements: createKnownList({
      readList: records.announcements.listAnnouncements,
      readVersion: records.announcements.readVersion,
    }),
    downloads: createKnownList({
      readList: records.downloads.listDownloads,
      readVersion: records.downloads.readVersion,
    }),
    downloadDeeds,
    /** Clears away the files of downloads that are no more, again and again; ends when `signal` aborts. Never rejects. */
    clearDownloadsNowAndAgain: (signal: AbortSignal): Promise<void> =>
      nowAndAgain(machine, signal, {
        everyMs: clearEveryMs,
        act: downloadDeeds.clear,
        failureEvent: 'download-clearing-failed',
      }),
  };
}
