/** The whole configuration: one file a section. */
import { z } from 'zod';
import { api } from './api.ts';
import { assurance } from './assurance.ts';
import { audit } from './audit.ts';
import { brand } from './brand.ts';
import { catalogueFile } from './catalogue-file.ts';
import { certificates } from './certificates.ts';
import { clients } from './clients.ts';
import { dataFolder } from './data-folder.ts';
import { deviceFlow } from './device-flow.ts';
import { directory } from './directory.ts';
import { factors } from './factors.ts';
import { issuer } from './issuer.ts';
import { keys } from './keys.ts';
import { language } from './language.ts';
import { hosts, listen, proxies } from './listen.ts';
import { log } from './log.ts';
import { login } from './login.ts';
import { mail } from './mail.ts';
import { metrics } from './metrics.ts';
import { outgoing } from './outgoing.ts';
import { clientCertificates, listenMtls } from './mutual-tls.ts';
import { operators } from './operators.ts';
import { password } from './password.ts';
import { privacy } from './privacy.ts';
import { downloads, help, managers, notices } from './public-information.ts';
import { registry } from './registry.ts';
import { registration } from './registration.ts';
import { resources } from './resources.ts';
import { rulesOfUse } from './rules-of-use.ts';
import { session } from './session.ts';
import { protocolStore, records } from './stores.ts';
import { tokens } from './tokens.ts';

export const configSchema = z.strictObject({
  issuer,
  listen,
  listenMtls,
  clientCertificates,
  certificates,
  proxies,
  hosts,
  dataFolder,
  brand,
  language,
  directory,
  protocolStore,
  records,
  keys,
  mail,
  login,
  factors,
  password,
  session,
  registry,
  operators,
  api,
  assurance,
  tokens,
  rulesOfUse,
  privacy,
  notices,
  downloads,
  help,
  managers,
  catalogue: catalogueFile,
  clients,
  resources,
  registration,
  deviceFlow,
  outgoing,
  metrics,
  log,
  audit,
});

/** What the files say, defaults filled in. */
export type ConfigValues = z.infer<typeof configSchema>;
