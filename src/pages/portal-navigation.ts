/** What the head of a page needs once somebody is logged in. */
export interface PortalNavigation {
  readonly homeHref: string;
  /** Where the log-out button posts to. */
  readonly logOut: { readonly action: string; readonly csrf: string };
}
