/** Whether a name lies within the subtree that a constraint names, by its kind (RFC 5280, section 4.2.1.10). */
import type { DistinguishedName } from '../distinguished-name.ts';
import type { GeneralName } from '../general-names.ts';
import { isReadableName, isWithin } from '../name-matching.ts';
import { isDnsName, isMailAddress } from './alternative-names.ts';

type UriName = Extract<GeneralName, { kind: 'mail' | 'dns' | 'uri' }>;

/** `partly`: a wildcard that covers names on both sides, or a name that cannot be read. Excluded it is, permitted not. */
export type NameFit = 'inside' | 'outside' | 'partly';

/**
 * Whether the base of a constraint is written as it must be. Bases of kinds that are not judged here are let pass: names of
 * those kinds are then refused where they occur.
 */
export function isUsableConstraint(base: GeneralName): boolean {
  switch (base.kind) {
    case 'directory':
      return isReadableName(base.value);
    case 'dns':
      return base.value === '' || (isDnsName(base.value) && !base.value.startsWith('*'));
    case 'mail':
      return isMailAddress(base.value) || isHostOrDomain(base.value);
    case 'uri':
      return isHostOrDomain(base.value);
    case 'ip':
      return isNetwork(base.value);
    default:
      return true;
  }
}

/** `name` and `base` are of one kind, and `base` is usable. */
export function nameFit(name: GeneralName, base: GeneralName): NameFit {
  switch (base.kind) {
    case 'directory':
      return name.kind === 'directory' ? directoryFit(name.value, base.value) : 'outside';
    case 'dns':
      return name.kind === 'dns' ? dnsFit(lower(name.value), lower(base.value)) : 'outside';
    case 'mail':
      return name.kind === 'mail' ? mailFit(name.value, base.value) : 'outside';
    case 'uri':
      return name.kind === 'uri' ? uriFit(name, lower(base.value)) : 'outside';
    case 'ip':
      return name.kind === 'ip' && isInNetwork(name.value, base.value) ? 'inside' : 'outside';
    default:
      return 'partly';
  }
}

const lower = (value: string) => value.toLowerCase();

/** A host, or a dot and a domain: what is under it. */
function isHostOrDomain(value: string): boolean {
  const host = value.startsWith('.') ? value.slice(1) : value;
  return isDnsName(host) && !host.startsWith('*');
}

function directoryFit(name: DistinguishedName, base: DistinguishedName): NameFit {
  if (isWithin(name, base)) return 'inside';
  return isReadableName(name) ? 'outside' : 'partly';
}

/** Adding labels on the left stays inside. `*.example.com` covers `a.example.com`, which may be the base. */
function dnsFit(name: string, base: string): NameFit {
  if (base === '' || name === base || name.endsWith(`.${base}`)) return 'inside';
  const parent = name.startsWith('*.') ? name.slice(1) : undefined;
  return parent !== undefined && base.endsWith(parent) ? 'partly' : 'outside';
}

function mailFit(name: string, base: string): NameFit {
  if (!isMailAddress(name)) return 'partly';
  const at = name.lastIndexOf('@');
  const host = lower(name.slice(at + 1));
  if (!base.includes('@')) return hostFit(host, lower(base));
  const baseAt = base.lastIndexOf('@');
  // The local part is case-sensitive (RFC 5280, section 7.5).
  const isSame = name.slice(0, at) === base.slice(0, baseAt) && host === lower(base.slice(baseAt + 1));
  return isSame ? 'inside' : 'outside';
}

/** Scheme, user, host and port as RFC 3986, section 3.2, has them; others read otherwise what does not keep to it. */
const authorityPattern = /^[^:/?#]+:\/\/(?:[\w.~!$&'()*+,;=:%-]*@)?([\w.-]*)(?::\d*)?(?=[/?#]|$)/;

/** Hosts of URIs, which have no longest length; empty where there is none. Constraints may be thousands. */
const hosts = new WeakMap<GeneralName, string>();

/** The host of the authority; a URI without one, or with an address in its place, cannot be judged. */
function uriFit(name: UriName, base: string): NameFit {
  let host = hosts.get(name);
  if (host === undefined) hosts.set(name, (host = hostOf(name.value)));
  return host === '' ? 'partly' : hostFit(host, base);
}

function hostOf(uri: string): string {
  const host = authorityPattern.exec(uri)?.[1] ?? '';
  return isDnsName(host) && !/^[\d.]+$/.test(host) ? lower(host) : '';
}

function hostFit(host: string, base: string): NameFit {
  return (base.startsWith('.') ? host.endsWith(base) : host === base) ? 'inside' : 'outside';
}

/** Address and mask of one length; the mask's ones come first. */
function isNetwork(value: Uint8Array): boolean {
  if (value.length !== 8 && value.length !== 32) return false;
  const mask = value.subarray(value.length / 2);
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits);
}

function isInNetwork(address: Uint8Array, network: Uint8Array): boolean {
  const half = network.length / 2;
  if (address.length !== half) return false;
  return address.every((octet, at) => {
    const mask = network[half + at] ?? 0;
    return (octet & mask) === ((network[at] ?? 0) & mask);
  });
}
