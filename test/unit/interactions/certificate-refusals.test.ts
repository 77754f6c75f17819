import { expect, test } from 'vitest';
import type { CardSignatureRefusal } from '#authentication/card-signature.ts';
import type { CertificateLoginRefusal } from '#authentication/certificate-login.ts';
import { toldRefusal } from '#interactions/certificate-refusals.ts';
import { findMessage } from '#pages/messages/catalogue.ts';

type Refused = CertificateLoginRefusal<CardSignatureRefusal>;

/** Every reason there is, with the code that a help desk asks for: one that is missing here does not compile. */
const codes: Readonly<Record<Refused, string>> = {
  'no-challenge': 'C01',
  'foreign-challenge': 'C02',
  'bad-signature': 'C03',
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

test.each(Object.entries(codes) as [Refused, string][])('%s is told as %s', (reason, code) => {
  const { error, advice } = toldRefusal(reason);
  expect(error).toMatchObject({ field: '', code });
  expect(findMessage(error.message)).toBeDefined();
  if (advice !== undefined) expect(findMessage(advice)).toBeDefined();
});
