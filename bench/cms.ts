/**
 * `node bench/cms.ts [--seconds 3] [--mutations 0] [--seed N]`: logins by card a second on one core, as the hub judges them: the signed
 * message, the path (authorities read once), revocation by lists that are at hand. With --mutations: so many spoilt messages and answers.
 */
import { parseArgs } from 'node:util';
import { parseCertificate } from '#certificates/certificate.ts';
import { verifySignedData } from '#certificates/cms/verify-signed-data.ts';
import { createCertificateJudge } from '#certificates/judge-certificate.ts';
import { judgeCrl } from '#certificates/judge-crl.ts';
import { createRevocationJudge } from '#certificates/judge-revocation.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import type { Issued } from '#demo/pki/authority.ts';
import { mintPki } from '#demo/pki/mint-pki.ts';
import { signCms } from '#demo/pki/sign-cms.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { runCmsMutations, runOcspMutations } from '#test/support/certificates/mutated-answers.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    mutations: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

const time = new Date('2026-11-26T02:00:00Z');
const content = Buffer.from('hufu.login.v1.sso.example.org.q9Vn3o5mXwAnd8Zb0T7cRk2LpYs4UeGh');
const pki = mintPki({ at: time });
const pool = (issued: readonly Issued[]) =>
  new CertificatePool(issued.map(({ certificate }) => parseCertificate(certificate)));
const intermediates = pool([pki.g2, pki.g3, pki.organisations]);
const lists = new Map(
  [pki.root, pki.g2, pki.g3].map((issuer) => {
    const certificate = parseCertificate(issuer.certificate);
    const judged = judgeCrl(pki.crl({ issuer }), certificate, 'http://crl.example.test/');
    if (!judged.ok) throw new Error(judged.reason);
    return [certificate.keyId, judged.crl];
  }),
);
const judge = createCertificateJudge({
  anchors: pool([pki.root]),
  intermediates,
  policies: ['2.16.886.101.0.3.3'],
  allowTestCertificates: true,
  revocation: createRevocationJudge({
    rule: { order: ['crl'], whenUnknown: 'refuse', graceMs: 0, ocspNonce: 'send', ocspHash: 'sha1' },
    exceptions: new Map(),
    intermediates,
    random: systemRandom,
    skewMs: 0,
    sources: {
      findCrl: async (url, issuer) => (/-\d\.crl$/.test(url) ? undefined : lists.get(issuer.keyId)),
      findOcspAnswer: async () => undefined,
    },
  }),
});

/** As many people as make nothing that is kept by certificate help the next login. */
const people = 50;

async function measure(what: string, messages: readonly Buffer[]): Promise<void> {
  const begun = performance.now();
  const cpu = process.cpuUsage();
  let logins = 0;
  while (performance.now() - begun < Number(values.seconds) * 1000) {
    const cms = messages[logins % messages.length] ?? Buffer.alloc(0);
    const signed = verifySignedData({ cms, content, time });
    const verdict = signed.ok
      ? await judge({ certificate: signed.signer, others: signed.others, purpose: 'login', time })
      : signed;
    if (!verdict.ok) throw new Error(verdict.reason);
    logins += 1;
  }
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const perCore = logins / ((user + system) / 1e6);
  console.log(
    `${what}: ${Math.round(logins / seconds)} logins/s, ${Math.round(perCore)} a second of one core`,
  );
}

const messagesOf = (keyKind: 'rsa-2048' | 'p-256', issuer = pki.g2) =>
  Array.from({ length: people }, (_, number) => {
    const serialNumber = String(number).padStart(16, '0');
    const signer = pki.issue({ name: '林怡君', serialNumber, lastFour: '6789' }, 'sign', {
      issuer,
      keyKind,
      label: `${keyKind}-${number % 5}`,
    });
    return signCms({ signer, content, signingTime: time });
  });

await measure('RSA-2048 cards of an RSA-2048 CA', messagesOf('rsa-2048'));
await measure('P-256 cards of a P-384 CA', messagesOf('p-256', pki.g3));

const count = Number(values.mutations);
const seed = Number(values.seed);
if (count > 0) {
  for (const [what, run] of [
    ['messages', runCmsMutations],
    ['OCSP answers', runOcspMutations],
  ] as const) {
    const { tried, refused, harmless, forged, slowestMs } = await run({ seed, count });
    console.log(
      `${tried} spoilt ${what}, seed ${seed}: ${forged.length} taken for something else, ${harmless} the same to a login, slowest ${slowestMs.toFixed(0)} ms`,
    );
    console.log(refused);
    if (forged.length > 0) process.exitCode = 1;
  }
}
