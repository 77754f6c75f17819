/**
 * The proof-of-work captcha: the altcha widget with our words, its one worker served from our origin, and
 * without its watching of the pointer. It begins by itself when the form is first touched.
 */
import '../captcha/widget.js';

/**
 * @typedef {object} Captcha
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

  return {
    async ready() {
      if (widget.getState() === 'verified') return true;
      if (widget.getState() === 'verifying') await settled(widget);
      else await widget.verify();
      return widget.getState() === 'verified';
    },
    renew() {
      widget.reset();
      void widget.verify();
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
