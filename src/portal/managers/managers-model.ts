import type { PortalNavigation } from '#pages/portal-navigation.ts';

export interface ManagersModel {
  readonly navigation: PortalNavigation;
  /** What is searched for; empty: nothing. */
  readonly agency: string;
  readonly categories: readonly { readonly id: string; readonly name: string; readonly chosen: boolean }[];
  readonly narrowed: boolean;
  readonly count: number;
  readonly managers: readonly ListedManager[];
  readonly showsEmail: boolean;
  readonly page: number;
  readonly pages: number;
  readonly previousHref?: string;
  readonly nextHref?: string;
}

export interface ListedManager {
  readonly name: string;
  readonly agency: string;
  readonly unit?: string;
  readonly phone?: string;
  readonly extension?: string;
  readonly email?: string;
  /** Their names, which the catalogue has in Chinese alone. */
  readonly categories: readonly string[];
}
