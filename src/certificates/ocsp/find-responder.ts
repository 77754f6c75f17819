/** Who may have signed an OCSP answer (RFC 6960, section 4.2.2.2): the issuer, or a responder that the issuer itself certified. */
import { hash } from 'node:crypto';
import { findSignatureAlgorithm, isSignedBy } from '../algorithms.ts';
import { parseCertificate, type Certificate } from '../certificate.ts';
import { isSameName } from '../name-matching.ts';
import { judgeKey } from '../public-key.ts';
import type { BasicResponse, ResponderId } from './read-response.ts';

export interface OcspSigner {
  readonly certificate: Certificate;
  /** A delegated one, unless its issuer says that it need not be. */
  readonly mustBeChecked: boolean;
}

interface Asked {
  readonly issuer: Certificate;
  readonly time: Date;
}

const ocspSigning = '1.3.6.1.5.5.7.3.9';
const noCheck = '1.3.6.1.5.5.7.48.1.5';

/** Throws `MalformedCertificate` for what comes along and is none. */
export function findResponder(
  { responderId, certificates }: Pick<BasicResponse, 'responderId' | 'certificates'>,
  { issuer, time }: Asked,
): OcspSigner | undefined {
  if (isNamedBy(responderId, issuer)) return { certificate: issuer, mustBeChecked: false };
  const certificate = certificates.map(parseCertificate).find((each) => isNamedBy(responderId, each));
  if (!certificate) return undefined;
  const { extensions, notBefore, notAfter } = certificate;
  const isDelegated =
    isSameName(certificate.issuer, issuer.subject) &&
    extensions.keyPurposes?.includes(ocspSigning) === true &&
    (extensions.keyUsage === undefined || extensions.keyUsage.has('digitalSignature')) &&
    extensions.unknownCritical.length === 0 &&
    notBefore <= time &&
    time <= notAfter &&
    isIssuedBy(certificate, issuer);
  return isDelegated ? { certificate, mustBeChecked: !extensions.all.has(noCheck) } : undefined;
}

function isIssuedBy({ signatureAlgorithm, tbs, signature }: Certificate, issuer: Certificate): boolean {
  const judged = judgeKey(issuer.publicKeyInfo);
  const algorithm = findSignatureAlgorithm(signatureAlgorithm);
  return judged.ok && !!algorithm && isSignedBy(judged.key, { algorithm, data: tbs, signature });
}

function isNamedBy(id: ResponderId, { subject, publicKeyInfo }: Certificate): boolean {
  return id.kind === 'name'
    ? Buffer.compare(id.name, subject.der) === 0
    : hash('sha1', publicKeyInfo.key, 'hex') === Buffer.from(id.digest).toString('hex');
}
