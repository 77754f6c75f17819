import type { OutboxCounts, OutboxListing } from '#domain/records.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';

/** A message as the page shows it. */
export interface ShownMessage extends OutboxListing {
  readonly retryHref: string;
  readonly dropHref: string;
  /** Past its end nothing is sent any more. */
  readonly expired: boolean;
}

export interface OutboxModel {
  readonly navigation: PortalNavigation;
  readonly tab: 'outbox';
  readonly state: OutboxListing['state'];
  readonly counts: OutboxCounts;
  readonly messages: readonly ShownMessage[];
  readonly nextHref?: string;
  readonly notice?: 'retried' | 'dropped' | 'gone';
}

export interface OutboxQuestionModel {
  readonly navigation: PortalNavigation;
  readonly tab: 'outbox';
  readonly csrf: string;
  readonly deed: 'retry' | 'drop';
  readonly message: ShownMessage;
  readonly reason: string;
  readonly errors: readonly FieldError[];
}
