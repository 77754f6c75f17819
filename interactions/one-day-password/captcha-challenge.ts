import type { Captcha } from '#authentication/captcha.ts';
import type { InteractionHandler } from '../interaction-state.ts';

/** `GET /interaction/:uid/captcha`: a fresh challenge for this login, as the altcha widget takes it. */
export function answerCaptchaChallenge(captcha: Captcha): InteractionHandler {
  return async function captchaChallenge(ctx) {
    ctx.body = await captcha.challenge(ctx.state.interaction.uid);
  };
}
