import type { AssuranceLevel } from '#domain/assurance.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';

export interface ShownSession {
  readonly handle: string;
  readonly startedAt: Date;
  readonly endsAt: Date;
  readonly lastActivityAt?: Date;
  readonly level?: AssuranceLevel;
  /** Names of the systems that it has reached, in the language of the page. */
  readonly systems: readonly string[];
  readonly isCurrent: boolean;
}

export interface SessionsModel {
  readonly navigation: PortalNavigation;
  readonly tab: 'sessions';
  readonly csrf: string;
  readonly sessions: readonly ShownSession[];
  /** Sessions besides this one. */
  readonly others: number;
  readonly notice?: 'ended' | 'others-ended';
}
