/** The functions of the registration service as its tabs and its home show them; words are `registry.place.<id>`. */
import { managing, programme, type RouteRule } from './registry-session.ts';

export interface RegistryPlace {
  readonly id: string;
  readonly href: string;
  readonly rule: RouteRule;
}

export const registryPlaces = [
  { id: 'home', href: '/registry', rule: managing },
  { id: 'open', href: '/registry/open', rule: managing },
  { id: 'batch', href: '/registry/batch', rule: managing },
  { id: 'accounts', href: '/registry/accounts', rule: managing },
  { id: 'managers', href: '/registry/managers', rule: programme },
  { id: 'catalogue', href: '/registry/catalogue', rule: programme },
  { id: 'organizations', href: '/registry/organizations', rule: programme },
  { id: 'relying-parties', href: '/registry/relying-parties', rule: programme },
  { id: 'notices', href: '/registry/notices', rule: programme },
  { id: 'downloads', href: '/registry/downloads', rule: programme },
] as const satisfies readonly RegistryPlace[];

export type RegistryPlaceId = (typeof registryPlaces)[number]['id'];
