/** Files to take in the registration service, in their states. */
import { downloadPlaces } from '#domain/download-register.ts';
import { optionsOf } from '#registry/registry-parts.ts';
import type {
  DownloadFormModel,
  DownloadListModel,
  DownloadQuestionModel,
} from '#registry/downloads/downloads-model.ts';
import { officerFrame } from './registry-states.ts';

const frame = officerFrame('downloads');
const manual = { href: '#', name: 'manual.pdf', kind: 'PDF', size: '2.4 MB' };
const form = {
  href: '#',
  name: 'application-for-opening-an-account-of-a-public-servant-2026.odt',
  kind: 'ODT',
  size: '38 KB',
};

const list: DownloadListModel = {
  ...frame,
  csrf: 'sample-token',
  version: 3,
  newHref: '#',
  changedMeanwhile: false,
  downloads: [
    { title: 'Rules of the service', file: { ...manual, name: 'rules.pdf' }, place: 'both' },
    {
      title: 'Manual for managers of accounts',
      file: manual,
      place: 'both',
      href: '#',
      moveAction: '/form',
      mayFall: true,
    },
    {
      title: 'Application for opening an account',
      file: form,
      place: 'login',
      href: '#',
      moveAction: '/form',
      mayRise: true,
      mayFall: true,
    },
    { title: 'Roles', file: manual, place: 'home', href: '#', moveAction: '/form', mayRise: true },
  ],
};

export const downloadListStates: Record<string, DownloadListModel> = {
  'registry-downloads': { ...list, notice: 'moved' },
  'registry-downloads-meanwhile': { ...list, changedMeanwhile: true },
  'registry-downloads-none': { ...list, downloads: [] },
};

const empty: DownloadFormModel = {
  ...frame,
  csrf: 'sample-token',
  errors: [],
  mode: 'add',
  action: '/form',
  backHref: '#',
  revision: 0,
  shown: '{}',
  changedMeanwhile: false,
  typed: { titleZh: '', titleEn: '', place: 'both' },
  placeOptions: optionsOf(downloadPlaces, ['both']),
};

export const downloadFormStates: Record<string, DownloadFormModel> = {
  'registry-download-new': {
    ...empty,
    errors: [
      { field: 'titleEn', message: 'registry.downloads.error.title', code: 'R08' },
      { field: 'file', message: 'registry.downloads.error.content', code: 'R08' },
    ],
  },
  'registry-download-change': {
    ...empty,
    mode: 'change',
    removeHref: '#',
    revision: 2,
    changedMeanwhile: true,
    typed: { titleZh: 'Application', titleEn: 'Application', place: 'login' },
    file: form,
  },
};

export const downloadQuestionStates: Record<string, DownloadQuestionModel> = {
  'registry-download-ask': {
    ...frame,
    csrf: 'sample-token',
    errors: [],
    subject: 'Application for opening an account',
    file: form,
    action: '/form',
    backHref: '#',
    revision: 2,
  },
};
