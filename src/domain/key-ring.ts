import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { Random } from './random.ts';
import type { IndexKey, Sealed, Sealing } from './sealing.ts';

/** A 256-bit secret with its id; sealing and index keys are derived from it (HKDF, RFC 5869). */
export interface MasterKey {
  /** 1 to 16 characters of `[a-z0-9]`. */
  readonly id: string;
  readonly secret: Buffer;
}

interface DerivedKey {
  readonly id: string;
  readonly seal: Buffer;
  readonly index: Buffer;
}

const ivLength = 12;
const tagLength = 16;

/** Sealing under the first of `keys`, opening under any. Throws when `keys` is empty, a key is malformed or an id is there twice. */
export function createKeyRing(keys: readonly MasterKey[], random: Random): Sealing {
  const derived = keys.map(deriveKey);
  const [current] = derived;
  if (!current) throw new Error('a key ring needs at least one key');
  const byId = new Map(derived.map((key) => [key.id, key]));
  // Of two keys with one id the wrong one would be tried: what is sealed now could never be opened again.
  if (byId.size !== derived.length) throw new Error('two keys of the ring have the same id');

  const indexUnder = (key: DerivedKey, plain: string, purpose: string): IndexKey =>
    `${key.id}.${createHmac('sha256', key.index).update(`${purpose}\0${plain}`).digest('base64url')}` as IndexKey;

  return {
    seal(plain, context) {
      const iv = random.bytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', current.seal, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${current.id}.${body.toString('base64url')}` as Sealed;
    },
    open(sealed, context) {
      const [id = '', text = '', ...rest] = sealed.split('.');
      const key = byId.get(id);
      if (!key) throw new Error('sealed under an unknown key');
      const body = Buffer.from(text, 'base64url');
      // Decoding passes over what is not base64url.
      if (rest.length > 0 || body.toString('base64url') !== text)
        throw new Error('sealed value is malformed');
      if (body.length < ivLength + tagLength) throw new Error('sealed value is truncated');
      const decipher = createDecipheriv('aes-256-gcm', key.seal, body.subarray(0, ivLength), {
        authTagLength: tagLength,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(body.subarray(-tagLength));
      const plain = decipher.update(body.subarray(ivLength, -tagLength));
      return Buffer.concat([plain, decipher.final()]).toString('utf8');
    },
    index: (plain, purpose) => indexUnder(current, plain, purpose),
    indexes: (plain, purpose) => derived.map((key) => indexUnder(key, plain, purpose)),
  };
}

function deriveKey({ id, secret }: MasterKey): DerivedKey {
  if (!/^[a-z0-9]{1,16}$/.test(id)) throw new Error('a key id has 1 to 16 characters of a-z and 0-9');
  if (secret.length !== 32) throw new Error('a master key has 32 bytes');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `hufu ${purpose}`, 32));
  return { id, seal: derive('seal'), index: derive('index') };
}
