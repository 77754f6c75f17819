import type { ShownScopes } from '#pages/shown-scopes.ts';

export interface DeviceConfirmationModel extends ShownScopes {
  /** Where both buttons post to. */
  readonly action: string;
  readonly xsrf: string;
  /** As the device shows it. */
  readonly userCode: string;
  /** The client that the device asks for. */
  readonly system: { readonly name: string };
  /** Network address that the device asked from. */
  readonly address?: string;
}
