/** The operators' page of certificates in every state, with sample text. */
import type {
  CertificatesModel,
  RefreshQuestionModel,
  ShownSource,
} from '#src/operators/certificates/certificates-model.ts';
import { navigationAt } from './account-states.ts';

const time = new Date('2026-11-21T01:12:00Z');
const root = 'C=TW, O=Sample PKI, CN=Sample Root Certification Authority';
const issuer = 'C=TW, O=Sample PKI, OU=Sample Certification Authority of Persons';

const source: ShownSource = {
  kind: 'crl',
  url: 'http://moica.example.test/repository/MOICA/crl/MOICA-10-31.crl',
  issuer,
  state: 'fresh',
  isGood: true,
  lastSuccess: time,
  age: { hours: 0, minutes: 42 },
  nextUpdate: new Date('2026-11-22T01:00:00Z'),
  number: '10231',
  entries: '412,093',
  size: '20,480',
  failures: 0,
};
const {
  lastSuccess: _,
  age: __,
  nextUpdate: ___,
  number: ____,
  entries: _____,
  size: ______,
  ...never
} = source;

const certificates: CertificatesModel = {
  navigation: navigationAt('operators', true),
  tab: 'certificates',
  configured: true,
  authorities: [
    {
      kind: 'anchor',
      subject: root,
      notBefore: new Date('2023-11-28T00:00:00Z'),
      notAfter: new Date('2053-11-28T00:00:00Z'),
      keyId: '1f'.repeat(32),
      state: 'valid',
    },
    {
      kind: 'intermediate',
      subject: issuer,
      notBefore: new Date('2013-04-21T00:00:00Z'),
      notAfter: new Date('2023-04-21T00:00:00Z'),
      keyId: '9b'.repeat(32),
      state: 'ended',
    },
  ],
  sources: [
    source,
    {
      ...source,
      state: 'failing',
      isGood: false,
      failure: 'timeout',
      failures: 2,
      url: `${source.url}?complete`,
    },
    { ...source, state: 'ended', isGood: false, failure: 'older', failures: 31, issuer: '4c'.repeat(32) },
    { ...never, state: 'none', isGood: false, failure: 'host-not-allowed', failures: 1 },
    {
      ...never,
      kind: 'ocsp',
      url: 'http://ocsp.example.test/OCSP/ocspG2',
      state: 'fresh',
      lastSuccess: time,
      age: { hours: 1, minutes: 3 },
    },
  ],
  refreshHref: '/operators/certificates/refresh',
  notice: 'refreshing',
};
const { notice: _______, ...quiet } = certificates;

export const certificatesStates: Record<string, CertificatesModel> = {
  'operators-certificates': certificates,
  'operators-certificates-no-source': { ...quiet, sources: [] },
  'operators-certificates-unconfigured': { ...quiet, configured: false, authorities: [], sources: [] },
};

export const refreshQuestionStates: Record<string, RefreshQuestionModel> = {
  'operators-certificates-refresh': {
    navigation: certificates.navigation,
    tab: 'certificates',
    csrf: 'sample-token',
    action: '/operators/certificates/refresh',
    count: 4,
  },
};
