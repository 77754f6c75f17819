/** Answers a request to sign as the component does: the first thing that is wrong decides. */
import { constants, privateEncrypt } from 'node:crypto';
import { z } from 'zod';
import type { Issued } from '../pki/authority.ts';
import { signBytes } from '../pki/keys.ts';
import { signCms } from '../pki/sign-cms.ts';
import type { Card } from './card.ts';
import { failureAnswer, version, type LastError, type RetCode } from './codes.ts';
import type { Desk, Slot } from './desk.ts';

const requestSchema = z.object({
  signatureType: z.enum(['PKCS1', 'PKCS7', 'RAW']).default('PKCS7'),
  tbs: z.string().default(''),
  tbsEncoding: z.enum(['NONE', 'base64']).default('NONE'),
  hashAlgorithm: z.enum(['SHA1', 'SHA256', 'SHA384', 'SHA512']).default('SHA256'),
  withCardSN: z.enum(['true', 'false']).default('false'),
  pin: z.string().default(''),
  nonce: z.string().default(''),
  slotDescription: z.string().default(''),
});

type SignRequest = z.infer<typeof requestSchema>;
export type Answer = Readonly<Record<string, unknown>>;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** `now`: the signing time. `asked` is what the page sent, parsed. */
export function answerSign(desk: Desk, asked: unknown, now: Date): Answer {
  const { switches, slots, failure } = desk;
  if (!switches.domainAllowed) return fail('domainNotAllowed');
  if (failure) return failureAnswer('sign', failure);
  const parsed = requestSchema.safeParse(asked);
  if (!parsed.success) return fail('badParameter');
  const request = parsed.data;
  if (request.tbs === '') return fail('noTbs');
  if (request.tbsEncoding === 'base64' && !base64.test(request.tbs)) return fail('badParameter');
  if (slots.length === 0) return fail('noReader');
  const card = findSlot(slots, request.slotDescription)?.card;
  if (!card) return fail('noCard');
  if (switches.cancels) return fail('cancelled');
  if (request.pin === '') return fail('noPin');
  const refused = card.enterPin(request.pin);
  if (refused) return fail('loginFailed', refused);
  const signer = switches.encryptionCertificate ? card.encryption : (card.signing ?? card.encryption);
  if (!signer) return fail('certificateNotRead');
  // Without a digest's algorithm there is nothing for an elliptic key to sign.
  if (request.signatureType === 'RAW' && signer.privateKey.asymmetricKeyType !== 'rsa')
    return fail('signFailed');
  const hashAlgorithm = switches.sha1 ? 'SHA1' : request.hashAlgorithm;
  return {
    func: 'sign',
    ret_code: 0,
    last_error: 0,
    signature: makeSignature({ ...request, hashAlgorithm }, card, signer, now).toString('base64'),
    certb64: signer.certificate.toString('base64'),
    cardSN: card.cardNumber,
    version,
  };
}

/** The named one; without a name the first that holds a card. */
export function findSlot(slots: readonly Slot[], description: string): Slot | undefined {
  if (description !== '') return slots.find((slot) => slot.description === description);
  return slots.find(({ card }) => card) ?? slots[0];
}

function makeSignature(request: SignRequest, card: Card, signer: Issued, signingTime: Date): Buffer {
  const { tbs, tbsEncoding, hashAlgorithm: hash, nonce } = request;
  const content = Buffer.from(tbs, tbsEncoding === 'base64' ? 'base64' : 'utf8');
  const { privateKey } = signer;
  if (request.signatureType === 'PKCS1') return signBytes(privateKey, content, { hash }).signature;
  if (request.signatureType === 'RAW') {
    return privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, content);
  }
  return signCms({
    signer,
    content,
    hash,
    signingTime,
    ...(nonce !== '' && { nonce }),
    ...(request.withCardSN === 'true' && { cardNumber: card.cardNumber }),
  });
}

function fail(retCode: RetCode, lastError: LastError = 'none'): Answer {
  return failureAnswer('sign', { retCode, lastError });
}
