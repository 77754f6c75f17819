/** What everybody may know, out of the configuration and as it is kept: announcements, files, links, texts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Config, TextConfig } from '#config/config.ts';
import { taipeiTime } from '#config/taipei-time.ts';
import type { Clock } from '#domain/clock.ts';
import { informationMessages } from '#pages/messages/information.ts';
import {
  createPublicInformation,
  type Announcement,
  type DownloadEntry,
  type PublicInformation,
} from '#pages/public-information.ts';
import { parseTextBlocks } from '#pages/text-blocks.ts';
import type { DownloadFile, VersionedText } from '#portal/information/information-routes.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.odt': 'application/vnd.oasis.opendocument.text',
  '.ods': 'application/vnd.oasis.opendocument.spreadsheet',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.zip': 'application/zip',
};

export function readDownloads({ downloads }: Config): readonly DownloadFile[] {
  return downloads.map(({ id, file }) => ({
    id,
    fileName: path.basename(file),
    type: contentTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    bytes: readFileSync(file),
  }));
}

export function configuredAnnouncements({ notices }: Config): readonly Announcement[] {
  return notices.map(({ id, level, from, until, zh, en }) => ({
    id,
    level,
    from: taipeiTime(from, 'begin'),
    until: taipeiTime(until, 'end'),
    title: { zh: zh.title, en: en.title },
    body: { zh: zh.body, en: en.body },
  }));
}

export interface ConfiguredDownload extends DownloadEntry {
  readonly fileName: string;
}

export function configuredDownloads(
  { downloads }: Config,
  files: readonly DownloadFile[],
): readonly ConfiguredDownload[] {
  const sizes = new Map(files.map(({ id, bytes }) => [id, bytes.length]));
  return downloads.map(({ id, zh, en, file }) => ({
    name: { zh, en },
    kind: path.extname(file).slice(1).toUpperCase(),
    size: sizes.get(id) ?? 0,
    href: `/downloads/${id}`,
    fileName: path.basename(file),
  }));
}

interface Present {
  readonly announcements: () => readonly Announcement[];
  readonly downloads: () => readonly DownloadEntry[];
}

export function publicInformationOf(config: Config, clock: Clock, present: Present): PublicInformation {
  return createPublicInformation({
    ...present,
    clock,
    links: [
      {
        id: 'unlock-card',
        name: informationMessages['information.unlockCard'],
        href: config.help.unlockCard,
      },
      ...config.help.links.map(({ id, zh, en, href }) => ({ id, name: { zh, en }, href })),
    ],
  });
}

export function versionedText({ version, zh, en }: TextConfig): VersionedText {
  return { version, blocks: { 'zh-TW': parseTextBlocks(zh), en: parseTextBlocks(en) } };
}
