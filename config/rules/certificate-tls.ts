/** What the door where browsers show certificates needs of the other sections. */
import { describeValue } from '../issue-words.ts';
import type { ValueFault } from '../resolve-values.ts';
import { listAt, textAt, valueAt } from './read-value.ts';

const section = ['login', 'certificate', 'mutualTls'] as const;

export function checkCertificateTls(config: unknown): ValueFault[] {
  if (valueAt(config, ...section) === undefined) return [];
  const faults: ValueFault[] = [];
  const refuse = (path: readonly string[], expected: string, found = 'nothing') =>
    faults.push({ path, expected, found });

  if (valueAt(config, 'certificates') === undefined)
    refuse(['certificates'], 'whom to trust, for login.certificate.mutualTls');
  const origin = textAt(config, ...section, 'origin');
  if (origin?.startsWith('http:'))
    refuse([...section, 'origin'], 'https: browsers show certificates in TLS alone', describeValue(origin));
  if (valueAt(config, ...section, 'listen') === undefined) {
    if (textAt(config, 'clientCertificates', 'header') === undefined)
      refuse(
        ['clientCertificates', 'header'],
        'the header of the proxy, or login.certificate.mutualTls.listen',
      );
    if (listAt(config, 'proxies').length === 0)
      refuse(['proxies'], 'the address of the proxy, or login.certificate.mutualTls.listen');
    return faults;
  }
  const others = [textAt(config, 'issuer'), textAt(config, 'listenMtls', 'origin')];
  if (origin !== undefined && others.includes(origin))
    refuse([...section, 'origin'], 'an origin of its own with a listener of its own', describeValue(origin));
  return faults;
}
