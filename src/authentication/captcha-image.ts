/**
 * The captcha that a person reads or hears. One challenge a login at a time: asking for a picture makes a new one and
 * voids the last, any answer uses it up. The store holds a nonce alone; the characters are derived from it under our
 * secret and the login's id, so that they count for that login and cannot be read out of the store.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';
import type { Random } from '#domain/random.ts';
import type { Captcha } from './captcha.ts';
import { captchaCharacters } from './captcha-glyphs.ts';

export interface ImageChallenge {
  readonly characters: string;
  /** Whence the distortion of picture and sound comes: the same challenge always looks and sounds the same. */
  readonly seed: number;
}

export interface ImageCaptcha extends Captcha {
  /** A new challenge for the login `binding`; the one before no longer counts. */
  renew(binding: string): Promise<ImageChallenge>;
  /** The challenge that stands; a new one where there is none. */
  current(binding: string): Promise<ImageChallenge>;
}

interface Dependencies {
  readonly secret: Buffer;
  readonly store: OneTimeStore;
  readonly clock: Clock;
  readonly random: Pick<Random, 'token'>;
  readonly policy: { readonly lifetimeMinutes: number };
}

const length = 6;

export function createImageCaptcha({ secret, store, clock, random, policy }: Dependencies): ImageCaptcha {
  const key = (binding: string) => `captcha-image:${binding}`;
  const digest = (text: string) => createHmac('sha256', secret).update(text).digest();

  function challengeOf(binding: string, nonce: string): ImageChallenge {
    const bytes = digest(`captcha-image\0${binding}\0${nonce}`);
    return { characters: charactersFrom(bytes), seed: bytes.readUInt32BE(bytes.length - 4) };
  }

  async function renew(binding: string): Promise<ImageChallenge> {
    const nonce = random.token(16);
    const expiresAt = new Date(clock.now().getTime() + policy.lifetimeMinutes * 60_000);
    await store.place(key(binding), nonce, expiresAt);
    return challengeOf(binding, nonce);
  }

  return {
    renew,
    async current(binding) {
      const nonce = await store.peek(key(binding));
      return nonce === undefined ? renew(binding) : challengeOf(binding, nonce);
    },
    async redeem(binding, answer) {
      // Taken before it is compared: a wrong answer uses the challenge up as well, so nobody can guess on.
      const nonce = await store.take(key(binding));
      if (nonce === undefined) return false;
      const { characters } = challengeOf(binding, nonce);
      return timingSafeEqual(digest(normalized(answer)), digest(characters));
    },
  };
}

/** As people type: small letters, full width, spaces in between. */
function normalized(answer: string): string {
  return answer.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
}

function charactersFrom(bytes: Buffer): string {
  const size = captchaCharacters.length;
  // Bytes past the last whole round would make some characters likelier than others.
  const fair = [...bytes].filter((byte) => byte < 256 - (256 % size)).slice(0, length);
  return fair.map((byte) => captchaCharacters[byte % size]).join('');
}
