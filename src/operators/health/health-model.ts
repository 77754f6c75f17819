import type { PortalNavigation } from '#pages/portal-navigation.ts';

export interface HealthModel {
  readonly navigation: PortalNavigation;
  readonly tab: 'health';
  readonly parts: readonly {
    readonly id: 'directory' | 'protocolStore' | 'records';
    readonly up: boolean;
    readonly milliseconds: number;
  }[];
  readonly outbox: { readonly waiting: number; readonly failed: number };
  readonly chain: { readonly sequence: number; readonly hash: string };
  readonly checkpoint?: { readonly sequence: number; readonly time: Date };
  readonly version: string;
  readonly startedAt: Date;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}
