/**
 * Asks about certificates and CRLs of which one was altered, again and again. Nothing altered may be valid: every byte of a certificate and of a
 * CRL is signed, or is the signature, or is the one form that these have in DER. The unit tests run it small, the bench long.
 */
import { MalformedCertificate, parseCertificate, type Certificate } from '#certificates/certificate.ts';
import { checkPath } from '#certificates/check-path.ts';
import { createCrlChecker } from '#certificates/crl/crl-checker.ts';
import { MalformedCrl, parseCrl, type Crl } from '#certificates/crl/crl.ts';
import { extensionIds as ids } from '#certificates/extensions/extensions.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import { extensions } from '#demo/pki/extensions.ts';
import { makeKeyPair, type KeyKind } from '#demo/pki/keys.ts';
import { encodeName } from '#demo/pki/names.ts';
import { createMutator } from './mutate.ts';
import { crlDer, mint, mintCa, now, serialOf, write, type Minted } from './mint.ts';

export interface MutationOutcome {
  /** How often each answer was given; for inputs that could not be read, the error's name. */
  readonly answers: Readonly<Record<string, number>>;
  /** What must not happen, with the seed's mutation that brings it about. */
  readonly faults: readonly string[];
  readonly slowestMs: number;
}

/** What is altered, and what goes with it unaltered. */
interface World {
  readonly root: Minted;
  readonly ca: Minted;
  readonly leaf: Minted;
  readonly rootCrl: Buffer;
  readonly caCrl: Buffer;
}

const targets = ['leaf', 'ca', 'caCrl', 'rootCrl'] as const;

export async function runMutations(seed: number, count: number): Promise<MutationOutcome> {
  const mutate = createMutator(seed);
  const worlds = (['p-256', 'rsa-2048'] as const).map(makeWorld);
  const answers: Record<string, number> = {};
  const faults: string[] = [];
  let slowestMs = 0;
  for (let run = 0; run < count; run += 1) {
    const world = worlds[run % worlds.length];
    const target = targets[Math.floor(run / worlds.length) % targets.length];
    if (!world || !target) break;
    const { bytes, how } = mutate(originalOf(world, target));
    const start = performance.now();
    const answer = await answerOf(world, target, bytes);
    slowestMs = Math.max(slowestMs, performance.now() - start);
    answers[answer] = (answers[answer] ?? 0) + 1;
    if (answer === 'valid' || answer.startsWith('crash')) faults.push(`${target}: ${answer} by ${how}`);
  }
  return { answers, faults, slowestMs };
}

/** The answer about what nobody altered. */
export async function answerUnaltered(kind: KeyKind): Promise<string> {
  const world = makeWorld(kind);
  return answerOf(world, 'leaf', world.leaf.der);
}

function originalOf(world: World, target: (typeof targets)[number]): Buffer {
  const part = world[target];
  return Buffer.isBuffer(part) ? part : part.der;
}

async function answerOf(world: World, target: (typeof targets)[number], bytes: Buffer): Promise<string> {
  const part = (name: (typeof targets)[number]) => (name === target ? bytes : originalOf(world, name));
  try {
    const leaf: Certificate = parseCertificate(part('leaf'));
    const intermediates = new CertificatePool([parseCertificate(part('ca'))]);
    const crls: Crl[] = [parseCrl(part('caCrl')), parseCrl(part('rootCrl'))];
    const verdict = await checkPath({
      certificate: leaf,
      intermediates,
      anchors: new CertificatePool([world.root.certificate]),
      time: now,
      purpose: 'login',
      revocation: createCrlChecker({ crls, intermediates }),
    });
    return verdict.ok ? 'valid' : verdict.reason;
  } catch (error) {
    if (error instanceof MalformedCertificate || error instanceof MalformedCrl) return error.name;
    return `crash (${String(error)})`;
  }
}

/** Certificates and CRLs with most of what is read in them. */
function makeWorld(kind: KeyKind): World {
  const keys = () => makeKeyPair(kind);
  const address = 'http://crl.example.tw/1.crl';
  const pointer = { [ids.crlDistributionPoints]: extensions.crlDistributionPoints([address]) };
  const policies = { [ids.policies]: extensions.policies(['2.16.886.101.0.3.3']) };
  const root = mintCa({
    keys: keys(),
    name: encodeName([
      ['C', 'TW'],
      ['O', '測試'],
    ]),
  });
  const constraints = write.nameConstraints({
    permitted: [write.dns('tw')],
    excluded: [write.ip(10, 0, 0, 0, 255, 0, 0, 0)],
  });
  const ca = mintCa({
    keys: keys(),
    issuer: root,
    pathLength: 0,
    extensions: {
      ...policies,
      [ids.nameConstraints]: constraints,
      [ids.policyMappings]: write.policyMappings([['2.16.886.101.0.3.3', '2.16.886.101.0.3.3']]),
    },
  });
  const leaf = mint({
    keys: keys(),
    issuer: ca,
    name: encodeName([
      ['C', 'TW'],
      ['CN', '王小明'],
      ['serialNumber', '0000000000000001'],
    ]),
    extensions: {
      ...policies,
      ...pointer,
      [ids.keyPurposes]: extensions.extendedKeyUsage(['1.3.6.1.5.5.7.3.2']),
      [ids.subjectAltNames]: write.alternativeNames([
        write.dns('a.tw'),
        write.mail('a@a.tw'),
        write.uri('https://a.tw/'),
      ]),
      [ids.authorityInfoAccess]: extensions.authorityInformation({ ocsp: 'http://ocsp.example.tw/' }),
    },
  });
  const others = [0x21, 0x22, 0x23].map((octet, at) => ({
    serial: Buffer.from([octet, octet]),
    at: now,
    reason: 4 + at,
  }));
  return {
    root,
    ca,
    leaf,
    rootCrl: crlDer(root, { revoked: others }),
    caCrl: crlDer(ca, {
      revoked: [...others, { serial: serialOf(root), at: now }],
      partition: { url: address },
    }),
  };
}
