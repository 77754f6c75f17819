import { expect, test } from 'vitest';
import { createImageCaptcha } from '#authentication/captcha-image.ts';
import { captchaCharacters, captchaGlyphs } from '#authentication/captcha-glyphs.ts';
import { drawCaptcha } from '#authentication/captcha-picture.ts';
import { createCaptchaSpeech } from '#authentication/captcha-speech.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { openLoginStores } from './login-stores.ts';

function imageWorld() {
  const { oneTime: store, clock } = openLoginStores();
  const parts = { store, clock, random: systemRandom, policy: { lifetimeMinutes: 10 } };
  const captcha = createImageCaptcha({ ...parts, secret: Buffer.alloc(32, 1) });
  const other = createImageCaptcha({ ...parts, secret: Buffer.alloc(32, 2) });
  return { captcha, other, clock, store };
}

test('six characters that nobody takes for others', async () => {
  const { captcha } = imageWorld();
  for (let round = 0; round < 50; round += 1) {
    const { characters } = await captcha.renew('login-1');
    expect(characters).toMatch(/^[2-9ACFHJKLMPRTUWXY]{6}$/);
  }
});

test('the characters count once', async () => {
  const { captcha } = imageWorld();
  const { characters } = await captcha.renew('login-1');
  expect(await captcha.redeem('login-1', characters)).toBe(true);
  expect(await captcha.redeem('login-1', characters)).toBe(false);
});

test('small letters, full width and spaces count as well', async () => {
  const { captcha } = imageWorld();
  for (const typed of [
    (text: string) => text.toLowerCase(),
    (text: string) => ` ${[...text].join(' ')} `,
    (text: string) => text.replace(/./g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
  ]) {
    const { characters } = await captcha.renew('login-1');
    expect(await captcha.redeem('login-1', typed(characters))).toBe(true);
  }
});

test.each(['', 'AAAAAA', '字', 'A'.repeat(64)])('a wrong answer (%j) uses it up', async (wrong) => {
  const { captcha } = imageWorld();
  const { characters } = await captcha.renew('login-1');
  expect(await captcha.redeem('login-1', wrong)).toBe(false);
  expect(await captcha.redeem('login-1', characters)).toBe(false);
});

test('of twenty at the same moment one counts', async () => {
  const { captcha } = imageWorld();
  const { characters } = await captcha.renew('login-1');
  const answers = await Promise.all(Array.from({ length: 20 }, () => captcha.redeem('login-1', characters)));
  expect(answers.filter(Boolean)).toHaveLength(1);
});

test('it counts for its own login alone, and trying it elsewhere does not use it up', async () => {
  const { captcha } = imageWorld();
  const { characters } = await captcha.renew('login-1');
  expect(await captcha.redeem('login-2', characters)).toBe(false);
  await captcha.renew('login-3');
  expect(await captcha.redeem('login-3', characters)).toBe(false);
  expect(await captcha.redeem('login-1', characters)).toBe(true);
});

test('it counts until its time is over', async () => {
  const { captcha, clock } = imageWorld();
  const { characters } = await captcha.renew('login-1');
  await clock.advance(10 * 60_000);
  expect(await captcha.redeem('login-1', characters)).toBe(false);
});

test('a new picture voids the last; sound and picture are of one challenge', async () => {
  const { captcha } = imageWorld();
  const first = await captcha.renew('login-1');
  const second = await captcha.renew('login-1');
  expect(await captcha.current('login-1')).toEqual(second);
  expect(second.characters).not.toBe(first.characters);
  expect(await captcha.redeem('login-1', first.characters)).toBe(false);
});

test('the sound alone is a challenge as well', async () => {
  const { captcha } = imageWorld();
  const { characters } = await captcha.current('login-1');
  expect(await captcha.redeem('login-1', characters)).toBe(true);
});

test('what the store holds does not tell the characters', async () => {
  const { captcha, other, store } = imageWorld();
  const { characters } = await captcha.renew('login-1');
  expect(await store.peek('captcha-image:login-1')).not.toContain(characters);
  expect(await other.current('login-1')).not.toMatchObject({ characters });
});

test('every character has strokes and a clip in both languages; all clips together are small', () => {
  for (const language of ['zh', 'en']) {
    const folder = new URL(`../../../src/pages/assets/captcha-audio/${language}/`, import.meta.url);
    const speak = createCaptchaSpeech(folder);
    const quiet = speak({ characters: '', seed: 1 }).length;
    for (const character of captchaCharacters) {
      expect(captchaGlyphs.get(character)?.flat().length, character).toBeGreaterThan(2);
      expect(speak({ characters: character, seed: 1 }).length - quiet, character).toBeGreaterThan(4000);
    }
    const sound = speak({ characters: '23456A', seed: 1 });
    expect(sound.toString('latin1', 0, 4)).toBe('RIFF');
    expect(sound.readUInt32LE(4)).toBe(sound.length - 8);
    expect(sound.length).toBeLessThan(80_000);
  }
});

test('the picture is a PNG of its own for every challenge, the same for the same', () => {
  const picture = drawCaptcha({ characters: '2A4C6F', seed: 1 });
  expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([440, 140]);
  expect(drawCaptcha({ characters: '2A4C6F', seed: 1 }).equals(picture)).toBe(true);
  expect(drawCaptcha({ characters: '2A4C6F', seed: 2 }).equals(picture)).toBe(false);
});
