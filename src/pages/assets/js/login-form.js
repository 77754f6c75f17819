/**
 * The login form: waits for the captcha before anything is sent, and asks for a mailed code without leaving the
 * page, so that what was typed stays. Without script the same buttons reload the page.
 */
import { startCaptcha } from './captcha.js';
import { startImageCaptcha } from './captcha-image.js';
import { showErrors } from './form-errors.js';
import { showReady, showWorking } from './page.js';

/** @param {HTMLFormElement} form */
function enhance(form) {
  const image = form.querySelector('[data-captcha-image]');
  const sendCode = form.querySelector('[data-send-code]');
  const login = form.querySelector('[data-login]');
  const captcha = image ? startImageCaptcha(image) : startCaptcha(form.querySelector('[data-captcha]'));
  let busy = false;

  form.addEventListener(
    'submit',
    (event) => {
      const button = event.submitter === sendCode ? sendCode : login;
      if (busy || button.getAttribute('aria-disabled') === 'true') {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      if (button === sendCode) {
        event.preventDefault();
        event.stopImmediatePropagation();
        void attempt(() => requestCode(form, sendCode, captcha));
      } else if (captcha.pending()) {
        event.preventDefault();
        event.stopImmediatePropagation();
        void attempt(() => afterCaptcha(form, button, captcha));
      } else if (event.submitter !== login) {
        // By the enter key: let the button that people see show that it works.
        event.preventDefault();
        event.stopImmediatePropagation();
        setTimeout(() => form.requestSubmit(login));
      }
    },
    { capture: true },
  );

  /** @param {() => Promise<void>} work */
  async function attempt(work) {
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  }

  countDown(sendCode, Number(sendCode.dataset.resendSeconds));
}

/** Sends the form once the captcha is done. */
async function afterCaptcha(form, button, captcha) {
  showWorking(button);
  const done = await captcha.ready();
  showReady(button);
  if (!done) {
    showErrors(form, [{ field: 'altcha', text: form.dataset.captchaFailed }]);
    return;
  }
  // After `busy` has been cleared by the caller.
  setTimeout(() => form.requestSubmit(button));
}

async function requestCode(form, button, captcha) {
  showWorking(button);
  showNotice('');
  if (!(await captcha.ready())) {
    showReady(button);
    showErrors(form, [{ field: 'altcha', text: form.dataset.captchaFailed }]);
    return;
  }
  const answer = await post(form, button);
  captcha.renew();
  showReady(button);
  showErrors(form, answer.errors);
  if (answer.notice) {
    showNotice(answer.notice);
    form.elements.namedItem('code').focus();
  }
  countDown(button, answer.resendSeconds ?? 0);
}

async function post(form, button) {
  // Not form.action: the buttons of that name stand in its way.
  const failed = { errors: [{ field: '', text: form.dataset.sendFailed }] };
  try {
    const response = await fetch(form.getAttribute('action'), {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams(new FormData(form, button)),
      redirect: 'error',
    });
    const answer = await response.json();
    return Array.isArray(answer.errors) ? answer : failed;
  } catch {
    return failed;
  }
}

/** @param {string} text */
function showNotice(text) {
  const region = document.querySelector('[data-notice]');
  region.replaceChildren();
  if (text === '') return;
  const notice = document.createElement('div');
  notice.className = 'notice notice--good';
  notice.textContent = text;
  region.append(notice);
}

/** Says how long until a code may be asked for again. */
function countDown(button, seconds) {
  if (!(seconds > 0)) return;
  const label = button.textContent;
  const end = Date.now() + seconds * 1000;
  button.setAttribute('aria-disabled', 'true');
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left > 0) {
      button.textContent = button.dataset.again.replace('{seconds}', String(left));
      setTimeout(tick, 1000);
    } else {
      button.textContent = label;
      button.removeAttribute('aria-disabled');
    }
  };
  tick();
}

for (const form of document.querySelectorAll('[data-login-form]')) enhance(form);
