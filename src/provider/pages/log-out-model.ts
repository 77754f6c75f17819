export interface LogOutModel {
  /** Where the confirmation posts to: `xsrf`, and `logout=yes` from the button that logs out. */
  readonly action: string;
  readonly xsrf: string;
  /** The relying party that asked. */
  readonly system?: { readonly name: string };
}
