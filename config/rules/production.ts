/** What may be set on loopback alone: it would show secrets or personal data to the network, or let anybody in. */
import { describeValue } from '../issue-words.ts';
import { isOfTestPki, readCertificateFile } from '../read-certificates.ts';
import type { ValueFault } from '../resolve-values.ts';
import { isLoopbackHost, isLoopbackUrl } from '../schema/web-addresses.ts';
import { listAt, textAt, valueAt } from './read-value.ts';

export function checkProduction(config: unknown): ValueFault[] {
  const issuer = textAt(config, 'issuer');
  const faults: ValueFault[] = [];
  const refuse = (path: readonly string[], expected: string, found?: string) =>
    faults.push({ path, expected, found: found ?? describeValue(textAt(config, ...path)) });

  // A faulty issuer is reported by itself, and what follows from it is not known.
  if (issuer !== undefined && URL.canParse(issuer)) {
    const isLocal = isLoopbackUrl(issuer);
    if (!isLocal && textAt(config, 'mail', 'kind') === 'folder') {
      refuse(['mail', 'kind'], 'smtp (folder only while the issuer is on loopback)');
    }
    if (!isLocal) faults.push(...checkTestCertificates(config));
    if (issuer.startsWith('https:') && listAt(config, 'proxies').length === 0) {
      refuse(['proxies'], 'the address of the proxy that speaks TLS for the https issuer', 'nothing');
    }
    if (issuer.startsWith('http:') && !isLoopbackHost(textAt(config, 'listen', 'host') ?? 'localhost')) {
      refuse(['listen', 'host'], 'a loopback address while the issuer is plain http');
    }
  }
  if (
    textAt(config, 'mail', 'security') === 'plain' &&
    !isLoopbackHost(textAt(config, 'mail', 'host') ?? 'localhost')
  ) {
    refuse(['mail', 'security'], 'starttls or tls (plain only to a mail server on loopback)');
  }
  if (
    !isLoopbackHost(textAt(config, 'directory', 'listen', 'host') ?? 'localhost') &&
    textAt(config, 'directory', 'listen', 'tls', 'certificate') === undefined
  ) {
    refuse(['directory', 'listen', 'host'], 'a loopback address (other ones only with directory.listen.tls)');
  }
  return faults;
}

/** The keys of the demo's authorities are anybody's. */
function checkTestCertificates(config: unknown): ValueFault[] {
  const faults = (['anchors', 'intermediates'] as const).flatMap((kind) =>
    listAt(config, 'certificates', kind).flatMap((file, index) => {
      const read = typeof file === 'string' ? readCertificateFile(file) : undefined;
      if (!read?.ok || !read.certificates.some(isOfTestPki)) return [];
      const expected = 'authorities other than those of the test PKI (only while the issuer is on loopback)';
      return [{ path: ['certificates', kind, index], expected, found: describeValue(file) }];
    }),
  );
  if (valueAt(config, 'certificates', 'allowTestPolicy') !== true) return faults;
  const expected = 'false (true only while the issuer is on loopback)';
  return [...faults, { path: ['certificates', 'allowTestPolicy'], expected, found: 'true' }];
}
