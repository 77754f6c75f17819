/**
 * What every page does: forms that cannot be sent twice, buttons that show they work, passwords that can be shown.
 */

/** @param {HTMLButtonElement} button */
export function showWorking(button) {
  if (button.dataset.label !== undefined) return;
  button.dataset.label = button.textContent ?? '';
  button.dataset.working = '';
  button.setAttribute('aria-disabled', 'true');
  if (button.dataset.busy) button.textContent = button.dataset.busy;
}

/** @param {HTMLButtonElement} button */
export function showReady(button) {
  if (button.dataset.label === undefined) return;
  button.textContent = button.dataset.label;
  delete button.dataset.label;
  delete button.dataset.working;
  button.removeAttribute('aria-disabled');
}

/** @param {HTMLFormElement} form */
function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = '';
    if (event.submitter instanceof HTMLButtonElement) showWorking(event.submitter);
  });
}

/** A page that comes back from the browser's history may be sent again. */
function readyAgain() {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  for (const button of document.querySelectorAll('button[data-working]')) showReady(button);
}

/** @param {HTMLButtonElement} button */
function enableReveal(button) {
  const input = document.getElementById(button.getAttribute('aria-controls') ?? '');
  if (!(input instanceof HTMLInputElement)) return;
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    input.toggleAttribute('data-revealed', shown);
    button.setAttribute('aria-pressed', String(shown));
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
  };
  button.hidden = false;
  button.addEventListener('click', () => show(input.type === 'password'));
  // A password must not be kept as text by the browser's form history.
  input.form?.addEventListener('submit', () => show(false));
}

/** @param {HTMLElement} warning */
function watchCapsLock(warning) {
  const input = warning.parentElement?.querySelector('input');
  const look = (event) => {
    if (event.getModifierState)
      warning.textContent = event.getModifierState('CapsLock') ? warning.dataset.text : '';
  };
  input?.addEventListener('keyup', look);
  input?.addEventListener('blur', () => (warning.textContent = ''));
}

for (const form of document.querySelectorAll('form[data-once]')) sendOnce(form);
for (const button of document.querySelectorAll('[data-reveal]')) enableReveal(button);
for (const warning of document.querySelectorAll('[data-caps-lock]')) watchCapsLock(warning);
window.addEventListener('pageshow', (event) => event.persisted && readyAgain());
document.querySelector('[data-error-summary]:not([hidden])')?.focus();
