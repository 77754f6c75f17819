/** Mints certificates and CRLs for path validation, right ones by default, with each part replaceable by what must be refused. */
import type { KeyObject } from 'node:crypto';
import { parseCertificate, type Certificate } from '#certificates/certificate.ts';
import { parseCrl, type Crl } from '#certificates/crl/crl.ts';
import { extensionIds } from '#certificates/extensions/extensions.ts';
import { der } from '#demo/pki/der.ts';
import { extension, extensions, type KeyUsage } from '#demo/pki/extensions.ts';
import {
  keyIdentifier,
  makeKeyPair,
  signBytes,
  spkiOf,
  type KeyPair,
  type SigningManner,
} from '#demo/pki/keys.ts';
import { mintCrl, type CrlContent } from '#demo/pki/mint-crl.ts';
import { encodeName } from '#demo/pki/names.ts';

export const now = new Date('2026-03-02T00:00:00Z');
const day = 86_400_000;

export interface Minted {
  readonly der: Buffer;
  readonly certificate: Certificate;
  readonly keys: KeyPair;
  /** DER. */
  readonly subject: Buffer;
}

export interface MintSpec {
  /** Undefined: signs itself. */
  readonly issuer?: Minted | undefined;
  /** CN, or the whole name's DER. */
  readonly name?: string | Buffer;
  /** In place of the issuer's name. */
  readonly issuerName?: Buffer;
  readonly isCa?: boolean;
  readonly pathLength?: number;
  readonly keyUsage?: readonly KeyUsage[];
  readonly keys?: KeyPair;
  /** In place of the DER of the key's SubjectPublicKeyInfo. */
  readonly publicKeyInfo?: Buffer;
  readonly signedBy?: KeyObject;
  readonly manner?: SigningManner;
  /** In place of the algorithm that stands outside of what is signed. */
  readonly outerAlgorithm?: Buffer;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** The content octets. */
  readonly serial?: Uint8Array;
  /** 2 is version 3; undefined: none is written. */
  readonly version?: number | undefined;
  /** Whole extensions by OID, in place of, or beside, those that are usual; undefined: left out. */
  readonly extensions?: Readonly<Record<string, Buffer | undefined>>;
  /** After all others. */
  readonly moreExtensions?: readonly Buffer[];
}

let serials = 0x1000_0000;
let names = 0;

export function mint(spec: MintSpec = {}): Minted {
  const { issuer, isCa = false } = spec;
  const keys = spec.keys ?? makeKeyPair('p-256');
  const subject = nameOf(spec.name ?? `${isCa ? 'CA' : 'Leaf'} ${(names += 1)}`);
  const signingKey = spec.signedBy ?? (issuer?.keys ?? keys).privateKey;
  const { algorithm } = signBytes(signingKey, Buffer.alloc(0), spec.manner);
  const version = 'version' in spec ? spec.version : 2;
  const all = [...usualExtensions(spec, keys, isCa), ...(spec.moreExtensions ?? [])];
  const tbs = der.sequence(
    ...(version === undefined ? [] : [der.explicit(0, der.integer(version))]),
    der.tagged(0x02, spec.serial ?? nextSerial()),
    algorithm,
    spec.issuerName ?? issuer?.subject ?? subject,
    der.sequence(
      der.time(spec.notBefore ?? new Date(now.getTime() - 30 * day)),
      der.time(spec.notAfter ?? new Date(now.getTime() + 30 * day)),
    ),
    subject,
    spec.publicKeyInfo ?? spkiOf(keys.publicKey),
    ...(all.length > 0 ? [der.explicit(3, der.sequence(...all))] : []),
  );
  const { signature } = signBytes(signingKey, tbs, spec.manner);
  const whole = der.sequence(tbs, spec.outerAlgorithm ?? algorithm, der.bits(signature));
  return {
    der: whole,
    get certificate() {
      return parseCertificate(whole);
    },
    keys,
    subject,
  };
}

export const mintCa = (spec: MintSpec = {}): Minted => mint({ isCa: true, ...spec });

/** Four octets, positive. */
function nextSerial(): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE((serials += 1));
  return octets;
}

function nameOf(name: string | Buffer): Buffer {
  return typeof name === 'string'
    ? encodeName([
        ['C', 'TW'],
        ['CN', name],
      ])
    : name;
}

function usualExtensions(spec: MintSpec, keys: KeyPair, isCa: boolean): readonly Buffer[] {
  const { issuer, keyUsage = isCa ? ['keyCertSign', 'cRLSign'] : ['digitalSignature'] } = spec;
  const usual: Record<string, Buffer | undefined> = {
    [extensionIds.subjectKeyId]: extensions.subjectKeyIdentifier(keyIdentifier(keys.publicKey)),
    ...(issuer && {
      [extensionIds.authorityKeyId]: extensions.authorityKeyIdentifier(keyIdentifier(issuer.keys.publicKey)),
    }),
    [extensionIds.keyUsage]: extensions.keyUsage(keyUsage),
    ...(isCa && { [extensionIds.basicConstraints]: extensions.basicConstraints(spec.pathLength) }),
    ...spec.extensions,
  };
  return Object.values(usual).filter((each) => each !== undefined);
}

export type MintCrlSpec = Partial<CrlContent>;

/** A CRL of `issuer`, current at `now`. */
export function crlDer(issuer: Minted, spec: MintCrlSpec = {}): Buffer {
  const authority = {
    subject: issuer.subject,
    privateKey: issuer.keys.privateKey,
    keyIdentifier: keyIdentifier(issuer.keys.publicKey),
  };
  return mintCrl(authority, {
    thisUpdate: new Date(now.getTime() - day),
    nextUpdate: new Date(now.getTime() + day),
    ...spec,
  });
}

export function crlOf(issuer: Minted, spec: MintCrlSpec = {}): Crl {
  return parseCrl(crlDer(issuer, spec));
}

/** The bytes of a certificate's serial, as `CrlContent.revoked` has them. */
export function serialOf({ certificate }: Minted): Buffer {
  return Buffer.from(certificate.serial, 'hex');
}

export const write = {
  extension,
  /** GeneralName; hosts and mail addresses in ASCII, addresses (and masks) as octets, names as DER. */
  dns: (value: string) => der.implicit(2, Buffer.from(value, 'latin1')),
  mail: (value: string) => der.implicit(1, Buffer.from(value, 'latin1')),
  uri: (value: string) => der.implicit(6, Buffer.from(value, 'latin1')),
  ip: (...octets: readonly number[]) => der.implicit(7, Buffer.from(octets)),
  directory: (name: Buffer) => der.explicit(4, name),
  alternativeNames: (generalNames: readonly Buffer[], isCritical = false) =>
    extension(extensionIds.subjectAltNames, isCritical, der.sequence(...generalNames)),
  nameConstraints({ permitted = [], excluded = [], isCritical = true }: WrittenConstraints) {
    const subtrees = (number: number, bases: readonly Buffer[]) =>
      bases.length === 0 ? [] : [der.explicit(number, ...bases.map((base) => der.sequence(base)))];
    const value = der.sequence(...subtrees(0, permitted), ...subtrees(1, excluded));
    return extension(extensionIds.nameConstraints, isCritical, value);
  },
  policyMappings: (pairs: readonly (readonly [string, string])[]) =>
    extension(
      extensionIds.policyMappings,
      true,
      der.sequence(...pairs.map(([from, to]) => der.sequence(der.oid(from), der.oid(to)))),
    ),
};

export interface WrittenConstraints {
  readonly permitted?: readonly Buffer[];
  readonly excluded?: readonly Buffer[];
  readonly isCritical?: boolean;
}
