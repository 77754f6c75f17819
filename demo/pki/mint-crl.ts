import type { Authority } from './authority.ts';
import { der } from './der.ts';
import { extension, extensions, type IssuingDistributionPoint } from './extensions.ts';
import { signBytes, type SigningManner } from './keys.ts';

export interface Revocation {
  /** Big-endian. */
  readonly serial: Uint8Array;
  readonly at: Date;
  /** CRLReason (RFC 5280, 5.3.1): 1 key compromise, 4 superseded, 6 on hold, 8 removed from the list. */
  readonly reason?: number;
}

export type CrlIssuer = Pick<Authority, 'subject' | 'privateKey' | 'keyIdentifier'>;

export interface CrlContent {
  readonly revoked?: readonly Revocation[];
  readonly thisUpdate: Date;
  /** `undefined`: the list has none, which RFC 5280 forbids. */
  readonly nextUpdate: Date | undefined;
  readonly number?: number | bigint;
  /** Makes it a partition, or a list for user certificates alone and the like. */
  readonly partition?: IssuingDistributionPoint;
  /** Makes it a delta to the list of that number. */
  readonly deltaBase?: number | bigint;
  readonly extraExtensions?: readonly Buffer[];
  readonly manner?: SigningManner;
  /** Signs in place of the issuer, whose name and key identifier stay. */
  readonly signedBy?: Pick<Authority, 'privateKey'>;
}

/** DER of a CRL v2 of `issuer`. */
export function mintCrl(issuer: CrlIssuer, content: CrlContent): Buffer {
  const { revoked = [], thisUpdate, nextUpdate, number = 1, partition, deltaBase, manner } = content;
  const { privateKey } = content.signedBy ?? issuer;
  const { algorithm } = signBytes(privateKey, Buffer.alloc(0), manner);
  const tbs = der.sequence(
    der.integer(1),
    algorithm,
    issuer.subject,
    der.time(thisUpdate),
    ...(nextUpdate ? [der.time(nextUpdate)] : []),
    ...(revoked.length > 0 ? [der.sequence(Buffer.concat(revoked.map(entry)))] : []),
    der.explicit(
      0,
      der.sequence(
        extensions.authorityKeyIdentifier(issuer.keyIdentifier),
        extensions.crlNumber(number),
        ...(deltaBase === undefined ? [] : [extensions.deltaCrlIndicator(deltaBase)]),
        ...(partition ? [extensions.issuingDistributionPoint(partition)] : []),
        ...(content.extraExtensions ?? []),
      ),
    ),
  );
  return der.sequence(tbs, algorithm, der.bits(signBytes(privateKey, tbs, manner).signature));
}

function entry({ serial, at, reason }: Revocation): Buffer {
  const why =
    reason === undefined ? [] : [der.sequence(extension('2.5.29.21', false, der.enumerated(reason)))];
  return der.sequence(der.integer(serial), der.time(at), ...why);
}
