/**
 * Reads a CRL (RFC 5280, section 5) forward. The bytes are kept, not copied, and entries are found in them: 400,000 of them cost
 * little more than the CRL's own size. Whether to believe it is the checker's matter.
 */
import type { AlgorithmIdentifier } from '../algorithm-identifier.ts';
import { readAlgorithm } from '../algorithm-identifier.ts';
import { MalformedDer, readWhole, type DerReader } from '../der/der-reader.ts';
import { contextConstructed, tags } from '../der/tags.ts';
import { readName, type DistinguishedName } from '../distinguished-name.ts';
import { readAuthorityKeyId } from '../extensions/authority-key-id.ts';
import { readExtensionList, type Extension } from '../extensions/extensions.ts';
import { CrlEntries, mostCrlBytes, type CrlEntry } from './crl-entries.ts';
import { readIssuingDistributionPoint, type IssuingDistributionPoint } from './issuing-distribution-point.ts';
import { MalformedCrl } from './malformed-crl.ts';

export { MalformedCrl } from './malformed-crl.ts';

export interface Crl {
  /** What is signed. */
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly number: bigint;
  /** Set on a delta CRL: the number of the complete one that it builds on at least. */
  readonly baseNumber?: bigint;
  /** Hex. */
  readonly authorityKeyId?: string;
  readonly scope?: IssuingDistributionPoint;
  /** The scope's DER in hex: equal for CRLs of one scope, empty where there is none. */
  readonly scopeId: string;
  /** How many entries. */
  readonly entries: number;
  /** Set when something in it is critical and unknown: then it answers nothing (section 5.2). */
  readonly isUnsupported: boolean;
  /** What it says of `serial` (hex, as `Certificate.serial`) of the certificate issuer `issuer`. */
  find(serial: string, issuer: DistinguishedName): CrlEntry | undefined;
}

type Signed = Omit<Crl, 'tbs' | 'signature'>;

const ids = {
  issuerAltNames: '2.5.29.18',
  number: '2.5.29.20',
  baseNumber: '2.5.29.27',
  scope: '2.5.29.28',
  authorityKeyId: '2.5.29.35',
  freshestCrl: '2.5.29.46',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const;

/** The critical extensions that are acted upon. */
const understood: ReadonlySet<string> = new Set([ids.baseNumber, ids.scope]);
/** Section 5.2.3. */
const mostNumberOctets = 20;

/** Throws `MalformedCrl`, and nothing else, for what is not one. `der` must not be changed afterwards. */
export function parseCrl(der: Uint8Array): Crl {
  if (der.length > mostCrlBytes) throw new MalformedCrl('too-large');
  return MalformedCrl.guard(() => readWhole(der, readCrl));
}

function readCrl(reader: DerReader): Crl {
  const list = reader.enter();
  const start = list.offset;
  const signed = readSigned(list);
  const tbs = list.since(start);
  const outer = readAlgorithm(list);
  const { bytes: signature, unusedBits } = list.readBitString();
  list.end();
  if (unusedBits !== 0) throw new MalformedDer('bad-signature-value');
  if (Buffer.compare(outer.der, signed.signatureAlgorithm.der) !== 0) {
    throw new MalformedDer('signature-algorithms-differ');
  }
  return { ...signed, tbs, signature };
}

/** Version 2, with nextUpdate and a number, as section 5.1.2 has every CRL. */
function readSigned(reader: DerReader): Signed {
  const tbs = reader.enter();
  if (tbs.readSmallInteger() !== 1) throw new MalformedDer('bad-version');
  const signatureAlgorithm = readAlgorithm(tbs);
  const issuer = readName(tbs);
  const thisUpdate = tbs.readTime();
  const nextUpdate = tbs.readTime();
  const entries = readEntries(tbs);
  const explicit = tbs.enter(contextConstructed(0));
  const extensions = readExtensionList(explicit);
  explicit.end();
  tbs.end();
  const scope = extensionValue(extensions, ids.scope, readIssuingDistributionPoint);
  const isUnsupported =
    entries.hasUnknownCritical ||
    [...extensions.values()].some(({ oid, isCritical }) => isCritical && !understood.has(oid)) ||
    // What would be taken for the CRL issuer's own certificates.
    (entries.namesIssuers && !scope?.isIndirect);
  return {
    signatureAlgorithm,
    issuer,
    thisUpdate,
    nextUpdate,
    ...readNumbers(extensions),
    ...(scope && { scope }),
    scopeId: Buffer.from(extensions.get(ids.scope)?.value ?? []).toString('hex'),
    entries: entries.size,
    isUnsupported,
    find: (serial, of) => entries.find(serial, of, issuer),
  };
}

/** Section 5.1.2.6: absent when nobody is revoked, never empty. */
function readEntries(tbs: DerReader): CrlEntries {
  if (tbs.nextTag !== tags.sequence) return new CrlEntries(new Uint8Array(), 0, 0);
  const { content } = tbs.read(tags.sequence);
  if (content.length === 0) throw new MalformedDer('too-few-elements');
  return new CrlEntries(content, 0, content.length);
}

function readNumbers(extensions: ReadonlyMap<string, Extension>) {
  const number = extensionValue(extensions, ids.number, readNumber);
  const baseNumber = extensionValue(extensions, ids.baseNumber, readNumber);
  const keyId = extensionValue(extensions, ids.authorityKeyId, readAuthorityKeyId)?.keyId;
  if (number === undefined) throw new MalformedDer('no-crl-number');
  for (const id of [ids.scope, ids.baseNumber]) {
    if (extensions.get(id)?.isCritical === false) throw new MalformedDer('must-be-critical');
  }
  return {
    number,
    ...(baseNumber !== undefined && { baseNumber }),
    ...(keyId !== undefined && { authorityKeyId: keyId }),
  };
}

function extensionValue<Value>(
  extensions: ReadonlyMap<string, Extension>,
  oid: string,
  read: (reader: DerReader) => Value,
): Value | undefined {
  const extension = extensions.get(oid);
  return extension && readWhole(extension.value, read);
}

function readNumber(reader: DerReader): bigint {
  const octets = reader.readInteger();
  if ((octets[0] ?? 0) >= 0x80 || octets.length > mostNumberOctets) throw new MalformedDer('bad-crl-number');
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`);
}
