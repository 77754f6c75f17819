import { createHash, timingSafeEqual } from 'node:crypto';
import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { BindRequest } from '../protocol/ldap-message.ts';
import type { Subject } from './access.ts';
import type { Directory } from './operation-context.ts';

/**
 * Simple bind (RFC 4513, 5.1). Gives whom the connection speaks for from now on. Throws invalidCredentials, the same
 * and after the same work for an unknown name, an entry without a password, a wrong one, and where people do not bind.
 */
export async function bind(directory: Directory, request: BindRequest): Promise<Subject> {
  if (request.version !== 3) throw new LdapFailure('protocolError', 'LDAPv3 only');
  const { password } = request;
  if (password === undefined) throw new LdapFailure('authMethodNotSupported', 'simple bind only');
  const name = directory.schema.naming.parse(request.name);
  if (name === undefined) throw new LdapFailure('invalidDnSyntax', 'invalid DN');
  if (password.length === 0) {
    if (name.key === '') return { kind: 'anonymous' };
    // RFC 4513, 5.1.2: a program that forgets to check for an empty password must not take this for a login.
    throw new LdapFailure('unwillingToPerform', 'unauthenticated bind (DN with no password) disallowed');
  }

  const identity = directory.identities.find(({ key }) => key === name.key);
  if (identity !== undefined) {
    if (!isSame(password, Buffer.from(identity.password))) throw new LdapFailure('invalidCredentials');
    return { kind: 'identity', dn: identity.dn, rules: identity.rules };
  }
  const entry = directory.bindsPeople ? directory.store.find(name.key) : undefined;
  const hashes = entry?.attributes.get('userpassword')?.values ?? [];
  const isRight = await directory.verifier.verify(password, hashes);
  if (!isRight || entry === undefined) throw new LdapFailure('invalidCredentials');
  return { kind: 'person', dn: entry.dn };
}

/** In the same time whatever the lengths and wherever they differ. */
function isSame(left: Buffer, right: Buffer): boolean {
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
  return timingSafeEqual(digest(left), digest(right));
}
