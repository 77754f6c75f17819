import type { ApiRights } from '#domain/relying-party.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import type { Option, RegistryFormModel } from '../registry-parts.ts';
import type { SeenFormModel } from '../seen-form.ts';
import type { TypedRegistration } from './registration-form.ts';

export type PartyState = 'configured' | 'enabled' | 'disabled';

export interface ListedParty {
  readonly clientId: string;
  readonly href: string;
  readonly name: string;
  readonly systems: readonly string[];
  readonly firstParty: boolean;
  readonly state: PartyState;
}

export interface PartyListModel extends RegistryFrameModel {
  readonly parties: readonly ListedParty[];
  readonly newHref: string;
  readonly notice?: 'removed';
}

export interface PartyFormModel extends SeenFormModel {
  readonly action: string;
  readonly checkAction: string;
  readonly backHref: string;
  readonly mode: 'add' | 'change';
  /** Absent where it is added. */
  readonly clientId?: string;
  readonly typedClientId: string;
  readonly revision: number;
  readonly typed: TypedRegistration;
  readonly systems: readonly Option[];
  readonly scopes: readonly Option[];
  readonly methods: readonly Option[];
  readonly kinds: readonly Option[];
  readonly requirements: readonly Option[];
  readonly algorithms: readonly Option[];
  readonly apiScopes: readonly Option[];
  readonly apiCategories: readonly Option[];
}

export type PartyDeed = 'secret' | 'disable' | 'enable' | 'remove';

export interface PartyModel extends RegistryFrameModel {
  readonly clientId: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly state: PartyState;
  readonly systems: readonly { readonly id: string; readonly name: string }[];
  readonly leastRequirement?: string;
  readonly firstParty: boolean;
  readonly pairwise: boolean;
  readonly scopes: readonly string[];
  /** A warning stands beside them. */
  readonly tellsNationalId: boolean;
  readonly method: string;
  readonly redirectUris: readonly string[];
  readonly postLogOutUris: readonly string[];
  readonly logOutUri?: string;
  /** Rights of a program at the API. */
  readonly api?: ApiRights;
  readonly secrets: readonly { readonly createdAt: Date; readonly until?: Date }[];
  /** Made just now, and shown this once. */
  readonly secret?: string;
  readonly notice?: 'added' | 'changed' | 'enabled' | 'disabled' | 'secret';
  readonly deeds: readonly { readonly id: PartyDeed; readonly href: string }[];
  readonly changeHref?: string;
  readonly backHref: string;
  readonly connect: {
    readonly discovery: string;
    readonly issuer: string;
    readonly environment: string;
    readonly script: string;
  };
}

export interface PartyQuestionModel extends RegistryFormModel {
  readonly deed: PartyDeed;
  readonly clientId: string;
  readonly name: string;
  readonly action: string;
  readonly backHref: string;
  readonly revision: number;
  /** People who are in it now, up to a limit. */
  readonly openSessions: string;
  readonly days: readonly Option[];
}
