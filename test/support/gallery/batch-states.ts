/** Batch registration in the registration service, in its states. */
import type { ImportJob, ImportLine } from '#domain/import-jobs.ts';
import type {
  BatchJobModel,
  BatchListModel,
  BatchQuestionModel,
  BatchUploadModel,
} from '#registry/batch/batch-model.ts';
import { jobFacts, linesPlace, linesView, type LineCounts } from '#registry/batch/batch-view.ts';
import { faultText } from '#registry/batch/fault-words.ts';
import { optionsOf } from '#registry/registry-parts.ts';
import { noWarrant } from '#registry/warrant-form.ts';
import { managerFrame } from './registry-states.ts';

const frame = managerFrame('batch');
const at = new Date('2026-11-26T02:00:00Z');
const fileName = '經濟發展局新進人員名冊1126.csv';
const reason = '組織調整新進人員';

const form = '府經商字第 1150001234 號';

const none: LineCounts = { waiting: 0, right: 0, faulty: 0, 'brought-in': 0, refused: 0, undone: 0, kept: 0 };

const job = (given: Partial<ImportJob>): ImportJob => ({
  id: 'c2FtcGxlLWpvYi0x',
  kind: 'accounts',
  owner: 'person:m',
  state: 'checked',
  facts: { fileName, encoding: 'big5', form, reason, day: '2026-11-26' },
  createdAt: at,
  changedAt: at,
  ...given,
});

const cells = {
  nationalId: 'A123456789',
  email: 'name@example.gov.tw',
  unitOid: '2.16.886.101.90027.20002.20011',
};

const lines: readonly ImportLine[] = [
  {
    line: 3,
    state: 'faulty',
    content: {
      cells: { ...cells, name: '王小明', nationalId: 'A123456788', roles: 'csm_user fms_user' },
      faults: [
        { column: 'nationalId', fault: 'malformed' },
        { column: 'roles', fault: 'category-not-held', about: 'fms_user' },
      ],
    },
  },
  {
    line: 17,
    state: 'faulty',
    content: {
      cells: { name: '林怡君', nationalId: 'A223456781' },
      faults: [
        { column: 'email', fault: 'missing' },
        { column: 'birthday', fault: 'missing' },
      ],
    },
  },
  {
    line: 18,
    state: 'faulty',
    content: {
      cells: { ...cells, name: '陳建宏', unitOid: '2.16.886.101.90027.20003.1' },
      faults: [
        { column: 'unitOid', fault: 'outside-jurisdiction' },
        { column: 'nationalId', fault: 'twice-in-file', about: '3' },
      ],
    },
  },
];

const right: readonly ImportLine[] = ['王小明', '林怡君', '陳建宏'].map((name, nth) => ({
  line: nth + 2,
  state: 'brought-in',
  content: { cells: { ...cells, nationalId: '', name, roles: 'csm_user' }, faults: [] },
}));

/** What stands on English pages in Chinese too: what people typed, and faults, which the model has in words. */
export const batchSampleTexts = [
  fileName,
  form,
  reason,
  '王小明',
  '林怡君',
  '陳建宏',
  ...lines.flatMap(({ content }) => content?.faults.map((fault) => faultText('zh-TW', fault)) ?? []),
];

const now = at;
const settings = { keepDays: 7, mostFaulty: 1000 };

function jobState(
  given: Partial<ImportJob>,
  some: Partial<LineCounts>,
  shown?: readonly ImportLine[],
): BatchJobModel {
  const counts = { ...none, ...some };
  const place = linesPlace({}, counts);
  const facts = jobFacts(job(given), counts, now, settings);
  return { ...frame, ...facts, ...(shown && { list: linesView(job(given).id, place, shown, 'zh-TW') }) };
}

export const batchJobStates: Record<string, BatchJobModel> = {
  'registry-batch-checking': jobState({ state: 'checking' }, { waiting: 3120, right: 1843, faulty: 37 }),
  'registry-batch-checked': jobState({}, { right: 4868, faulty: 132 }, lines),
  'registry-batch-checked-all-right': jobState(
    {},
    { right: 3 },
    right.map((line) => ({ ...line, state: 'right' as const })),
  ),
  'registry-batch-too-many-faults': jobState(
    { state: 'ended', ending: 'too-many-faults' },
    { faulty: 1021, right: 3, waiting: 18_976 },
    lines,
  ),
  'registry-batch-bringing-in': jobState(
    { state: 'bringing-in' },
    { right: 1200, 'brought-in': 3668, faulty: 132 },
  ),
  'registry-batch-brought-in': jobState(
    { state: 'ended', ending: 'brought-in' },
    { 'brought-in': 4867, refused: 1, faulty: 132 },
    lines,
  ),
  'registry-batch-undoing': jobState({ state: 'undoing' }, { 'brought-in': 900, undone: 2100, kept: 4 }),
  'registry-batch-undone': jobState({ state: 'ended', ending: 'undone' }, { undone: 2996, kept: 4 }, right),
  'registry-batch-rights-changed': jobState(
    { state: 'ended', ending: 'rights-changed' },
    { right: 12 },
    right,
  ),
  'registry-batch-purged': jobState({ state: 'ended', ending: 'cancelled' }, { right: 1 }, [
    { line: 2, state: 'right' },
  ]),
};

const listed = { href: '#', fileName, createdAt: at, lines: '5,000', working: false } as const;

export const batchListStates: Record<string, BatchListModel> = {
  'registry-batch': {
    ...frame,
    uploadHref: '#',
    jobs: [
      { ...listed, standing: 'checking', working: true },
      { ...listed, standing: 'checked', lines: '12' },
      { ...listed, standing: 'brought-in' },
      { ...listed, standing: 'too-many-faults', lines: '20,000' },
    ],
  },
  'registry-batch-none': { ...frame, uploadHref: '#', jobs: [] },
};

const upload: BatchUploadModel = {
  ...frame,
  csrf: 'sample-token',
  errors: [],
  backHref: '#',
  encodings: optionsOf(['auto', 'utf-8', 'big5', 'gb18030'], ['auto']),
  warrant: noWarrant,
  limits: { lines: '20,000', megabytes: 20 },
};

export const batchUploadStates: Record<string, BatchUploadModel> = {
  'registry-batch-upload': upload,
  'registry-batch-upload-errors': {
    ...upload,
    errors: [
      { field: 'formNumber', message: 'registry.warrant.error.formNumber.missing', code: 'R01' },
      { field: 'file', message: 'registry.batch.error.wrong-encoding', code: 'B04' },
    ],
  },
};

const question: BatchQuestionModel = {
  ...frame,
  csrf: 'sample-token',
  errors: [],
  deed: 'bring-in',
  count: '4,868',
  fileName,
  action: '/form',
  backHref: '#',
  typed: false,
};

export const batchQuestionStates: Record<string, BatchQuestionModel> = {
  'registry-batch-ask-bring-in': question,
  'registry-batch-ask-cancel': { ...question, deed: 'cancel', count: '0' },
  'registry-batch-ask-undo': {
    ...question,
    deed: 'undo',
    typed: true,
    errors: [
      {
        field: 'count',
        message: 'registry.batch.error.confirmation',
        params: { count: '4,868' },
        code: 'B07',
      },
    ],
  },
};
