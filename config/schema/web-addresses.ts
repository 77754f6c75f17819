/** Addresses on the web: https everywhere, plain http on this machine alone. */
import { z } from 'zod';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** Whether `hostname`, as a URL gives it, is this machine. Names that merely resolve to it are not. */
export function isLoopbackHost(hostname: string): boolean {
  return loopbackHosts.has(hostname.toLowerCase());
}

export function isLoopbackUrl(text: string): boolean {
  return URL.canParse(text) && isLoopbackHost(new URL(text).hostname);
}

/** Hides what a URL may carry of secrets, for a message. */
export function withoutCredentials(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, '$1…@');
}

/** The first thing that is wrong with `text` as an https or loopback address, in words of what is expected. */
export function faultOfWebAddress(text: string): string | undefined {
  // Judged on the text, before the parser mends it.
  if (/[\s\\*\p{Cc}]/u.test(text)) return 'an address without spaces, backslashes or wildcards (*)';
  if (text.includes('#')) return 'an address without a fragment (#…)';
  if (!URL.canParse(text)) return 'a complete address such as https://system.example.gov.tw/callback';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'an address without a user name or password in it';
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return 'https (plain http only on localhost, 127.0.0.1 or [::1])';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'an https address';
  if (url.href !== text && url.href !== `${text}/`) return `its normal form, ${url.href}`;
  return undefined;
}

/** An https address, or http on loopback; compared by relying parties and us character by character. */
export function webAddress() {
  return z.string().superRefine((text, context) => {
    const fault = faultOfWebAddress(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });
}

/** Where an answer goes: an address as above, or a native app's scheme; which of them fits is a rule between values. */
export function redirectAddress() {
  return z.string().superRefine((text, context) => {
    const fault = isPrivateScheme(text) ? undefined : faultOfWebAddress(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });
}

/** `tw.gov.example.app:/callback` (RFC 8252, section 7.1): a reversed domain name as scheme. */
export function isPrivateScheme(text: string): boolean {
  return /^[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+:\/[^\s\\*#\p{Cc}]*$/u.test(text);
}

/** An origin, such as a browser sends it. */
export function originAddress() {
  return issuerAddress();
}

/** The issuer: an origin, so that well-known addresses lie at its root. */
export function issuerAddress() {
  return z.string().superRefine((text, context) => {
    const fault = faultOfWebAddress(text) ?? faultOfOrigin(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });
}

function faultOfOrigin(text: string): string | undefined {
  return new URL(text).origin === text ? undefined : `scheme, host and port alone, ${new URL(text).origin}`;
}
