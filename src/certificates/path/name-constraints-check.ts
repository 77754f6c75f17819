/** Name constraints (RFC 5280, sections 4.2.1.10 and 6.1.4 (g)): every CA's own set is kept, and each name below must pass them all. */
import type { Certificate } from '../certificate.ts';
import { attributeText, attributeTypes } from '../distinguished-name.ts';
import type { GeneralName } from '../general-names.ts';
import type { NameConstraints } from '../extensions/name-constraints.ts';
import { refuse, type Refused } from '../verdict.ts';
import { isDnsName } from './alternative-names.ts';
import { isUsableConstraint, nameFit } from './name-subtrees.ts';
import type { Work } from './work.ts';

/** Undefined when each constraint is of a kind and form that can be judged. */
export function findConstraintFault({ permitted, excluded }: NameConstraints): Refused | undefined {
  const isUsable = [...permitted, ...excluded].every((base) => isUsableConstraint(base));
  return isUsable ? undefined : refuse('malformed', 'bad-name-constraint');
}

/** Undefined when every name of `certificate` is permitted by every set of `constraints`. */
export function findNameFault(
  certificate: Certificate,
  constraints: readonly NameConstraints[],
  work: Work,
): Refused | undefined {
  if (constraints.length === 0) return undefined;
  const names = namesOf(certificate);
  for (const { permitted, excluded } of constraints) {
    work.spend('nameComparisons', names.length * (permitted.length + excluded.length));
    for (const name of names) {
      if (!isPermitted(name, permitted, excluded)) return refuse('untrusted', 'name-not-permitted');
    }
  }
  return undefined;
}

/** A name of a kind that is not constrained is permitted; one that cannot be judged is not, where its kind is. */
function isPermitted(
  name: GeneralName,
  permitted: readonly GeneralName[],
  excluded: readonly GeneralName[],
): boolean {
  const sameKind = (base: GeneralName) => base.kind === name.kind;
  if (excluded.filter(sameKind).some((base) => nameFit(name, base) !== 'outside')) return false;
  const among = permitted.filter(sameKind);
  return among.length === 0 || among.some((base) => nameFit(name, base) === 'inside');
}

/**
 * Subject and alternative names. Mail addresses in the subject count where there are none among the alternative names (section
 * 4.2.1.10); so does a common name that reads like a host, since others take it for one.
 */
function namesOf({ subject, extensions }: Certificate): readonly GeneralName[] {
  const names: GeneralName[] = [...(extensions.subjectAltNames ?? [])];
  const has = (kind: GeneralName['kind']) => names.some((name) => name.kind === kind);
  const inSubject: GeneralName[] = [];
  const attributes = subject.rdns.flat();
  if (subject.rdns.length > 0) inSubject.push({ kind: 'directory', value: subject });
  if (!has('mail')) {
    const mails = attributes.filter(({ type }) => type === attributeTypes.emailAddress);
    // An address that is no text stays as one that fits nothing.
    inSubject.push(...mails.map((each) => ({ kind: 'mail', value: attributeText(each) ?? '' }) as const));
  }
  if (!has('dns') && !has('ip')) {
    const common = attributes.filter(({ type }) => type === attributeTypes.commonName).map(attributeText);
    inSubject.push(...common.filter(isHostLike).map(hostName));
  }
  return [...names, ...inSubject];
}

function isHostLike(text: string | undefined): text is string {
  return text !== undefined && text.includes('.') && isDnsName(text);
}

function hostName(value: string): GeneralName {
  const parts = value.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isAddress ? { kind: 'ip', value: Uint8Array.from(parts, Number) } : { kind: 'dns', value };
}
