/** The readers, the cards in them and their certificates, as the component lists them. */
import { X509Certificate } from 'node:crypto';
import type { Issued } from '../pki/authority.ts';
import type { Card } from './card.ts';
import { failureAnswer, version } from './codes.ts';
import type { Desk, Slot } from './desk.ts';
import { findSlot, type Answer } from './sign.ts';

interface Wanted {
  readonly withCertificates: boolean;
  /** Empty: all readers. */
  readonly slotDescription: string;
}

export function answerPkcs11Info({ slots, switches }: Desk, wanted: Wanted): Answer {
  const { withCertificates, slotDescription } = wanted;
  const fail = (retCode: 'domainNotAllowed' | 'noReader') =>
    failureAnswer('pkcs11info', { retCode, lastError: 'none' });
  if (!switches.domainAllowed) return fail('domainNotAllowed');
  if (slots.length === 0) return fail('noReader');
  const named = slotDescription === '' ? undefined : findSlot(slots, slotDescription);
  const shown = slotDescription === '' ? slots : named ? [named] : [];
  return {
    func: 'pkcs11info',
    ret_code: 0,
    last_error: 0,
    serverVersion: version,
    version,
    slots: shown.map((slot) => slotInfo(slot, withCertificates)),
  };
}

function slotInfo({ description, card }: Slot, withCertificates: boolean): Answer {
  return { slotDescription: description, token: card ? tokenInfo(card, withCertificates) : null };
}

function tokenInfo(card: Card, withCertificates: boolean): Answer {
  const { label, cardNumber, signing, encryption } = card;
  return {
    label,
    serialNumber: cardNumber,
    ...(withCertificates && {
      certs: [
        ...(signing ? [certificateInfo(signing, 'cert1', 'digitalSignature')] : []),
        ...(encryption ? [certificateInfo(encryption, 'cert2', 'keyEncipherment|dataEncipherment')] : []),
      ],
    }),
  };
}

function certificateInfo({ certificate }: Issued, label: string, usage: string): Answer {
  const parsed = new X509Certificate(certificate);
  const parts = new Map(parsed.subject.split('\n').map((line) => splitAt(line)));
  return {
    label,
    usage,
    sn: parsed.serialNumber,
    subjectCN: parts.get('CN') ?? parts.get('O') ?? '',
    subjectDN: parsed.subject.split('\n').join(','),
    subjectID: parts.get('serialNumber') ?? '',
    issuerDN: parsed.issuer.split('\n').join(','),
    notBefore: parsed.validFromDate.toISOString(),
    notAfter: parsed.validToDate.toISOString(),
    certb64: certificate.toString('base64'),
  };
}

function splitAt(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}
