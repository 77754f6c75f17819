/** What a certificate must be for beyond being valid: to log in, or to be registered for logging in. */
import type { Certificate } from './certificate.ts';
import { refuse, type Refused } from './verdict.ts';

export const purposes = ['any', 'login', 'registration'] as const;

export type Purpose = (typeof purposes)[number];

export interface PurposeRules {
  /** Policies of test certificates: refused, unless `allowTestCertificates`. */
  readonly testPolicies?: readonly string[] | undefined;
  readonly allowTestCertificates?: boolean | undefined;
}

/** The test level of Taiwan's government PKI. */
export const defaultTestPolicies: readonly string[] = ['2.16.886.101.0.3.0'];

const anyPurpose = '2.5.29.37.0';

/** Extended key usages that a login may come under: client authentication, smart card logon, any. */
const loginPurposes: ReadonlySet<string> = new Set([
  '1.3.6.1.5.5.7.3.2',
  '1.3.6.1.4.1.311.20.2.2',
  anyPurpose,
]);

/** `path` is leaf first. Undefined when there is nothing to object to. */
export function findPurposeFault(
  path: readonly Certificate[],
  purpose: Purpose,
  { testPolicies = defaultTestPolicies, allowTestCertificates = false }: PurposeRules,
): Refused | undefined {
  if (!hasPurposeLeft(path)) return refuse('wrong-usage', 'extended-key-usage');
  if (purpose === 'any') return undefined;
  const [leaf] = path;
  if (!leaf || leaf.extensions.basicConstraints?.isCa) return refuse('wrong-usage', 'ca');
  // The card's second certificate, for encryption, ends here.
  if (!leaf.extensions.keyUsage?.has('digitalSignature'))
    return refuse('wrong-usage', 'no-digital-signature');
  if (!path.every(isForLogin)) return refuse('wrong-usage', 'extended-key-usage');
  // The leaf's own: a CA may assert every level that it issues at.
  const isTest = leaf.extensions.policies?.some(({ oid }) => testPolicies.includes(oid)) ?? false;
  return isTest && !allowTestCertificates ? refuse('test-certificate') : undefined;
}

/** Extended usages of CAs narrow those below, as implementations have it; some purpose has to be left to the path. */
function hasPurposeLeft(path: readonly Certificate[]): boolean {
  const lists = path.flatMap(({ extensions: { keyPurposes } }) => (keyPurposes ? [keyPurposes] : []));
  const narrow = lists.filter((list) => !list.includes(anyPurpose));
  const [first = [], ...rest] = narrow;
  return narrow.length === 0 || first.some((purpose) => rest.every((list) => list.includes(purpose)));
}

/** Extended usages are seldom there, and bind when they are; those of CAs bind what is below. */
function isForLogin({ extensions: { keyPurposes } }: Certificate): boolean {
  return keyPurposes?.some((purpose) => loginPurposes.has(purpose)) ?? true;
}
