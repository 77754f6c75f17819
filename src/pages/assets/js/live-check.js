/**
 * Judges a form while it is filled in: after each change the whole of it goes to the server, which answers as it would to
 * the form itself. Shown are the fields that somebody has been at; the rest waits for the button.
 */
import { showFieldErrors } from './form-errors.js';

/** @param {HTMLFormElement} form */
function checkLive(form) {
  const touched = new Set();
  let latest = 0;
  form.addEventListener('change', async (event) => {
    const field = event.target instanceof Element && event.target.closest('[data-field]');
    if (field instanceof HTMLElement) touched.add(field.dataset.field);
    const turn = (latest += 1);
    const answer = await ask(form);
    // An answer to an earlier state of the form says nothing any more.
    if (answer && turn === latest) showFieldErrors(form, answer.errors, touched);
  });
}

/** @param {HTMLFormElement} form */
async function ask(form) {
  try {
    const response = await fetch(form.dataset.liveCheck, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams(new FormData(form)),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    // The button still asks.
    return undefined;
  }
}

for (const form of document.querySelectorAll('form[data-live-check]')) checkLive(form);
