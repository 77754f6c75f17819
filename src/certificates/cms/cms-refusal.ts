/** Why a signed message is not taken. Stable; fit for audit and logs. */
export const cmsRefusals = [
  'malformed',
  'not-signed-data',
  'foreign-content-type',
  'detached-content',
  'foreign-content',
  'no-signer',
  'several-signers',
  'no-signed-attributes',
  'bad-signed-attributes',
  'no-signing-time',
  'wrong-signing-time',
  'wrong-digest',
  'no-certificate',
  'ambiguous-certificate',
  'weak-algorithm',
  'unsupported-algorithm',
  'wrong-signature',
] as const;

export type CmsRefusal = (typeof cmsRefusals)[number];

/** Thrown within this folder alone; `verifySignedData` turns it into a verdict. */
export class RefusedCms extends Error {
  readonly reason: CmsRefusal;

  constructor(reason: CmsRefusal) {
    super(reason);
    this.name = 'RefusedCms';
    this.reason = reason;
  }
}
