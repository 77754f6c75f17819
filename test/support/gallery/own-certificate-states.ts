/** The person's own certificates in every state, with sample text. */
import { parseDay } from '#domain/calendar.ts';
import type {
  CertificatesModel,
  RemoveCertificateModel,
  ShownCertificate,
  ShownFormerCertificate,
} from '#portal/certificates/certificates-model.ts';
import { registerError, toldRefusals } from '#portal/certificates/register-errors.ts';
import type { RegisterCertificateModel } from '#portal/certificates/register-model.ts';
import { navigationAt } from './account-states.ts';
import { sampleCardForm } from './sample-card-form.ts';

function day(text: string) {
  const parsed = parseDay(text);
  if (!parsed) throw new Error(`${text} is no day`);
  return parsed;
}

const card: ShownCertificate = {
  medium: 'card',
  subjectName: '林怡君',
  issuerName: 'MOICA',
  serial: '4f0c19d7a6b25e8831c4de02a77b9f15',
  notBefore: day('2024-08-05'),
  notAfter: day('2029-08-05'),
  standing: 'valid',
  daysLeft: 988,
  registeredAt: new Date('2026-03-02T03:14:00Z'),
  lastUsedAt: new Date('2026-11-20T00:58:00Z'),
};
const { lastUsedAt: _, ...unused } = card;
const mobile: ShownCertificate = {
  ...unused,
  medium: 'mobile',
  serial: '71aa02be90',
  notBefore: day('2026-10-01'),
  notAfter: day('2027-01-10'),
  standing: 'ending',
  daysLeft: 45,
  registeredAt: new Date('2026-10-02T06:00:00Z'),
  removeHref: '#',
};
const former: readonly ShownFormerCertificate[] = [
  {
    medium: 'card',
    serial: '2b77c0a15d3be94410fe3c86a9d2e071',
    notAfter: day('2026-04-01'),
    registeredAt: new Date('2023-03-02T03:14:00Z'),
    endedAt: new Date('2026-03-02T03:14:00Z'),
    reason: 'replaced',
  },
  {
    medium: 'mobile',
    serial: '5510bd',
    notAfter: day('2027-04-01'),
    registeredAt: new Date('2025-05-02T03:14:00Z'),
    endedAt: new Date('2025-12-02T03:14:00Z'),
    reason: 'removed',
  },
  {
    medium: 'card',
    serial: '19c0',
    notAfter: day('2025-04-01'),
    registeredAt: new Date('2021-05-02T03:14:00Z'),
    endedAt: new Date('2023-02-20T03:14:00Z'),
    reason: 'withdrawn',
  },
];

const certificates: CertificatesModel = {
  navigation: navigationAt('certificates'),
  certificates: [{ ...card, removeHref: '#' }, mobile],
  former,
  registerHref: '#',
  errors: [],
};

export const ownCertificatesStates: Record<string, CertificatesModel> = {
  certificates,
  'certificates-one': { ...certificates, certificates: [card], former: [] },
  'certificates-none': { ...certificates, certificates: [], former: [] },
  'certificates-removed': { ...certificates, certificates: [card], notice: 'removed' },
  'certificates-expired': {
    ...certificates,
    certificates: [
      { ...unused, standing: 'expired', notAfter: day('2026-11-01') },
      { ...mobile, standing: 'not-yet-valid' },
    ],
  },
  'certificates-refused': {
    ...certificates,
    certificates: [card],
    errors: [{ field: '', message: 'certificates.remove.error.last-way-in', code: 'R14' }],
  },
};

const removal: RemoveCertificateModel = {
  navigation: navigationAt('certificates'),
  certificate: card,
  remaining: [mobile],
  freshMinutes: 5,
  logInHref: '#',
  action: '/form',
  csrf: 'sample-token',
  fingerprint: 'ab'.repeat(32),
  backHref: '#',
};

export const removeCertificateStates: Record<string, RemoveCertificateModel> = {
  'remove-certificate': removal,
  'remove-certificate-too-long-ago': { ...removal, refusal: 'too-long-ago' },
  'remove-certificate-by-password': { ...removal, refusal: 'certificate-needed' },
};

const registration: RegisterCertificateModel = {
  navigation: navigationAt('certificates'),
  name: '林怡君',
  card: sampleCardForm('register'),
  freshMinutes: 5,
  isFirst: true,
  logInHref: '#',
  certificatesHref: '#',
  errors: [],
};
const { card: _card, ...withoutForm } = registration;

export const registerCertificateStates: Record<string, RegisterCertificateModel> = {
  'register-certificate': registration,
  'register-certificate-another': { ...registration, isFirst: false },
  'register-certificate-after-five-minutes': { ...withoutForm, isFirst: false, refusal: 'too-long-ago' },
  'register-certificate-by-password': { ...withoutForm, isFirst: false, refusal: 'certificate-needed' },
  'register-certificate-done': {
    ...withoutForm,
    done: { certificate: { ...unused, daysLeft: 988 }, replaced: false },
  },
  'register-certificate-replaced': {
    ...withoutForm,
    isFirst: false,
    done: { certificate: unused, replaced: true },
  },
  ...Object.fromEntries(
    toldRefusals.map((reason) => {
      const { error, advice } = registerError(reason);
      return [
        `register-certificate-${reason}`,
        { ...registration, errors: [error], ...(advice && { advice }) },
      ];
    }),
  ),
};
