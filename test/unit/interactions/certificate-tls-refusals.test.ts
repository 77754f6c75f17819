import { expect, test } from 'vitest';
import {
  toldTlsRefusal,
  type TlsLoginRefusal,
} from '#interactions/certificate-tls/certificate-tls-refusals.ts';
import { findMessage } from '#pages/messages/catalogue.ts';

/** Every reason there is, with the code that a help desk asks for: one that is missing here does not compile. */
const codes: Readonly<Record<TlsLoginRefusal, string>> = {
  'no-proof': 'C40',
  'foreign-proof': 'C41',
  'no-certificate': 'C42',
  malformed: 'C11',
  untrusted: 'C12',
  'not-yet-valid': 'C13',
  expired: 'C14',
  'wrong-usage': 'C15',
  'wrong-policy': 'C16',
  'weak-algorithm': 'C17',
  revoked: 'C18',
  'revocation-unknown': 'C19',
  'test-certificate': 'C20',
  'name-mismatch': 'C21',
  'not-bound': 'C22',
  'bound-elsewhere': 'C23',
  'address-limit': 'C30',
  disabled: 'L03',
  'not-opened': 'C31',
};

test.each(Object.entries(codes) as [TlsLoginRefusal, string][])(
  '%s is told as %s, and never sends anybody to the card component',
  (reason, code) => {
    const { error, advice } = toldTlsRefusal(reason);
    expect(error).toMatchObject({ field: '', code });
    expect(findMessage(error.message)).toBeDefined();
    if (advice === undefined) return;
    const words = findMessage(advice);
    expect(words).toBeDefined();
    expect(words?.zh).not.toContain('更新憑證元件');
  },
);
