/**
 * Shows the answer to a form that a script has sent: beside each field and in the summary on top.
 * @param {HTMLFormElement} form
 * @param {readonly { field: string, text: string, code?: string }[]} errors
 */
export function showErrors(form, errors) {
  showFieldErrors(form, errors);
  const summary = document.querySelector('[data-error-summary]');
  if (!(summary instanceof HTMLElement)) return;
  summary
    .querySelector('ul')
    ?.replaceChildren(...errors.map((error) => summaryLine(error, summary.dataset.code)));
  summary.hidden = errors.length === 0;
  if (errors.length > 0) summary.focus();
}

/**
 * Beside the fields alone, and of those the ones in `only`.
 * @param {HTMLFormElement} form
 * @param {readonly { field: string, text: string }[]} errors
 * @param {ReadonlySet<string>} [only]
 */
export function showFieldErrors(form, errors, only) {
  for (const field of form.querySelectorAll('[data-field]')) {
    if (only && !only.has(field.dataset.field)) continue;
    const texts = errors.filter((error) => error.field === field.dataset.field).map((error) => error.text);
    showFieldError(field, texts);
  }
}

/** @param {HTMLElement} field @param {readonly string[]} texts */
function showFieldError(field, texts) {
  const message = field.querySelector('[data-field-error]');
  const words = field.querySelector('[data-field-error-text]');
  if (!(message instanceof HTMLElement) || !words) return;
  message.hidden = texts.length === 0;
  words.textContent = texts.join(' ');
  field.classList.toggle('field--error', texts.length > 0);
  const input = field.querySelector('input[name], textarea[name], select[name], [data-card-pin]');
  if (texts.length === 0) input?.removeAttribute('aria-invalid');
  else input?.setAttribute('aria-invalid', 'true');
}

/** @param {{ field: string, text: string, code?: string }} error @param {string} codeWords */
function summaryLine({ field, text, code }, codeWords) {
  const line = document.createElement('li');
  const words = document.createElement(field === '' ? 'span' : 'a');
  words.textContent = text;
  if (words instanceof HTMLAnchorElement) words.href = `#${field}`;
  line.append(words);
  if (code) {
    const note = document.createElement('span');
    note.className = 'error-code';
    note.textContent = codeWords.replace('{code}', code);
    line.append(' ', note);
  }
  return line;
}
