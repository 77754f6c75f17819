import type { Agency } from '#domain/account.ts';
import type { AccountField } from '../account-form/account-form.ts';
import type { RegistryFormModel, Option } from '../registry-parts.ts';
import type { RoleGroup } from '../roles/role-groups.ts';
import type { TypedWarrant } from '../warrant-form.ts';

export interface OpenModel extends RegistryFormModel {
  /** Whether it is a manager's account (系統註冊管理者新增作業). */
  readonly opens: 'account' | 'manager';
  readonly action: string;
  /** Absent: to be chosen. */
  readonly fixed?: { readonly agency: Agency; readonly jurisdictionOid: string };
  readonly agencyText: string;
  readonly unitText: string;
  readonly jurisdictionText: string;
  readonly person: readonly AccountField[];
  readonly contact: readonly AccountField[];
  readonly groups: readonly RoleGroup[];
  readonly categoryOptions: readonly Option[];
  readonly warrant: TypedWarrant;
  /** The person has an account already; with `href` it may be seen. */
  readonly duplicate?: { readonly href?: string; readonly name?: string };
}

export interface OpenedModel {
  readonly accountHref: string;
  readonly againHref: string;
  readonly name: string;
  readonly agency: string;
  readonly unit?: string;
  readonly day: string;
  readonly prefix: string;
  readonly asksCode: boolean;
  readonly graceHours: number;
  readonly mailed: boolean;
}
