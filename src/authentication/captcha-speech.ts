/**
 * Speaks a challenge as a WAV file: one clip a character, 8 kHz mono in 8 bits, each at its own pitch and loudness,
 * with pauses of uneven length over a soft hiss.
 */
import { readFileSync } from 'node:fs';
import { captchaCharacters } from './captcha-glyphs.ts';
import type { ImageChallenge } from './captcha-image.ts';
import { createSeededNoise } from './seeded-noise.ts';

const rate = 8000;
const headLength = 44;
const silence = 128;

export type SpeakCaptcha = (challenge: ImageChallenge) => Buffer;

/** Reads the clips in `folder`: one WAV file a character, 8 kHz mono in 8 bits, with a head of 44 bytes. */
export function createCaptchaSpeech(folder: URL): SpeakCaptcha {
  const clips = new Map(
    captchaCharacters.map((character) => [
      character,
      readFileSync(new URL(`${character.toLowerCase()}.wav`, folder)).subarray(headLength),
    ]),
  );
  return ({ characters, seed }) => {
    // Not the picture's own numbers: the one must not tell about the other.
    const noise = createSeededNoise(seed ^ 0x5f3759df);
    const parts = [...characters].flatMap((character) => [
      pause(noise.between(0.4, 0.7)),
      voiced(clips.get(character) ?? Buffer.alloc(0), noise.between(0.94, 1.07), noise.between(0.75, 1)),
    ]);
    const sound = Buffer.concat([...parts, pause(0.4)]);
    for (const [index, value] of sound.entries()) {
      sound[index] = Math.min(255, Math.max(0, Math.round(value + noise.between(-6, 6))));
    }
    return Buffer.concat([head(sound.length), sound]);
  };
}

function pause(seconds: number): Buffer {
  return Buffer.alloc(Math.round(seconds * rate), silence);
}

/** `clip` played at `speed` times its speed and `loudness` of its loudness. */
function voiced(clip: Buffer, speed: number, loudness: number): Buffer {
  const sound = Buffer.alloc(Math.floor(clip.length / speed));
  for (let index = 0; index < sound.length; index += 1) {
    const value = clip[Math.floor(index * speed)] ?? silence;
    sound[index] = Math.round(silence + (value - silence) * loudness);
  }
  return sound;
}

/** RIFF WAVE, PCM, one channel, unsigned 8 bits. */
function head(length: number): Buffer {
  const bytes = Buffer.alloc(headLength);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(length + headLength - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(length, 40);
  return bytes;
}
