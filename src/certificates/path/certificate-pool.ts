/** Certificates by the names of their subjects: anchors, or intermediates that may help to build a path. Immutable; parse once, keep. */
import type { Certificate } from '../certificate.ts';
import { nameKey } from '../name-matching.ts';
import type { DistinguishedName } from '../distinguished-name.ts';

export class CertificatePool {
  readonly #bySubject = new Map<string, Certificate[]>();
  readonly #fingerprints = new Set<string>();

  constructor(certificates: Iterable<Certificate> = []) {
    for (const certificate of certificates) {
      if (this.#fingerprints.has(certificate.fingerprint)) continue;
      this.#fingerprints.add(certificate.fingerprint);
      const key = nameKey(certificate.subject);
      const same = this.#bySubject.get(key);
      if (same) same.push(certificate);
      else this.#bySubject.set(key, [certificate]);
    }
  }

  get size(): number {
    return this.#fingerprints.size;
  }

  has({ fingerprint }: Certificate): boolean {
    return this.#fingerprints.has(fingerprint);
  }

  /** Several CAs may have one name. */
  withSubject(name: DistinguishedName): readonly Certificate[] {
    return this.#bySubject.get(nameKey(name)) ?? [];
  }

  all(): readonly Certificate[] {
    return [...this.#bySubject.values()].flat();
  }

  with(more: Iterable<Certificate>): CertificatePool {
    return new CertificatePool([...this.all(), ...more]);
  }
}
