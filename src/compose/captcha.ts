/** The captcha of the configured kind: its rules, and what the login form shows of it. */
import type { Captcha } from '#authentication/captcha.ts';
import { createImageCaptcha } from '#authentication/captcha-image.ts';
import { drawCaptcha } from '#authentication/captcha-picture.ts';
import { createProofOfWorkCaptcha } from '#authentication/captcha-proof-of-work.ts';
import { createCaptchaSpeech } from '#authentication/captcha-speech.ts';
import {
  createImageDoor,
  createProofOfWorkDoor,
  type CaptchaDoor,
} from '#interactions/one-day-password/captcha-door.ts';
import type { Services } from './services.ts';

const clips = new URL('../pages/assets/captcha-audio/', import.meta.url);

export function composeCaptcha({ config, machine, keys, stores }: Services): {
  readonly captcha: Captcha;
  readonly door: CaptchaDoor;
} {
  const { captcha: policy } = config.login;
  const parts = { ...machine, secret: keys.secretFor('captcha'), store: stores.protocol.oneTime, policy };
  if (policy.kind === 'proof-of-work') {
    const captcha = createProofOfWorkCaptcha(parts);
    return { captcha, door: createProofOfWorkDoor(captcha) };
  }
  const captcha = createImageCaptcha(parts);
  const speak = {
    'zh-TW': createCaptchaSpeech(new URL('zh/', clips)),
    en: createCaptchaSpeech(new URL('en/', clips)),
  };
  return { captcha, door: createImageDoor({ captcha, draw: drawCaptcha, speak }) };
}
