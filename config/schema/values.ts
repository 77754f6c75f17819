/** The kinds of value that several sections are made of. Each judges one value by itself. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { findNetworkWidth } from './network-width.ts';

/** What the loader does to a value before the schema sees it. */
export type Holds = 'path' | 'secret';

/** A file or folder; the loader resolves it against the folder of the file that names it. */
export function path() {
  return z
    .string()
    .min(1)
    .meta({ holds: 'path' satisfies Holds });
}

/** A secret of at least `least` characters; in the file `{ file: PATH }` or `{ env: NAME }`, which the loader replaces by what it finds there. */
export function secret(least = 1) {
  return z
    .string()
    .min(least)
    .meta({ holds: 'secret' satisfies Holds });
}

/** A whole number from `least` to `most`, both included. */
export function whole(least: number, most: number) {
  return z
    .number()
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, {
      error: `a whole number from ${least} to ${most}`,
    })
    .meta({ range: `${least} to ${most}` });
}

export function line() {
  return z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'one line of text without control characters' });
}

/** A text in both languages of the pages. */
export function bilingual() {
  return z.strictObject({ zh: line(), en: line() });
}

export function host() {
  return z.string().refine((text) => isIP(text) !== 0 || isHostName(text), {
    error: 'a host name or an IP address',
  });
}

function isHostName(text: string): boolean {
  return (
    text.length <= 253 &&
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i.test(text)
  );
}

/** What a Host header says: a host with its port, unless that is the scheme's own. */
export function hostHeader() {
  return z.string().regex(/^(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/, {
    error: 'a host as a browser sends it, with its port unless that is 443 or 80, such as sso.example.gov.tw',
  });
}

export function network() {
  return z.string().refine((text) => (findNetworkWidth(text)?.prefix ?? 0) > 0, {
    error: 'an IP address or a network in CIDR form, such as 10.0.0.0/8, but not the whole Internet',
  });
}

/** A bare address fit for an envelope; the pattern is that of the domain's parseMailAddress. */
export function mailAddress() {
  return z
    .string()
    .max(254)
    .regex(
      /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/,
      { error: 'a bare e-mail address without a display name' },
    );
}

export function distinguishedName() {
  return z.string().regex(/^[A-Za-z][A-Za-z0-9-]*=[^,+=]+(?:,\s*[A-Za-z][A-Za-z0-9-]*=[^,+=]+)*$/, {
    error: 'a distinguished name such as dc=hufu,dc=example',
  });
}

/** An object identifier; the pattern is that of the domain's parseOid. */
export function objectIdentifier() {
  return z
    .string()
    .max(128)
    .regex(/^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$/, {
      error: 'an OID such as 2.16.886.101.90027',
    });
}

/** An identifier of something in the catalogue, such as `csm` or `ims-company`. */
export function catalogueId() {
  return z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, { error: 'lower-case letters, digits, - and _, at most 64' });
}
