import type { MessageKey } from '#pages/messages/catalogue.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';
import type { TrailKind, TrailWords } from '#pages/trail-words.ts';

/** One line of the person's log. */
export interface ShownActivity {
  readonly time: Date;
  readonly action: MessageKey;
  readonly outcome: TrailWords['outcome'];
  readonly reason?: MessageKey;
  /** Texts in the language of the page. */
  readonly facts: readonly { readonly label: MessageKey; readonly text: string }[];
  /** Of acts of one's own alone; `isCut`: retention has taken the value away. */
  readonly address?: { readonly value?: string; readonly isCut: boolean };
  /** Where one says that it was not oneself; absent where there is nothing to say of it. */
  readonly reportHref?: string;
  /** It has been said already. */
  readonly isReported: boolean;
}

export interface ActivityModel {
  readonly navigation: PortalNavigation;
  readonly tab: 'activity';
  readonly kinds: readonly {
    readonly id: TrailKind | 'all';
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly entries: readonly ShownActivity[];
  readonly narrowed: boolean;
  /** The page begins with the newest entry. */
  readonly isFirst: boolean;
  readonly newestHref: string;
  readonly olderHref?: string;
}
