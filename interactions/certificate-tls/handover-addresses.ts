/** Where a browser goes to show its certificate, and where it comes back to. */
import { stepPath } from '../dispatch.ts';

/** On the origin that asks for certificates; the only path that it serves. */
export const presentPath = '/certificate-login';

export function returnPath(uid: string): string {
  return `${stepPath(uid, 'certificate-tls')}/return`;
}

/** A ticket or proof as it stands in a query: 32 bytes in base64url, once. */
export function secretIn(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value) ? value : undefined;
}
