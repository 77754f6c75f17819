/**
 * Owns how configuration files become a Config. Depends on the schemas and on the environment it is handed.
 * Order: read each file → lay them over each other → make paths absolute and fetch secrets → judge every value by its
 * schema → judge values against each other → read the files it names (catalogue, texts, authorities). Faults of all steps
 * are collected and thrown together.
 */
import path from 'node:path';
import { checkNode } from './check-node.ts';
import { ConfigError, type ConfigFault } from './config-error.ts';
import type { Config } from './config.ts';
import { mergeLayers } from './merge-layers.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readAuthorities } from './read-certificates.ts';
import { readLayer } from './read-layer.ts';
import type { Environment } from './read-secret.ts';
import { checkDownloads, readTexts } from './read-texts.ts';
import { resolveValues } from './resolve-values.ts';
import { checkCertificateTls } from './rules/certificate-tls.ts';
import { checkClients } from './rules/clients.ts';
import { checkLimits } from './rules/limits.ts';
import { checkDirectory } from './rules/directory.ts';
import { checkProduction } from './rules/production.ts';
import { checkProxies } from './rules/proxies.ts';
import { textAt } from './rules/read-value.ts';
import { checkResources } from './rules/resources.ts';
import { configSchema } from './schema/config-schema.ts';

export interface ConfigSources {
  /** YAML files, each laid over the ones before it; relative to `cwd`. */
  readonly files: readonly string[];
  /** Where `{ env: NAME }` looks. */
  readonly environment: Environment;
  readonly cwd: string;
}

const shippedCatalogue = path.join(import.meta.dirname, 'catalogue.yaml');

/** Throws ConfigError with every fault there is. */
export function loadConfig({ files, environment, cwd }: ConfigSources): Config {
  const faults: ConfigFault[] = [];
  const layers = files
    .map((file) => readLayer(path.resolve(cwd, file), faults))
    .filter((layer) => layer !== undefined);
  const [first, ...rest] = layers;
  if (!first)
    throw new ConfigError(
      faults.length > 0 ? faults : [{ path: '', expected: 'at least one configuration file' }],
    );
  const root = rest.reduce(mergeLayers, first);

  const named = resolveValues(configSchema, root, {}, []);
  const catalogue = readCatalogue(textAt(named, 'catalogue', 'file') ?? shippedCatalogue, faults);
  const systems = catalogue?.systems.map(({ id }) => id);
  const values = checkNode(
    configSchema,
    root,
    environment,
    (raw) => [
      ...checkProduction(raw),
      ...checkProxies(raw),
      ...checkCertificateTls(raw),
      ...checkDirectory(raw),
      ...checkClients(raw, systems),
      ...checkResources(raw, systems),
      ...checkLimits(raw),
    ],
    faults,
  );
  const rulesOfUse = values && readTexts('rulesOfUse', values.rulesOfUse, faults);
  const privacy = values && readTexts('privacy', values.privacy, faults);
  if (values) checkDownloads(values.downloads, faults);
  const authorities = values?.certificates && readAuthorities(values.certificates, faults);
  if (!values || !catalogue || !rulesOfUse || !privacy || faults.length > 0) throw new ConfigError(faults);
  const dataFolder = values.dataFolder ?? path.resolve(cwd, 'data');
  return {
    ...values,
    dataFolder,
    hosts: [...new Set([new URL(values.issuer).host, ...values.hosts])],
    rulesOfUse,
    privacy,
    catalogue,
    certificates: values.certificates &&
      authorities && {
        ...values.certificates,
        ...authorities,
        folder: values.certificates.folder ?? path.join(dataFolder, 'certificate-trust'),
      },
  };
}
