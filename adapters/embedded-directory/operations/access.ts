/**
 * Who may do what: the rules of an identity, of which the one nearest above an entry holds for it. Without a rule
 * nothing exists; anonymous clients and people bound with their own password have none.
 */
import { LdapFailure } from '../protocol/ldap-failure.ts';
import { isBelow, type EntryName } from '../schema/naming.ts';

/** What a rule allows; each includes the ones after it. `manage` also reads passwords and knows no size limit. */
export type Access = 'manage' | 'write' | 'read' | 'none';

export interface AccessRule {
  /** Key of the entry that the rule begins at. */
  readonly key: string;
  readonly access: Access;
  /** Keys of attributes that are neither shown, searched, compared nor written under this rule. */
  readonly except: ReadonlySet<string>;
}

/** Whom a connection speaks for. A person bound with their own password may do nothing but bind. */
export type Subject =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'person'; readonly dn: string }
  | { readonly kind: 'identity'; readonly dn: string; readonly rules: readonly AccessRule[] };

const passwordKey = 'userpassword';

/** The rule that holds for the entry named `key`; undefined when `subject` may not know of it. */
export function findRule(subject: Subject, key: string): AccessRule | undefined {
  if (subject.kind !== 'identity') return undefined;
  let nearest: AccessRule | undefined;
  for (const rule of subject.rules) {
    const holds = key === rule.key || isBelow(key, rule.key);
    if (holds && rule.key.length >= (nearest?.key.length ?? 0)) nearest = rule;
  }
  return nearest?.access === 'none' ? undefined : nearest;
}

/** Whether an attribute must not be shown, nor searched for, under `rule`. */
export function isHidden(rule: AccessRule, attributeKey: string): boolean {
  return rule.except.has(attributeKey) || (attributeKey === passwordKey && rule.access !== 'manage');
}

/** The name of the writer. Throws when `subject` may not write the entry `name`, or one of the attributes. */
export function checkMayWrite(
  subject: Subject,
  name: EntryName,
  attributeKeys: Iterable<string> = [],
): string {
  if (subject.kind === 'anonymous')
    throw new LdapFailure('strongerAuthRequired', 'modifications require authentication');
  const rule = findRule(subject, name.key);
  if (rule === undefined || rule.access === 'read') throw new LdapFailure('insufficientAccessRights');
  for (const key of attributeKeys) {
    if (rule.except.has(key)) throw new LdapFailure('insufficientAccessRights');
  }
  return subject.dn;
}

/**
 * Throws unless `from` and all below it may be moved to `to`. Nothing may come to where other attributes are kept
 * from the mover than where it was: a move would show or write them.
 */
export function checkMayMove(subject: Subject, from: EntryName, to: EntryName): void {
  const before = findRule(subject, from.key);
  const after = findRule(subject, to.key);
  const inside = subject.kind === 'identity' ? subject.rules.filter(({ key }) => isBelow(key, from.key)) : [];
  const beneath = subject.kind === 'identity' ? subject.rules.filter(({ key }) => isBelow(key, to.key)) : [];
  const same =
    before !== undefined &&
    after !== undefined &&
    before.access === after.access &&
    before.except.size === after.except.size &&
    [...before.except].every((key) => after.except.has(key));
  if (!same || inside.length > 0 || beneath.length > 0) throw new LdapFailure('insufficientAccessRights');
}
