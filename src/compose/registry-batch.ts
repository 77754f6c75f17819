/** Batch registration in the registration service, wired. */
import { fileHandlers } from '#registry/batch/file-handlers.ts';
import { jobHandlers } from '#registry/batch/job-handlers.ts';
import { batchRoutes } from '#registry/batch/routes.ts';
import { uploadHandlers } from '#registry/batch/upload-handlers.ts';
import type { RegistryParts } from '#registry/registry-parts.ts';
import type { RegistryRoute } from '#registry/registry-routes.ts';
import type { Services } from './services.ts';

export function composeBatchPages(services: Services, parts: RegistryParts): readonly RegistryRoute[] {
  const { config, directory, imports, machine, stores } = services;
  const { import: limits } = config.registry;
  const deps = { ...parts, imports, lines: stores.records.importLines };
  return batchRoutes(
    uploadHandlers({ ...deps, limits }),
    jobHandlers({ ...deps, clock: machine.clock, settings: limits }),
    fileHandlers({ ...deps, organizations: directory.organizations, catalogue: directory.catalogue }),
  );
}
