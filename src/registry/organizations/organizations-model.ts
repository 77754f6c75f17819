import type { TypedOrganization } from '#administration/organization-deeds.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import type { RegistryFormModel } from '../registry-parts.ts';
import type { Differences } from '../seen-form.ts';

export interface ShownOrganization {
  readonly oid: string;
  readonly name: string;
  readonly code?: string;
  readonly href: string;
  /** What lies one level below. */
  readonly belowHref: string;
}

export interface OrganizationListModel extends RegistryFrameModel {
  /** What was searched for; empty: the tree is shown. */
  readonly text: string;
  readonly under: string;
  readonly underName?: string;
  readonly aboveHref?: string;
  readonly organizations: readonly ShownOrganization[];
  /** A search has more than are shown. */
  readonly more: boolean;
  readonly newHref: string;
  readonly notice?: 'added' | 'changed';
}

export interface OrganizationFormModel extends RegistryFormModel {
  readonly mode: 'add' | 'change';
  readonly action: string;
  readonly backHref: string;
  readonly changedMeanwhile: boolean;
  readonly differences?: Differences;
  readonly typed: TypedOrganization;
  /** As the form was made from it. */
  readonly seen: { readonly name: string; readonly code: string };
}
