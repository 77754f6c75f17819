import { MalformedDer, type DerReader } from '../der/der-reader.ts';
import { contextPrimitive } from '../der/tags.ts';

export const anyPolicy = '2.5.29.32.0';

export interface CertificatePolicy {
  readonly oid: string;
  /** OIDs of the qualifiers. */
  readonly qualifiers: readonly string[];
}

export interface PolicyMapping {
  readonly issuerDomain: string;
  readonly subjectDomain: string;
}

/** How many certificates may follow until the rule holds. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy?: number;
  readonly inhibitPolicyMapping?: number;
}

const mostPolicies = 10_000;

/** RFC 5280, section 4.2.1.4: each policy once. */
export function readPolicies(reader: DerReader): readonly CertificatePolicy[] {
  const policies = reader.enter().readAll(readPolicy, { least: 1, most: mostPolicies });
  if (new Set(policies.map(({ oid }) => oid)).size < policies.length) {
    throw new MalformedDer('duplicate-policy');
  }
  return policies;
}

function readPolicy(reader: DerReader): CertificatePolicy {
  const sequence = reader.enter();
  const oid = sequence.readOid();
  const list = sequence.isAtEnd ? undefined : sequence.enter();
  sequence.end();
  return { oid, qualifiers: list?.readAll(readQualifier, { least: 1, most: 64 }) ?? [] };
}

function readQualifier(reader: DerReader): string {
  const sequence = reader.enter();
  const oid = sequence.readOid();
  sequence.read();
  sequence.end();
  return oid;
}

/** RFC 5280, section 4.2.1.5. */
export function readPolicyMappings(reader: DerReader): readonly PolicyMapping[] {
  return reader.enter().readAll(
    (each) => {
      const sequence = each.enter();
      const issuerDomain = sequence.readOid();
      const subjectDomain = sequence.readOid();
      sequence.end();
      return { issuerDomain, subjectDomain };
    },
    { least: 1, most: mostPolicies },
  );
}

/** RFC 5280, section 4.2.1.11: never empty. */
export function readPolicyConstraints(reader: DerReader): PolicyConstraints {
  const sequence = reader.enter();
  const count = (number: number) =>
    sequence.nextTag === contextPrimitive(number)
      ? sequence.readSmallInteger(contextPrimitive(number))
      : undefined;
  const requireExplicitPolicy = count(0);
  const inhibitPolicyMapping = count(1);
  sequence.end();
  if (requireExplicitPolicy === undefined && inhibitPolicyMapping === undefined) {
    throw new MalformedDer('empty-policy-constraints');
  }
  return {
    ...(requireExplicitPolicy !== undefined && { requireExplicitPolicy }),
    ...(inhibitPolicyMapping !== undefined && { inhibitPolicyMapping }),
  };
}
