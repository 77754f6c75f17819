/** Certificates of the test PKI as path validation gives them, without validating: for what comes after it. */
import { parseCertificate } from '#certificates/certificate.ts';
import type { ValidPath } from '#certificates/verdict.ts';
import { mintPki, type IssueOverrides } from '#demo/pki/mint-pki.ts';
import type { Holder, PersonOnCard, Profile } from '#demo/pki/profiles.ts';

const pki = mintPki({ at: new Date('2026-03-02T01:00:00.000Z') });

export const sampleHolder: PersonOnCard = {
  name: '王小明',
  serialNumber: '0012345678901234',
  lastFour: '6789',
};

/** The path of a new certificate, from the leaf over its CA to the root. */
export function samplePath(
  holder: Holder = sampleHolder,
  profile: Profile = 'sign',
  { issuer = pki.g2, ...overrides }: IssueOverrides & { issuer?: typeof pki.g2 } = {},
): ValidPath {
  const { certificate } = pki.issue(holder, profile, { issuer, ...overrides });
  const leaf = parseCertificate(certificate);
  return {
    ok: true,
    certificate: leaf,
    path: [leaf, parseCertificate(issuer.certificate)],
    anchor: parseCertificate(pki.root.certificate),
    policies: ['2.16.886.101.0.3.3'],
    evidence: [],
  };
}

export const sampleAuthorities = { g2: pki.g2, g3: pki.g3, root: pki.root, organisations: pki.organisations };
