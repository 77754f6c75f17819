import type { MessageKey } from '#pages/messages/catalogue.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';
import type { ShownActivity } from './activity-model.ts';

/** The question before a report, with what it will do. */
export interface ReportModel {
  readonly navigation: PortalNavigation;
  readonly entry: ShownActivity;
  /** Sessions that will end. */
  readonly otherSessions: number;
  readonly closesPassword: boolean;
  readonly withdrawsOneDayPassword: boolean;
  /** Why the last try came to nothing. */
  readonly refusal?: MessageKey;
  readonly action: string;
  readonly csrf: string;
  readonly entryId: string;
  readonly backHref: string;
}

/** After a report, or instead of the question: what was done and what to do now. */
export interface ReportedModel {
  readonly navigation: PortalNavigation;
  /** Absent: it had been reported before. */
  readonly done?: { readonly sessionsEnded: number };
  readonly closesPassword: boolean;
  /** Where certificates are kept; absent where there are none. */
  readonly certificatesHref?: string;
  readonly backHref: string;
}
