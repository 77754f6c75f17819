import type { RegistryRoute } from '../registry-routes.ts';
import { managing as rule } from '../registry-session.ts';
import type { FileHandlers } from './file-handlers.ts';
import type { JobHandlers } from './job-handlers.ts';
import type { UploadHandlers } from './upload-handlers.ts';

/** Ids of jobs are 16 characters, so none is called `new` or `template`. */
export function batchRoutes(
  uploads: UploadHandlers,
  jobs: JobHandlers,
  files: FileHandlers,
): readonly RegistryRoute[] {
  const path = '/batch';
  return [
    { method: 'get', path, rule, handler: jobs.list },
    { method: 'get', path: `${path}/new`, rule, handler: uploads.showUpload },
    { method: 'post', path: `${path}/new`, rule, handler: uploads.upload },
    { method: 'get', path: `${path}/template/:format`, rule, handler: files.template },
    { method: 'get', path: `${path}/:job`, rule, handler: jobs.show },
    { method: 'get', path: `${path}/:job/progress`, rule, handler: jobs.progress },
    { method: 'get', path: `${path}/:job/corrections/:format`, rule, handler: files.corrections },
    { method: 'get', path: `${path}/:job/opened`, rule, handler: files.opened },
    { method: 'get', path: `${path}/:job/:deed`, rule, handler: jobs.ask },
    { method: 'post', path: `${path}/:job/:deed`, rule, handler: jobs.carryOut },
  ];
}
