/** Announcements in the registration service, in their states. */
import { parseTextBlocks } from '#pages/text-blocks.ts';
import { optionsOf } from '#registry/registry-parts.ts';
import type {
  NoticeFormModel,
  NoticeListModel,
  NoticeQuestionModel,
} from '#registry/notices/notices-model.ts';
import { officerFrame } from './registry-states.ts';

const frame = officerFrame('notices');
const from = new Date('2026-11-26T01:00:00Z');
const until = new Date('2026-12-03T01:00:00Z');

export const noticeListStates: Record<string, NoticeListModel> = {
  'registry-notices': {
    ...frame,
    newHref: '#',
    notice: 'saved',
    notices: [
      { title: 'Maintenance on Saturday night', from, until, warning: true, state: 'shown', href: '#' },
      {
        title: 'New forms for opening accounts',
        from: until,
        until,
        warning: false,
        state: 'later',
        href: '#',
      },
      { title: 'Welcome', from, until, warning: false, state: 'over' },
    ],
  },
  'registry-notices-none': { ...frame, newHref: '#', notices: [] },
};

const form: NoticeFormModel = {
  ...frame,
  csrf: 'sample-token',
  errors: [],
  mode: 'add',
  action: '/form',
  backHref: '#',
  revision: 0,
  shown: '{}',
  changedMeanwhile: false,
  typed: {
    level: 'info',
    from: '2026-11-26T09:00',
    until: '2026-12-03T09:00',
    titleZh: '',
    bodyZh: '',
    titleEn: '',
    bodyEn: '',
  },
  levels: optionsOf(['info', 'warning'], ['info']),
  previews: [],
};
const body = 'The service is down from 22:00 to 24:00.\n\n- log out before\n- nothing is lost';

export const noticeFormStates: Record<string, NoticeFormModel> = {
  'registry-notice-new': {
    ...form,
    errors: [
      { field: 'titleZh', message: 'registry.notices.error.title', code: 'R06' },
      { field: 'until', message: 'registry.notices.error.until', code: 'R06' },
    ],
  },
  'registry-notice-preview': {
    ...form,
    mode: 'change',
    removeHref: '#',
    revision: 2,
    changedMeanwhile: true,
    typed: { ...form.typed, titleEn: 'Maintenance', bodyEn: body, titleZh: 'Maintenance', bodyZh: body },
    previews: [true, false].map((warning) => ({
      announcements: [{ id: 'preview', warning, from, title: 'Maintenance', body: parseTextBlocks(body) }],
    })),
  },
};

export const noticeQuestionStates: Record<string, NoticeQuestionModel> = {
  'registry-notice-ask': {
    ...frame,
    csrf: 'sample-token',
    errors: [],
    subject: 'Maintenance on Saturday night',
    state: 'shown',
    action: '/form',
    backHref: '#',
    revision: 2,
  },
};
