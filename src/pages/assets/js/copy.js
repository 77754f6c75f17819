/** Buttons that copy what an element says; without the right to the clipboard they are not shown. */

/** @param {HTMLButtonElement} button */
function enableCopy(button) {
  const source = document.getElementById(button.dataset.copy ?? '');
  if (!source || !navigator.clipboard) return;
  const label = button.textContent ?? '';
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(source.textContent ?? '');
    button.textContent = button.dataset.copied ?? label;
    button.addEventListener('blur', () => (button.textContent = label), { once: true });
  });
}

for (const button of document.querySelectorAll('[data-copy]')) enableCopy(button);
