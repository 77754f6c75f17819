/** The page of the profile: what the account says, what the person may change of it, and where the address stands. */
import type { EmailChanges } from '#accounts/change-email.ts';
import { mayKeepProfile, profileFields, profileOf, type TypedProfile } from '#accounts/profile-rules.ts';
import type { Account } from '#domain/account.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import { sealingContext, sealingPurpose, type Sealing } from '#domain/sealing.ts';
import type { Csrf } from '#http/csrf.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { PortalContext } from '../session/portal-session.ts';
import { fieldLooks } from './field-looks.ts';
import type { EditableField, HeldRole, ProfileModel } from './profile-model.ts';

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly emailChanges: Pick<EmailChanges, 'findPending'>;
  readonly sealing: Pick<Sealing, 'open'>;
}

/** What an answer adds to the page as it stands. */
export interface ProfileAnswer {
  readonly notice?: ProfileModel['notice'];
  /** What the person typed, to be mended or compared. */
  readonly typed?: TypedProfile;
  readonly changedMeanwhile?: boolean;
  readonly errors?: readonly FieldError[];
  readonly email?: {
    readonly typed?: string;
    readonly errors?: readonly FieldError[];
    readonly codeErrors?: readonly FieldError[];
  };
}

export interface ProfilePage {
  show(ctx: PortalContext, status: number, account: Account, answer?: ProfileAnswer): Promise<void>;
}

export function createProfilePage(deps: Dependencies): ProfilePage {
  const page = deps.views.page<ProfileModel>(new URL('./profile.hbs', import.meta.url));
  return {
    async show(ctx, status, account, answer = {}) {
      const { session } = ctx.state;
      const pending = await deps.emailChanges.findPending(account, session.uid);
      const { notice, typed, changedMeanwhile = false, errors = [], email = {} } = answer;
      ctx.status = status;
      ctx.type = 'html';
      ctx.body = page(viewOf(ctx, '/profile'), {
        navigation: deps.navigation.of(ctx.state, 'profile'),
        csrf: deps.csrf.issue(session.uid),
        revision: account.revision,
        ...(notice && { notice }),
        changedMeanwhile,
        editable: mayKeepProfile(account, session.level),
        locked: lockedFacts(account, deps.sealing),
        roles: heldRoles(account, await deps.catalogue.readCatalogue()),
        fields: editableFields(account, typed, changedMeanwhile),
        errors,
        email: {
          ...(account.contact.email !== undefined && { address: account.contact.email }),
          confirmed: account.emailConfirmed,
          typed: email.typed ?? '',
          errors: email.errors ?? [],
          codeErrors: email.codeErrors ?? [],
          ...(pending && { pending }),
        },
      });
    },
  };
}

function lockedFacts(account: Account, sealing: Pick<Sealing, 'open'>): ProfileModel['locked'] {
  const { unit, activatedAt, lastPasswordLogin, lastCertificateLogin } = account;
  const nationalId = sealing.open(account.nationalId, sealingContext(sealingPurpose.nationalId, account.id));
  return {
    name: account.name,
    nationalId: maskedNationalId(nationalId),
    agency: account.agency,
    ...(unit && { unit }),
    jurisdictionOid: account.jurisdictionOid,
    kind: account.office,
    status: account.status,
    openedOn: account.openedOn,
    ...(activatedAt && { activatedAt }),
    ...(lastPasswordLogin && { lastPasswordLogin }),
    ...(lastCertificateLogin && { lastCertificateLogin }),
    certificateCount: account.certificates.length,
    categories: account.categories.join('、'),
  };
}

/** `A12****789`: enough to recognise the own number by, not enough to take it away. */
export function maskedNationalId(nationalId: string): string {
  return `${nationalId.slice(0, 3)}****${nationalId.slice(-3)}`;
}

function heldRoles(account: Account, catalogue: Catalogue): readonly HeldRole[] {
  const names = new Map(
    catalogue.categories.flatMap(({ roles }) => roles.map(({ code, name }) => [code, name] as const)),
  );
  return account.grants.map(({ role, until }) => ({
    code: role,
    name: names.get(role) ?? role,
    ...(until && { until }),
  }));
}

function editableFields(
  account: Account,
  typed: TypedProfile | undefined,
  compare: boolean,
): readonly EditableField[] {
  const stored = profileOf(account.contact);
  return profileFields.map((name) => {
    const value = typed?.[name] ?? stored[name];
    const differs = compare && value !== stored[name];
    return { ...fieldLooks[name], name, value, differs, ...(differs && { stored: stored[name] }) };
  });
}
