/**
 * A list in which several are chosen: a box for all of them, and a bar of actions as soon as one is.
 * @param {HTMLFormElement} form
 */
export function watchSelection(form) {
  const boxes = [...form.querySelectorAll('input[type="checkbox"][name]')];
  const bar = form.querySelector('.selection-bar');
  const words = form.querySelector('[data-selection-words]');
  const all = form.querySelector('[data-select-all]');
  const allBox = all?.querySelector('input');
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    if (bar instanceof HTMLElement) bar.hidden = count === 0;
    if (words) words.textContent = count === 0 ? '' : form.dataset.words.replace('{count}', String(count));
    for (const box of boxes) box.closest('tr')?.classList.toggle('chosen', box.checked);
    if (!allBox) return;
    allBox.checked = count > 0 && count === boxes.length;
    allBox.indeterminate = count > 0 && count < boxes.length;
  };
  if (all instanceof HTMLElement) all.hidden = boxes.length === 0;
  allBox?.addEventListener('change', () => {
    for (const box of boxes) box.checked = allBox.checked;
    show();
  });
  form.addEventListener('change', show);
  // A page from the browser's history keeps what was chosen.
  window.addEventListener('pageshow', show);
  show();
}
