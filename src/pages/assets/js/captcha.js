/**
 * The proof-of-work captcha: the altcha widget with our words, its one worker served from our origin, and
 * without its watching of the pointer. It begins by itself when the form is first touched.
 */
import '../captcha/widget.js';

/**
 * @typedef {object} Captcha
 * @property {() => boolean} pending whether the form must wait for it
 * @property {() => Promise<boolean>} ready resolves when the work is done; begins it if need be
 * @property {() => void} renew a payload is good once: drops it and begins anew
 */

/** @param {HTMLElement} box @returns {Captcha} */
export function startCaptcha(box) {
  const {
    label = '',
    verifying = '',
    verified = '',
    failed = '',
    expired = '',
    wait = '',
    required = '',
  } = box.dataset;
  const worker = new URL('../captcha/pbkdf2-worker.js', import.meta.url);
  globalThis.$altcha.algorithms.set('PBKDF2/SHA-256', () => new Worker(worker));
  // The widget looks its words up in lower case.
  const language = document.documentElement.lang.toLowerCase();
  const known = globalThis.$altcha.i18n.get('en');
  globalThis.$altcha.i18n.set(language, {
    ...known,
    label,
    verifying,
    verified,
    error: failed,
    expired,
    waitAlert: wait,
    verificationRequired: required,
  });
  const widget = document.createElement('altcha-widget');
  widget.setAttribute('challenge', box.dataset.challenge ?? '');
  widget.setAttribute('language', language);
  widget.setAttribute('name', 'altcha');
  widget.setAttribute('type', 'native');
  widget.setAttribute('auto', 'onfocus');
  widget.setAttribute(
    'configuration',
    JSON.stringify({ hideLogo: true, hideFooter: true, humanInteractionSignature: false, minDuration: 0 }),
  );
  box.append(widget);

  /** The work that this script has begun and that has not ended. */
  let work;
  const begin = () => {
    work = Promise.resolve(widget.verify())
      .catch(() => undefined)
      .finally(() => (work = undefined));
    return work;
  };

  return {
    pending: () => !new FormData(box.closest('form')).get('altcha'),
    async ready() {
      // The widget begins by itself, too, and gives up one run when another begins: so look again after each.
      for (let tries = 0; tries < 4 && widget.getState() !== 'verified'; tries += 1) {
        if (work) await work;
        else if (widget.getState() === 'verifying') await settled(widget);
        else await begin();
      }
      return widget.getState() === 'verified';
    },
    renew() {
      widget.reset();
      void begin();
    },
  };
}

/** @param {HTMLElement} widget */
function settled(widget) {
  return new Promise((resolve) => {
    const look = (event) => {
      if (event.detail.state === 'verifying') return;
      widget.removeEventListener('statechange', look);
      resolve(undefined);
    };
    widget.addEventListener('statechange', look);
  });
}
