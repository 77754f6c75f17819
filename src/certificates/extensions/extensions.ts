/** Reads the extensions of a certificate: a table from OID to reader, so that what is not in it is unknown. */
import { MalformedDer, readWhole, type DerReader } from '../der/der-reader.ts';
import { tags } from '../der/tags.ts';
import { readGeneralNames, type GeneralName } from '../general-names.ts';
import {
  readAccessDescriptions,
  readDistributionPoints,
  type AccessDescription,
  type DistributionPoint,
} from './distribution-points.ts';
import { readAuthorityKeyId, type AuthorityKeyId } from './authority-key-id.ts';
import { readNameConstraints, type NameConstraints } from './name-constraints.ts';
import {
  readPolicies,
  readPolicyConstraints,
  readPolicyMappings,
  type CertificatePolicy,
  type PolicyConstraints,
  type PolicyMapping,
} from './policies.ts';
import { readDirectoryAttributes, type DirectoryAttribute } from './directory-attributes.ts';
import { readBasicConstraints, readKeyPurposes, readKeyUsage } from './usage.ts';
import type { BasicConstraints, KeyUsage } from './usage.ts';

export const extensionIds = {
  subjectDirectoryAttributes: '2.5.29.9',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltNames: '2.5.29.17',
  issuerAltNames: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  policies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  keyPurposes: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  subjectInfoAccess: '1.3.6.1.5.5.7.1.11',
} as const;

export interface ExtensionValues {
  readonly subjectDirectoryAttributes?: readonly DirectoryAttribute[];
  /** Hex. */
  readonly subjectKeyId?: string;
  readonly keyUsage?: ReadonlySet<KeyUsage>;
  readonly subjectAltNames?: readonly GeneralName[];
  readonly issuerAltNames?: readonly GeneralName[];
  readonly basicConstraints?: BasicConstraints;
  readonly nameConstraints?: NameConstraints;
  readonly crlDistributionPoints?: readonly DistributionPoint[];
  readonly policies?: readonly CertificatePolicy[];
  readonly policyMappings?: readonly PolicyMapping[];
  readonly authorityKeyId?: AuthorityKeyId;
  readonly policyConstraints?: PolicyConstraints;
  /** OIDs of the extended key usage. */
  readonly keyPurposes?: readonly string[];
  readonly freshestCrl?: readonly DistributionPoint[];
  readonly inhibitAnyPolicy?: number;
  readonly authorityInfoAccess?: readonly AccessDescription[];
  readonly subjectInfoAccess?: readonly AccessDescription[];
}

export type ExtensionName = keyof ExtensionValues;

export interface Extension {
  readonly oid: string;
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

export interface Extensions extends ExtensionValues {
  /** Every extension by OID, the unknown ones too. */
  readonly all: ReadonlyMap<string, Extension>;
  readonly unknownCritical: readonly string[];
}

export const noExtensions: Extensions = { all: new Map(), unknownCritical: [] };

const mostExtensions = 64;
const mostKeyIdOctets = 64;

const readers: { readonly [Name in ExtensionName]-?: (reader: DerReader) => ExtensionValues[Name] } = {
  subjectDirectoryAttributes: readDirectoryAttributes,
  subjectKeyId: (reader) => keyIdentifier(reader.readOctetString()),
  keyUsage: readKeyUsage,
  subjectAltNames: (reader) => readGeneralNames(reader.enter()),
  issuerAltNames: (reader) => readGeneralNames(reader.enter()),
  basicConstraints: readBasicConstraints,
  nameConstraints: readNameConstraints,
  crlDistributionPoints: readDistributionPoints,
  policies: readPolicies,
  policyMappings: readPolicyMappings,
  authorityKeyId: readAuthorityKeyId,
  policyConstraints: readPolicyConstraints,
  keyPurposes: readKeyPurposes,
  freshestCrl: readDistributionPoints,
  inhibitAnyPolicy: (reader) => reader.readSmallInteger(),
  authorityInfoAccess: readAccessDescriptions,
  subjectInfoAccess: readAccessDescriptions,
};

const namesById: ReadonlyMap<string, ExtensionName> = new Map(
  (Object.keys(readers) as ExtensionName[]).map((name) => [extensionIds[name], name]),
);

/** `explicit` stands before the SEQUENCE OF Extension. */
export function readExtensions(explicit: DerReader): Extensions {
  const list = readExtensionList(explicit);
  const values: Partial<Record<ExtensionName, unknown>> = {};
  for (const { oid, value } of list.values()) {
    const name = namesById.get(oid);
    if (name) values[name] = readWhole<unknown>(value, readers[name]);
  }
  const unknown = [...list.values()].filter(({ oid, isCritical }) => isCritical && !namesById.has(oid));
  return { ...(values as ExtensionValues), all: list, unknownCritical: unknown.map(({ oid }) => oid) };
}

/** Extensions of RFC 5280, section 4.1: one or more, each once. Those of CRLs and their entries have the same form. */
export function readExtensionList(reader: DerReader): ReadonlyMap<string, Extension> {
  const list = reader.enter().readAll(readExtension, { least: 1, most: mostExtensions });
  const byId = new Map(list.map((extension) => [extension.oid, extension]));
  if (byId.size < list.length) throw new MalformedDer('duplicate-extension');
  return byId;
}

function readExtension(reader: DerReader): Extension {
  const sequence = reader.enter();
  const oid = sequence.readOid();
  const isCritical = sequence.readFlag(tags.boolean);
  const value = sequence.readOctetString();
  sequence.end();
  return { oid, isCritical, value };
}

function keyIdentifier(octets: Uint8Array): string {
  if (octets.length === 0 || octets.length > mostKeyIdOctets) throw new MalformedDer('bad-key-identifier');
  return Buffer.from(octets).toString('hex');
}
