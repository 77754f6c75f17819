/** Ticks each rule as the new password meets it. The server judges; this only shows. */

const tests = {
  length: (text, minimum) => [...text].length >= minimum,
  upper: (text) => /[A-Z]/.test(text),
  lower: (text) => /[a-z]/.test(text),
  digit: (text) => /[0-9]/.test(text),
  special: (text) => /[^A-Za-z0-9]/.test(text),
};

/** @param {HTMLFormElement} form */
function enhance(form) {
  const first = form.elements.namedItem('new_password');
  const second = form.elements.namedItem('new_password_again');
  const list = form.querySelector('#password-rules');
  const same = form.querySelector('[data-same]');
  const rules = [...list.querySelectorAll('[data-rule]')].filter((rule) => rule.dataset.rule in tests);

  const look = () => {
    const text = first.value.normalize('NFC');
    for (const rule of rules) {
      const met = tests[rule.dataset.rule](text, Number(rule.dataset.minimum));
      rule.dataset.met = String(met);
      rule.querySelector('[data-rule-state]').textContent = met ? list.dataset.met : list.dataset.unmet;
    }
    same.textContent = first.value !== '' && first.value === second.value ? same.dataset.same : '';
  };
  first.addEventListener('input', look);
  second.addEventListener('input', look);
}

for (const form of document.querySelectorAll('[data-change-password]')) enhance(form);
