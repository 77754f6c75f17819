/** A scope in words; they are `consent.scope.<id>` and `consent.scope.<id>.detail`. */
export type ShownScope =
  | 'profile'
  | 'email'
  | 'phone'
  | 'organization'
  | 'roles'
  | 'national_id'
  | 'offline_access';

export interface ConsentModel {
  readonly system: { readonly name: string; readonly owner?: string };
  readonly personName: string;
  readonly scopes: readonly ShownScope[];
  /** Where agreeing posts to. */
  readonly action: string;
  readonly csrf: string;
  /** Where declining posts to; the relying party then gets access_denied. */
  readonly cancelAction: string;
}
