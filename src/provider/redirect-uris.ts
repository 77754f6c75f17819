/** Which redirect URIs a relying party may register; at use they are compared character by character. */
import { loopbackNames } from './pinned-origin.ts';

/** RFC 8252, section 8.3: not `localhost`, which another interface or a hosts file may answer. */
const nativeLoopback = new Set(['127.0.0.1', '[::1]']);

/** A reversed domain name (RFC 8252, section 7.1): `tw.gov.example.app`. */
const privateScheme = /^[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+:$/;

/** The first thing that is wrong with `uri`, in words of what is expected; undefined when it may be registered. */
export function faultOfRedirectUri(uri: unknown, applicationType: 'web' | 'native'): string | undefined {
  const url = typeof uri === 'string' ? URL.parse(uri) : null;
  if (!url || typeof uri !== 'string') return 'a complete URI';
  if (url.hash !== '' || uri.includes('#') || uri.includes('*')) return 'a URI without fragment and wildcard';
  if (url.username !== '' || url.password !== '') return 'a URI without user';
  if (applicationType === 'web') {
    const isSafe =
      url.protocol === 'https:' || (url.protocol === 'http:' && loopbackNames.includes(url.hostname));
    return isSafe ? undefined : 'https, or http on loopback';
  }
  if (url.protocol === 'http:') {
    return nativeLoopback.has(url.hostname) ? undefined : 'http on 127.0.0.1 or [::1] alone';
  }
  if (url.protocol === 'https:') {
    return loopbackNames.includes(url.hostname) ? 'http on loopback' : undefined;
  }
  return privateScheme.test(url.protocol) ? undefined : 'a scheme that is a reversed domain name';
}
