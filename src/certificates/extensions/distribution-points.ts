import { MalformedDer, type DerReader } from '../der/der-reader.ts';
import { namedBits } from '../der/primitives.ts';
import { contextConstructed, contextPrimitive } from '../der/tags.ts';
import { readRelativeName, type RelativeName } from '../distinguished-name.ts';
import { readGeneralName, readGeneralNames, type GeneralName } from '../general-names.ts';

export type DistributionPointName =
  | { readonly kind: 'full'; readonly names: readonly GeneralName[] }
  /** To be appended to the CRL issuer's name. */
  | { readonly kind: 'relative'; readonly name: RelativeName };

export interface DistributionPoint {
  readonly name?: DistributionPointName;
  /** Bits of ReasonFlags; undefined: all reasons. */
  readonly reasons?: ReadonlySet<number>;
  readonly crlIssuer?: readonly GeneralName[];
}

export interface AccessDescription {
  /** OID: `1.3.6.1.5.5.7.48.1` OCSP, `1.3.6.1.5.5.7.48.2` caIssuers. */
  readonly method: string;
  readonly location: GeneralName;
}

const mostPoints = 1000;

/** RFC 5280, section 4.2.1.13: reasons alone are no point. */
export function readDistributionPoints(reader: DerReader): readonly DistributionPoint[] {
  return reader
    .enter()
    .readAll((each) => readDistributionPoint(each.enter()), { least: 1, most: mostPoints });
}

function readDistributionPoint(sequence: DerReader): DistributionPoint {
  const explicit = sequence.enterIf(contextConstructed(0));
  const name = explicit && readDistributionPointName(explicit);
  explicit?.end();
  const reasons = readReasons(sequence, 1);
  const issuer = sequence.enterIf(contextConstructed(2));
  const crlIssuer = issuer && readGeneralNames(issuer);
  sequence.end();
  if (!name && !crlIssuer) throw new MalformedDer('empty-distribution-point');
  return { ...(name && { name }), ...(reasons && { reasons }), ...(crlIssuer && { crlIssuer }) };
}

export function readDistributionPointName(reader: DerReader): DistributionPointName {
  const full = reader.enterIf(contextConstructed(0));
  if (full) return { kind: 'full', names: readGeneralNames(full) };
  return { kind: 'relative', name: readRelativeName(reader.enter(contextConstructed(1))) };
}

/** ReasonFlags under `[number]`, if they are there. */
export function readReasons(reader: DerReader, number: number): ReadonlySet<number> | undefined {
  const tag = contextPrimitive(number);
  return reader.nextTag === tag ? namedBits(reader.readBitString(tag)) : undefined;
}

/** RFC 5280, section 4.2.2.1. */
export function readAccessDescriptions(reader: DerReader): readonly AccessDescription[] {
  return reader.enter().readAll(
    (each) => {
      const sequence = each.enter();
      const method = sequence.readOid();
      const location = readGeneralName(sequence);
      sequence.end();
      return { method, location };
    },
    { least: 1, most: mostPoints },
  );
}
