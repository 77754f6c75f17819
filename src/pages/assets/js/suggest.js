/**
 * A field that suggests while one types (ARIA combobox with a list): arrow keys, Enter, Escape, pointer. Without an answer
 * it stays the plain field that it is, which takes a name or an OID.
 */
const waitMs = 180;

/** @param {HTMLElement} field */
export function enableSuggestions(field) {
  const input = field.querySelector('input');
  const list = field.querySelector('[role="listbox"]');
  const status = field.querySelector('[data-suggest-status]');
  if (!input || !(list instanceof HTMLElement)) return;
  let active = -1;
  let timer;
  let turn = 0;

  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);

  const options = () => [...list.children];
  const mark = (index) => {
    active = index;
    options().forEach((option, at) => option.setAttribute('aria-selected', String(at === index)));
    const option = options()[index];
    if (option) {
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  };
  const open = (isOpen) => {
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) mark(-1);
  };
  const choose = (option) => {
    input.value = option.dataset.value;
    open(false);
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map((suggestion, at) => optionOf(suggestion, `${list.id}-${at}`)));
    open(suggestions.length > 0);
    if (status)
      status.textContent =
        suggestions.length > 0
          ? field.dataset.words.replace('{count}', String(suggestions.length))
          : field.dataset.none;
  };
  const look = async () => {
    const mine = (turn += 1);
    const suggestions = await ask(field.dataset.suggest, input.value);
    // An answer to what was typed before says nothing any more.
    if (suggestions && mine === turn && document.activeElement === input) show(suggestions);
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.trim() === '') return open(false);
    timer = setTimeout(look, waitMs);
  });
  input.addEventListener('keydown', (event) => {
    const count = options().length;
    if (list.hidden || count === 0) {
      if (event.key === 'ArrowDown' && input.value.trim() !== '') look();
      return;
    }
    if (event.key === 'ArrowDown') mark((active + 1) % count);
    else if (event.key === 'ArrowUp') mark((active + count - 1) % count);
    else if (event.key === 'Enter' && active >= 0) choose(options()[active]);
    else if (event.key === 'Escape') open(false);
    else return;
    event.preventDefault();
  });
  list.addEventListener('pointerdown', (event) => {
    const option = event.target instanceof Element && event.target.closest('[role="option"]');
    // The focus stays in the field.
    event.preventDefault();
    if (option) choose(option);
  });
  input.addEventListener('blur', () => open(false));
  open(false);
}

function optionOf({ value, name, note }, id) {
  const option = document.createElement('li');
  option.id = id;
  option.className = 'suggest__option';
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  option.dataset.value = value;
  const words = document.createElement('span');
  words.textContent = name;
  const code = document.createElement('code');
  code.textContent = note;
  option.append(words, ' ', code);
  return option;
}

async function ask(address, typed) {
  try {
    const response = await fetch(`${address}?${new URLSearchParams({ q: typed })}`, {
      headers: { Accept: 'application/json' },
    });
    return response.ok ? (await response.json()).suggestions : undefined;
  } catch {
    return undefined;
  }
}
