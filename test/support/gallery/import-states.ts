/** The import of the OID list in the registration service, in its states. */
import type { ImportJobModel, ImportUploadModel } from '#registry/organizations/import/import-model.ts';
import { officerFrame } from './registry-states.ts';

const frame = officerFrame('organizations');
const shared = { ...frame, csrf: 'sample-token', errors: [], backHref: '#' };

export const importUploadStates: Record<string, ImportUploadModel> = {
  'registry-import': {
    ...shared,
    errors: [{ field: 'file', message: 'registry.import.error.columns', code: 'R07' }],
    jobs: [{ href: '#', createdAt: new Date('2026-11-26T01:00:00Z'), state: 'checked' }],
  },
};

const job: ImportJobModel = {
  ...shared,
  action: '/form',
  state: 'checked',
  working: false,
  total: 12_400,
  done: 12_400,
  counts: { new: '311', changed: '24', same: '12063', faulty: '2' },
  mayBringIn: true,
  mayCancel: true,
  faulty: [
    { line: 7, oid: '2.16.x', name: 'Registration office', reason: 'oid.malformed' },
    { line: 91, oid: '2.16.886.101.90027', name: 'Twice', reason: 'oid.twice' },
  ],
  effects: [
    { oid: '2.16.886.101.90027.20006', name: 'Parks office', effect: 'new' },
    { oid: '2.16.886.101.90027.20007', name: 'Roads office', before: 'Roads bureau', effect: 'changed' },
  ],
};

export const importJobStates: Record<string, ImportJobModel> = {
  'registry-import-checked': job,
  'registry-import-working': {
    ...job,
    state: 'bringing-in',
    working: true,
    done: 4200,
    mayBringIn: false,
    mayCancel: false,
    faulty: [],
    effects: [],
  },
  'registry-import-ended': {
    ...job,
    state: 'ended',
    ending: 'brought-in',
    mayBringIn: false,
    mayCancel: false,
    effects: [],
  },
};
