import type { AccountStatus } from '#domain/account.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';

export interface ManagersModel extends RegistryFrameModel {
  readonly count: string;
  readonly managers: readonly {
    readonly href: string;
    readonly officeHref: string;
    readonly name: string;
    readonly agency: string;
    readonly unit?: string;
    readonly status: AccountStatus;
    readonly jurisdictionOid: string;
  }[];
  readonly previousHref?: string;
  readonly nextHref?: string;
}
