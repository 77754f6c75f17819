import { syntaxOid } from './syntaxes.ts';

interface MatchingRuleDefinition {
  readonly oid: string;
  /** Syntax of the assertion. */
  readonly syntax: string;
}

const substring = '1.3.6.1.4.1.1466.115.121.1.58';
const certificateAssertion = '1.3.6.1.1.15.1';

const table: readonly (readonly [name: string, oid: string, syntax: string])[] = [
  ['objectIdentifierMatch', '2.5.13.0', syntaxOid.objectIdentifier],
  ['distinguishedNameMatch', '2.5.13.1', syntaxOid.distinguishedName],
  ['caseIgnoreMatch', '2.5.13.2', syntaxOid.directoryString],
  ['caseIgnoreOrderingMatch', '2.5.13.3', syntaxOid.directoryString],
  ['caseIgnoreSubstringsMatch', '2.5.13.4', substring],
  ['caseExactMatch', '2.5.13.5', syntaxOid.directoryString],
  ['caseExactOrderingMatch', '2.5.13.6', syntaxOid.directoryString],
  ['caseExactSubstringsMatch', '2.5.13.7', substring],
  ['numericStringMatch', '2.5.13.8', syntaxOid.numericString],
  ['numericStringOrderingMatch', '2.5.13.9', syntaxOid.numericString],
  ['numericStringSubstringsMatch', '2.5.13.10', substring],
  ['caseIgnoreListMatch', '2.5.13.11', syntaxOid.postalAddress],
  ['caseIgnoreListSubstringsMatch', '2.5.13.12', substring],
  ['booleanMatch', '2.5.13.13', syntaxOid.boolean],
  ['integerMatch', '2.5.13.14', syntaxOid.integer],
  ['integerOrderingMatch', '2.5.13.15', syntaxOid.integer],
  ['bitStringMatch', '2.5.13.16', syntaxOid.bitString],
  ['octetStringMatch', '2.5.13.17', syntaxOid.octetString],
  ['octetStringOrderingMatch', '2.5.13.18', syntaxOid.octetString],
  ['telephoneNumberMatch', '2.5.13.20', syntaxOid.telephoneNumber],
  ['telephoneNumberSubstringsMatch', '2.5.13.21', substring],
  ['generalizedTimeMatch', '2.5.13.27', syntaxOid.generalizedTime],
  ['generalizedTimeOrderingMatch', '2.5.13.28', syntaxOid.generalizedTime],
  ['objectIdentifierFirstComponentMatch', '2.5.13.30', syntaxOid.objectIdentifier],
  ['certificateExactMatch', '2.5.13.34', certificateAssertion],
  ['caseExactIA5Match', '1.3.6.1.4.1.1466.109.114.1', syntaxOid.ia5String],
  ['caseIgnoreIA5Match', '1.3.6.1.4.1.1466.109.114.2', syntaxOid.ia5String],
  ['caseIgnoreIA5SubstringsMatch', '1.3.6.1.4.1.1466.109.114.3', substring],
  // OpenLDAP's own.
  ['caseExactIA5SubstringsMatch', '1.3.6.1.4.1.4203.1.2.1', substring],
  ['UUIDMatch', '1.3.6.1.1.16.2', syntaxOid.uuid],
];

/** The matching rules there are, by name (RFC 4517, 4.2; RFC 4523; RFC 4530). */
export const matchingRuleDefinitions: ReadonlyMap<string, MatchingRuleDefinition> = new Map(
  table.map(([name, oid, syntax]) => [name, { oid, syntax }]),
);
