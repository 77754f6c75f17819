import { LdapFailure } from '../protocol/ldap-failure.ts';

/** What an identity of the configuration may do; each includes the ones after it. `manage` also reads passwords. */
export type Access = 'manage' | 'write' | 'read';

/** Whom a connection speaks for. A person bound with their own password may do nothing but bind. */
export type Subject =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'person'; readonly dn: string }
  | { readonly kind: 'identity'; readonly dn: string; readonly access: Access };

const passwordKey = 'userpassword';

export function mayRead(subject: Subject): boolean {
  return subject.kind === 'identity';
}

/** Whether an attribute must not be shown, nor searched for, to `subject`. */
export function isHidden(subject: Subject, attributeKey: string): boolean {
  return attributeKey === passwordKey && !(subject.kind === 'identity' && subject.access === 'manage');
}

/** The name of the writer. Throws when `subject` may not write. */
export function checkMayWrite(subject: Subject): string {
  if (subject.kind === 'anonymous')
    throw new LdapFailure('strongerAuthRequired', 'modifications require authentication');
  if (subject.kind === 'person' || subject.access === 'read')
    throw new LdapFailure('insufficientAccessRights');
  return subject.dn;
}
