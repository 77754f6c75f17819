/** The words of each refusal of a certificate shown in TLS, with what to do next. */
import type { TlsRefusal } from '#authentication/certificate-in-tls.ts';
import type { CertificateLoginRefusal } from '#authentication/certificate-login.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';
import { toldRefusal, type ToldRefusal } from '../certificate-refusals.ts';

export type TlsLoginRefusal = CertificateLoginRefusal<TlsRefusal>;

const codes = { 'no-proof': 'C40', 'foreign-proof': 'C41', 'no-certificate': 'C42' } as const;

/** What helps at a card's page is of no use here: the browser chooses, and no component signs. */
const otherAdvice: Partial<Record<TlsLoginRefusal, MessageKey>> = {
  'wrong-usage': 'login.certificateTls.wrong-usage.next',
  'weak-algorithm': 'login.certificateTls.weak-algorithm.next',
};

export function toldTlsRefusal(reason: TlsLoginRefusal): ToldRefusal {
  if (reason === 'no-proof' || reason === 'foreign-proof' || reason === 'no-certificate') {
    return {
      error: { field: '', message: `login.certificateTls.error.${reason}`, code: codes[reason] },
      advice: `login.certificateTls.error.${reason}.next`,
    };
  }
  const told = toldRefusal(reason);
  const advice = otherAdvice[reason] ?? told.advice;
  return { ...told, ...(advice && { advice }) };
}
