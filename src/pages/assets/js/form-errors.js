/**
 * Shows the answer to a form that a script has sent: beside each field and in the summary on top.
 * @param {HTMLFormElement} form
 * @param {readonly { field: string, text: string }[]} errors
 */
export function showErrors(form, errors) {
  for (const field of form.querySelectorAll('[data-field]')) {
    const texts = errors.filter((error) => error.field === field.dataset.field).map((error) => error.text);
    showFieldError(field, texts);
  }
  const summary = document.querySelector('[data-error-summary]');
  if (!(summary instanceof HTMLElement)) return;
  summary.querySelector('ul')?.replaceChildren(...errors.map(summaryLine));
  summary.hidden = errors.length === 0;
  if (errors.length > 0) summary.focus();
}

/** @param {HTMLElement} field @param {readonly string[]} texts */
function showFieldError(field, texts) {
  const message = field.querySelector('[data-field-error]');
  const words = field.querySelector('[data-field-error-text]');
  if (!(message instanceof HTMLElement) || !words) return;
  message.hidden = texts.length === 0;
  words.textContent = texts.join(' ');
  field.classList.toggle('field--error', texts.length > 0);
  const input = field.querySelector('input[name]');
  if (texts.length === 0) input?.removeAttribute('aria-invalid');
  else input?.setAttribute('aria-invalid', 'true');
}

/** @param {{ field: string, text: string }} error */
function summaryLine({ field, text }) {
  const line = document.createElement('li');
  if (field === '') {
    line.textContent = text;
    return line;
  }
  const link = document.createElement('a');
  link.href = `#${field}`;
  link.textContent = text;
  line.append(link);
  return line;
}
