/** The error for the second of two uses, at the very same moment, of a client assertion or a DPoP proof. */
import { createHash } from 'node:crypto';
import { errors, Provider } from 'oidc-provider';

/** `id` is what the library remembers a use by: the hash of client and jti. */
export function lostReplay(id: string): Error {
  const assertion = Provider.ctx?.oidc.params?.['client_assertion'];
  if (typeof assertion === 'string' && idOf(assertion) === id) {
    return new errors.InvalidClientAuth('client assertion tokens must only be used once');
  }
  return new errors.InvalidDpopProof('DPoP proof JWT Replay detected');
}

function idOf(assertion: string): string {
  // It has been verified by now.
  const { iss, jti } = JSON.parse(
    Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8'),
  ) as Readonly<Record<string, unknown>>;
  return createHash('sha256')
    .update(`${String(iss)}${String(jti)}`)
    .digest('base64url');
}
