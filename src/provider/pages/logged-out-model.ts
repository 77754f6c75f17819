export interface LoggedOutModel {
  /** The relying party that the person logged out from. */
  readonly system?: { readonly name: string };
  readonly homeHref: string;
}
