import { MalformedDer, type DerReader } from '../der/der-reader.ts';
import { contextConstructed, contextPrimitive } from '../der/tags.ts';
import {
  readDistributionPointName,
  readReasons,
  type DistributionPointName,
} from '../extensions/distribution-points.ts';

/** What a CRL covers: its scope. */
export interface IssuingDistributionPoint {
  readonly name?: DistributionPointName;
  /** Undefined: certificates of every kind. */
  readonly only?: 'user' | 'ca' | 'attribute';
  /** Bits of ReasonFlags; undefined: all reasons. */
  readonly reasons?: ReadonlySet<number>;
  readonly isIndirect: boolean;
}

/** RFC 5280, section 5.2.5: never empty, and of one kind of certificates at most. */
export function readIssuingDistributionPoint(reader: DerReader): IssuingDistributionPoint {
  const sequence = reader.enter();
  if (sequence.isAtEnd) throw new MalformedDer('empty-distribution-point');
  const explicit = sequence.enterIf(contextConstructed(0));
  const name = explicit && readDistributionPointName(explicit);
  explicit?.end();
  const isUser = sequence.readFlag(contextPrimitive(1));
  const isCa = sequence.readFlag(contextPrimitive(2));
  const reasons = readReasons(sequence, 3);
  const isIndirect = sequence.readFlag(contextPrimitive(4));
  const isAttribute = sequence.readFlag(contextPrimitive(5));
  sequence.end();
  if (Number(isUser) + Number(isCa) + Number(isAttribute) > 1) throw new MalformedDer('bad-crl-scope');
  const only = isUser ? 'user' : isCa ? 'ca' : isAttribute ? 'attribute' : undefined;
  return { ...(name && { name }), ...(only && { only }), ...(reasons && { reasons }), isIndirect };
}
