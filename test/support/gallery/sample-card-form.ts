import { createCardForms, type CardFormModel } from '#pages/card-form.ts';

const sampleCardForms = createCardForms('https://sso.example.gov.tw', {
  addresses: ['http://localhost:61161/popupForm'],
  downloadUrl: 'https://cards.example.gov.tw/component',
  unlockUrl: 'https://cards.example.gov.tw/unlock',
});

/** The card form as pages show it in the gallery; its challenges come from the page server. */
export function sampleCardForm(purpose: CardFormModel['purpose']): CardFormModel {
  return sampleCardForms({
    action: '/form',
    csrf: 'sample-token',
    purpose,
    challenge: `hufu.${purpose}.v1.sso.example.gov.tw.bXljYXJkc2lnbnN0aGlzdGV4dG9uY2VhbmRuZXZlcmFnYWlu`,
    challengeHref: '/card/challenge',
  });
}
