/** All texts that people see, by key. Each area has its file; keys begin with the area's name. */
import { activationMessages } from './activation.ts';
import { activityMessages } from './activity.ts';
import { misuseMailMessages } from './misuse-mail.ts';
import { cardMessages } from './card.ts';
import { cardVerdictMessages } from './card-verdict.ts';
import { certificateMessages } from './certificates.ts';
import { certificateTlsMessages } from './certificate-tls.ts';
import { consentMessages } from './consent.ts';
import { consentsMessages } from './consents.ts';
import { deviceMessages } from './device.ts';
import { errorMessages } from './error.ts';
import { fieldMessages } from './field.ts';
import { homeMessages } from './home.ts';
import { informationMessages } from './information.ts';
import { layoutMessages } from './layout.ts';
import { logOutMessages } from './log-out.ts';
import { loginMessages } from './login.ts';
import { mailMessages } from './mail.ts';
import { openingMailMessages } from './opening-mail.ts';
import { operatorCertificateMessages } from './operator-certificates.ts';
import { operatorMessages } from './operators.ts';
import { passwordMessages } from './password.ts';
import { profileMessages } from './profile.ts';
import { refusedMessages } from './refused.ts';
import { registryBatchLineMessages } from './registry-batch-lines.ts';
import { registryBatchMessages } from './registry-batch.ts';
import { registryCatalogueMessages } from './registry-catalogue.ts';
import { registryImportMessages } from './registry-import.ts';
import { registryDownloadsMessages } from './registry-downloads.ts';
import { registryNoticesMessages } from './registry-notices.ts';
import { registryOrganizationsMessages } from './registry-organizations.ts';
import { registryPartiesMessages } from './registry-parties.ts';
import { registryProgramsMessages } from './registry-programs.ts';
import { registryAccountMessages } from './registry-account.ts';
import { registryManagersMessages } from './registry-managers.ts';
import { registryOpenMessages } from './registry-open.ts';
import { registryRolesMessages } from './registry-roles.ts';
import { registrySearchMessages } from './registry-search.ts';
import { registryWhyMessages } from './registry-why.ts';
import { registryMessages } from './registry.ts';
import { registryRefusalMessages } from './registry-refusals.ts';
import { trailMessages } from './trail.ts';
import type { Message } from './define-messages.ts';

export const catalogue = {
  ...layoutMessages,
  ...fieldMessages,
  ...loginMessages,
  ...certificateTlsMessages,
  ...cardMessages,
  ...cardVerdictMessages,
  ...activationMessages,
  ...passwordMessages,
  ...refusedMessages,
  ...certificateMessages,
  ...consentMessages,
  ...consentsMessages,
  ...homeMessages,
  ...informationMessages,
  ...profileMessages,
  ...registryMessages,
  ...registryBatchMessages,
  ...registryBatchLineMessages,
  ...registryRefusalMessages,
  ...registryAccountMessages,
  ...registryManagersMessages,
  ...registryOpenMessages,
  ...registryRolesMessages,
  ...registrySearchMessages,
  ...registryWhyMessages,
  ...registryPartiesMessages,
  ...registryProgramsMessages,
  ...registryOrganizationsMessages,
  ...registryDownloadsMessages,
  ...registryNoticesMessages,
  ...registryImportMessages,
  ...registryCatalogueMessages,
  ...operatorMessages,
  ...operatorCertificateMessages,
  ...trailMessages,
  ...activityMessages,
  ...misuseMailMessages,
  ...deviceMessages,
  ...logOutMessages,
  ...errorMessages,
  ...mailMessages,
  ...openingMailMessages,
};

export type MessageKey = keyof typeof catalogue;

const byKey: ReadonlyMap<string, Message> = new Map(Object.entries(catalogue));

export function findMessage(key: string): Message | undefined {
  return byKey.get(key);
}
