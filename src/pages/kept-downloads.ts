/** Kept downloads as the login page and the home page offer them. */
import type { KeptDownload } from '#domain/download-register.ts';
import type { DownloadEntry } from './public-information.ts';

/** The address names the content, so that a browser may keep it. */
export function keptDownloadHref({ id, content }: Pick<KeptDownload, 'id' | 'content'>): string {
  return `/downloads/${id}/${content.hash.slice(0, 16)}`;
}

export function keptDownloadEntry(download: KeptDownload): DownloadEntry {
  const { zh, en, place, content } = download;
  return {
    name: { zh, en },
    kind: content.kind.toUpperCase(),
    size: content.size,
    href: keptDownloadHref(download),
    ...(place !== 'both' && { place }),
  };
}
