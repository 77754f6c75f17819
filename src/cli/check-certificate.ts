import { parseArgs } from 'node:util';
import {
  checkCertificateFiles,
  purposes,
  UnusableFile,
  type FileQuestion,
  type Verdict,
} from '../compose/check-certificate-files.ts';
import { systemClock } from '../compose/system-clock.ts';

const usage = `usage: hufu check-certificate --chain FILE --anchors FILE [--crl FILE…] [--time TIME] [--purpose any|login|registration]
         [--policy OID…] [--explicit-policy] [--inhibit-mapping] [--inhibit-any] [--json]
CHAIN is PEM, the certificate first, then what may lead from it to an anchor, in any order. With a CRL (PEM or DER) each certificate of the
path has to be found unrevoked. TIME is like 2026-03-02T00:00:00Z; now if it is left out. The purpose any, the default, is path validation
alone; login and registration also ask for what the hub asks of a card.
`;

const timePattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;
const oidPattern = /^[0-2](?:\.(?:0|[1-9]\d*))+$/;

/** `hufu check-certificate`: 0 when the certificate is valid, 1 when it is not, 2 when the question cannot be asked. */
export async function run(argv: string[]): Promise<number> {
  const values = parsed(argv);
  const question = questionOf(values);
  if (!question) {
    process.stderr.write(usage);
    return 2;
  }
  try {
    const verdict = await checkCertificateFiles(question);
    process.stdout.write(values.json ? `${JSON.stringify(toJson(verdict))}\n` : `${sentence(verdict)}\n`);
    return verdict.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    process.stderr.write(`hufu: ${error.message}\n`);
    return 2;
  }
}

function parsed(argv: string[]) {
  return parseArgs({
    args: argv,
    options: {
      chain: { type: 'string' },
      anchors: { type: 'string' },
      crl: { type: 'string', multiple: true, default: [] },
      time: { type: 'string' },
      purpose: { type: 'string', default: 'any' },
      policy: { type: 'string', multiple: true, default: [] },
      'explicit-policy': { type: 'boolean', default: false },
      'inhibit-mapping': { type: 'boolean', default: false },
      'inhibit-any': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  }).values;
}

/** Undefined when something is missing or not in its form. */
function questionOf(values: ReturnType<typeof parsed>): FileQuestion | undefined {
  const { chain, anchors, crl: crls, time: written, policy: policies } = values;
  const purpose = purposes.find((each) => each === values.purpose);
  const time = written === undefined ? systemClock.now() : timeOf(written);
  if (!chain || !anchors || !purpose || !time || !policies.every((oid) => oidPattern.test(oid)))
    return undefined;
  return {
    chain,
    anchors,
    crls,
    time,
    purpose,
    policies,
    explicitPolicy: values['explicit-policy'],
    inhibitMapping: values['inhibit-mapping'],
    inhibitAny: values['inhibit-any'],
  };
}

function timeOf(written: string): Date | undefined {
  const time = new Date(written);
  return timePattern.test(written) && !Number.isNaN(time.getTime()) ? time : undefined;
}

/** Digests and numbers alone: who the certificate belongs to is not for logs of a check. */
function toJson(verdict: Verdict): Readonly<Record<string, unknown>> {
  if (!verdict.ok) return { valid: false, verdict: verdict.reason, detail: verdict.detail ?? null };
  const { path, anchor, policies, evidence } = verdict;
  return {
    valid: true,
    verdict: 'valid',
    path: path.map(({ fingerprint }) => fingerprint),
    anchor: { fingerprint: anchor.fingerprint, keyId: anchor.keyId },
    policies,
    evidence,
  };
}

const words: Readonly<Record<Exclude<Verdict, { ok: true }>['reason'], string>> = {
  malformed: 'is not well formed',
  untrusted: 'has no valid path to an anchor',
  'not-yet-valid': 'is not valid yet, or one above it is not',
  expired: 'has expired, or one above it has',
  'wrong-usage': 'is not for this use',
  'wrong-policy': 'is not valid under the policies asked for',
  'weak-algorithm': 'rests on an algorithm or a key that is too weak',
  revoked: 'was revoked, or one above it was',
  'revocation-unknown': 'may have been revoked: no CRL tells',
  'test-certificate': 'is a test certificate',
  'name-mismatch': 'is of somebody else',
  'not-bound': 'is bound to no account',
  'bound-elsewhere': 'is bound to another account',
};

function sentence(verdict: Verdict): string {
  if (!verdict.ok) {
    const { reason, detail } = verdict;
    return `The certificate ${words[reason]} (${reason}${detail === undefined ? '' : `: ${detail}`})`;
  }
  const { path, anchor, evidence, policies } = verdict;
  const lines = [
    `The certificate is valid: ${path.length} below the anchor ${anchor.fingerprint}`,
    ...(policies.length > 0 ? [`Policies: ${policies.join(', ')}`] : []),
    evidence.length > 0 ? 'Nobody on the path was revoked' : 'Revocation was not looked into',
  ];
  return lines.join('\n');
}
