import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { CompareRequest } from '../protocol/ldap-message.ts';
import { getDescription } from '../schema/attribute-description.ts';
import { evaluate } from '../search/evaluate.ts';
import { findRule, isHidden } from './access.ts';
import { checkAssertion } from './entry-controls.ts';
import { findPublicEntry, getEntry, parseName } from './find-entry.ts';
import type { OperationContext } from './operation-context.ts';

/** Compare (RFC 4511, 4.10): whether the entry has the value. */
export function compareEntry(context: OperationContext, request: CompareRequest): boolean {
  const { directory, subject } = context;
  const name = parseName(directory, request.dn);
  const shown = findPublicEntry(directory, name);
  const rule = findRule(subject, name.key);
  // Without the right to read, nothing exists.
  if (shown === undefined && rule === undefined) throw new LdapFailure('noSuchObject');
  const attribute = getDescription(directory.schema, request.attribute);
  const hides = (key: string) => rule !== undefined && isHidden(rule, key);
  if (hides(attribute.type.key)) throw new LdapFailure('insufficientAccessRights');
  const matching = attribute.type.equality;
  if (matching === undefined) throw new LdapFailure('inappropriateMatching');
  const value = matching.normalise(request.value);
  if (value === undefined) throw new LdapFailure('invalidAttributeSyntax');
  const entry = shown ?? getEntry(directory, name);
  checkAssertion(context, entry);
  const has = (condition: Parameters<typeof evaluate>[1]) =>
    evaluate(directory.schema, condition, entry, hides) === true;
  if (!has({ kind: 'present', attribute })) throw new LdapFailure('noSuchAttribute');
  return has({ kind: 'equality', attribute, rule: matching, value });
}
