/** What everybody may know, on the login page and the home page: announcements, files to take, links. */
import type { Clock } from '#domain/clock.ts';
import { textIn, type Language, type Message } from './messages/define-messages.ts';
import { parseTextBlocks, type TextBlock } from './text-blocks.ts';

export interface Announcement {
  readonly id: string;
  readonly level: 'info' | 'warning';
  /** Shown from here (included) … */
  readonly from: Date;
  /** … to here (not included). */
  readonly until: Date;
  readonly title: Message;
  readonly body: Message;
}

export interface DownloadEntry {
  readonly name: Message;
  /** Ending of the file's name, in capitals. */
  readonly kind: string;
  /** In bytes. */
  readonly size: number;
  /** Where it is taken from. */
  readonly href: string;
  /** The page that offers it; absent: each. */
  readonly place?: InformationPlace;
}

/** The pages that tell all this. */
export type InformationPlace = 'login' | 'home';

export interface HelpLink {
  readonly id: string;
  readonly name: Message;
  readonly href: string;
}

/** In the language of a page. */
export interface PublicInformationModel {
  readonly announcements: readonly {
    readonly id: string;
    readonly warning: boolean;
    readonly from: Date;
    readonly title: string;
    readonly body: readonly TextBlock[];
  }[];
  readonly downloads: readonly {
    readonly name: string;
    readonly href: string;
    readonly kind: string;
    readonly size: string;
  }[];
  readonly links: readonly { readonly name: string; readonly href: string }[];
}

export type PublicInformation = (language: Language, place: InformationPlace) => PublicInformationModel;

interface Dependencies {
  /** Those that there are at the moment; of the files likewise. */
  readonly announcements: () => readonly Announcement[];
  readonly downloads: () => readonly DownloadEntry[];
  readonly links: readonly HelpLink[];
  readonly clock: Clock;
}

export function createPublicInformation(deps: Dependencies): PublicInformation {
  return (language, here) => {
    const now = deps.clock.now();
    return {
      announcements: deps
        .announcements()
        .filter(({ from, until }) => from <= now && now < until)
        .toSorted(warningsThenNewest)
        .map((announcement) => shownAnnouncement(language, announcement)),
      downloads: deps
        .downloads()
        .filter(({ place = here }) => place === here)
        .map(({ name, href, kind, size }) => ({
          name: textIn(language, name),
          href,
          kind,
          size: formatSize(size),
        })),
      links: deps.links.map(({ name, href }) => ({ name: textIn(language, name), href })),
    };
  };
}

function warningsThenNewest(a: Announcement, b: Announcement): number {
  return Number(b.level === 'warning') - Number(a.level === 'warning') || b.from.getTime() - a.from.getTime();
}

export function shownAnnouncement(
  language: Language,
  { id, level, from, title, body }: Announcement,
): PublicInformationModel['announcements'][number] {
  return {
    id,
    warning: level === 'warning',
    from,
    title: textIn(language, title),
    body: parseTextBlocks(textIn(language, body)),
  };
}

export function formatSize(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return kilobytes < 1000 ? `${kilobytes} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
