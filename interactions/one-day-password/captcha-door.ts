/** The captcha as the login form shows it: its form field, what a page needs of it, and the addresses it answers. */
import type { ImageCaptcha, ImageChallenge } from '#authentication/captcha-image.ts';
import type { ProofOfWorkCaptcha } from '#authentication/captcha-proof-of-work.ts';
import { sendBytes } from '#http/send-bytes.ts';
import type { Language } from '#http/request-state.ts';
import type { InteractionHandler } from '../interaction-state.ts';
import type { CaptchaModel } from './login-form-model.ts';

export interface CaptchaDoor {
  readonly kind: CaptchaModel['kind'];
  model(uid: string): CaptchaModel;
  /** Handlers by the last part of their path, under `/interaction/:uid/`. */
  readonly routes: Readonly<Record<string, InteractionHandler>>;
}

/** `GET …/captcha`: a fresh challenge for this login, as the altcha widget takes it. */
export function createProofOfWorkDoor(captcha: ProofOfWorkCaptcha): CaptchaDoor {
  return {
    kind: 'proof-of-work',
    model: (uid) => ({ kind: 'proof-of-work', href: `/interaction/${uid}/captcha` }),
    routes: {
      async captcha(ctx) {
        ctx.body = await captcha.challenge(ctx.state.interaction.uid);
      },
    },
  };
}

interface ImageDoorParts {
  readonly captcha: ImageCaptcha;
  readonly draw: (challenge: ImageChallenge) => Buffer;
  readonly speak: Readonly<Record<Language, (challenge: ImageChallenge) => Buffer>>;
}

/** `GET …/captcha.png`: a new challenge; `GET …/captcha.wav`: the same one, spoken in the language of the page. */
export function createImageDoor({ captcha, draw, speak }: ImageDoorParts): CaptchaDoor {
  return {
    kind: 'image',
    model: (uid) => ({
      kind: 'image',
      pictureHref: `/interaction/${uid}/captcha.png`,
      soundHref: `/interaction/${uid}/captcha.wav`,
    }),
    routes: {
      async 'captcha.png'(ctx) {
        ctx.type = 'image/png';
        ctx.body = draw(await captcha.renew(ctx.state.interaction.uid));
      },
      async 'captcha.wav'(ctx) {
        const challenge = await captcha.current(ctx.state.interaction.uid);
        sendBytes(ctx, speak[ctx.state.language](challenge), 'audio/wav');
      },
    },
  };
}
