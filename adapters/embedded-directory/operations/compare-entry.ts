import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { CompareRequest } from '../protocol/ldap-message.ts';
import { getDescription } from '../schema/attribute-description.ts';
import { evaluate } from '../search/evaluate.ts';
import { isHidden, mayRead } from './access.ts';
import { getEntry, parseName } from './find-entry.ts';
import type { OperationContext } from './operation-context.ts';

/** Compare (RFC 4511, 4.10): whether the entry has the value. */
export function compareEntry({ directory, subject }: OperationContext, request: CompareRequest): boolean {
  const name = parseName(directory, request.dn);
  if (!mayRead(subject)) throw new LdapFailure('noSuchObject');
  const attribute = getDescription(directory.schema, request.attribute);
  if (isHidden(subject, attribute.type.key)) throw new LdapFailure('insufficientAccessRights');
  const rule = attribute.type.equality;
  if (rule === undefined) throw new LdapFailure('inappropriateMatching');
  const value = rule.normalise(request.value);
  if (value === undefined) throw new LdapFailure('invalidAttributeSyntax');
  const entry = name.key === '' ? directory.rootDse : getEntry(directory, name);
  const has = (condition: Parameters<typeof evaluate>[1]) =>
    evaluate(directory.schema, condition, entry) === true;
  if (!has({ kind: 'present', attribute })) throw new LdapFailure('noSuchAttribute');
  return has({ kind: 'equality', attribute, rule, value });
}
