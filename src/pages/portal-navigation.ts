/** The head of every page that somebody sees once logged in. */
import type { Account } from '#domain/account.ts';
import type { AssuranceLevel } from '#domain/assurance.ts';
import type { Csrf } from '#http/csrf.ts';

/** A place in the portal; its name is `layout.navigation.<id>`. */
export type PortalPlace =
  | 'home'
  | 'profile'
  | 'certificates'
  | 'password'
  | 'activity'
  | 'consents'
  | 'registry'
  | 'operators';

export interface PortalNavigation {
  readonly links: readonly {
    readonly id: PortalPlace;
    readonly href: string;
    readonly current: boolean;
  }[];
  /** Where the log-out button posts to. */
  readonly logOut: { readonly action: string; readonly csrf: string };
}

/** What navigation depends on of a person and the session. */
export interface Visitor {
  readonly account: Pick<Account, 'office' | 'status'>;
  readonly session: { readonly uid: string; readonly level: AssuranceLevel };
}

export interface Navigation {
  /** `current` is absent on pages that the head does not lead to. */
  of(visitor: Visitor, current?: PortalPlace): PortalNavigation;
}

const places: readonly { readonly id: PortalPlace; readonly href: string }[] = [
  { id: 'home', href: '/' },
  { id: 'profile', href: '/profile' },
  { id: 'certificates', href: '/certificates' },
  { id: 'password', href: '/password' },
  { id: 'activity', href: '/activity' },
  { id: 'consents', href: '/consents' },
  { id: 'registry', href: '/registry' },
  { id: 'operators', href: '/operators' },
];

const isLimited = (id: PortalPlace): id is keyof OfficePlaces =>
  id === 'certificates' || id === 'registry' || id === 'operators';

/** Who is led to pages that are not everybody's; those who are not do not learn of them. */
export interface OfficePlaces {
  readonly certificates: (visitor: Visitor) => boolean;
  readonly registry: (visitor: Visitor) => boolean;
  readonly operators: (visitor: Visitor) => boolean;
}

export function createNavigation(csrf: Pick<Csrf, 'issue'>, may: OfficePlaces): Navigation {
  return {
    of: (visitor, current) => ({
      links: places
        .filter(({ id }) => !isLimited(id) || may[id](visitor))
        .map((place) => ({ ...place, current: place.id === current })),
      logOut: { action: '/log-out', csrf: csrf.issue(visitor.session.uid) },
    }),
  };
}
