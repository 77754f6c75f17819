/**
 * The form that a card signs. The PIN goes from its field to the component and nowhere else: the field has no name, and is emptied at
 * once. What is posted to us is the signature alone.
 */
import { askComponent, cardsOf, cardsRequest, signRequest } from './card-component.js';
import { outcomeOf } from './card-outcomes.js';
import { showErrors } from './form-errors.js';
import { showReady, showWorking } from './page.js';

/** A challenge this old is replaced before it is signed: it must outlive the time that the card takes. */
const freshMs = 45_000;
const slotMemory = 'hufu.card.slot';

/** @param {HTMLFormElement} form */
function enhance(form) {
  const pin = form.querySelector('[data-card-pin]');
  const signature = form.querySelector('[data-card-signature]');
  const submit = form.querySelector('[data-card-submit]');
  const choose = form.querySelector('[data-card-choose]');
  const status = form.querySelector('[data-card-status]');
  const choice = form.querySelector('[data-card-choice]');
  const list = choice.querySelector('select');
  const chosen = form.querySelector('[data-card-chosen]');
  const words = form.querySelector('template[data-card-words]').content;
  const addresses = form.dataset.cardAddresses.split(' ');
  const challenge = challengeOf(form);
  let busy = false;

  form.addEventListener(
    'submit',
    (event) => {
      if (signature.value !== '') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!busy) void attempt(sign);
    },
    { capture: true },
  );
  choose.addEventListener('click', () => !busy && void attempt(listCards));
  choose.hidden = false;
  list.addEventListener('change', keepSlot);
  showSlot();
  // A page that comes back from the browser's history holds a used signature.
  window.addEventListener('pageshow', (event) => event.persisted && (signature.value = ''));

  /** @param {() => Promise<void>} work called at once, while the click still counts */
  async function attempt(work) {
    busy = true;
    showErrors(form, []);
    try {
      await work();
    } finally {
      busy = false;
      showReady(submit);
      showReady(choose);
    }
  }

  async function sign() {
    const typed = pin.value;
    pin.value = '';
    if (typed === '') return refuse('pin-missing');
    showWorking(submit);
    say('opening');
    const slot = recall();
    const reply = await askComponent(
      addresses,
      async () => signRequest({ tbs: await challenge.fresh(), pin: typed, slot }),
      { onReady: () => say('signing') },
    );
    const answer = readReply(reply);
    if (!answer) return undefined;
    if (typeof answer.signature !== 'string' || answer.signature === '') return refuse('bad-answer');
    signature.value = answer.signature;
    say('sending');
    // After `busy` has been cleared by the caller.
    return void setTimeout(() => form.requestSubmit(submit));
  }

  async function listCards() {
    showWorking(choose);
    say('opening');
    const answer = readReply(await askComponent(addresses, async () => cardsRequest()));
    if (!answer) return;
    const cards = cardsOf(answer);
    if (cards.length === 0) return refuse('no-card');
    say('');
    offer(cards);
  }

  /** The component's answer; of anything else it says what happened. */
  function readReply(reply) {
    if ('outcome' in reply) return refuse(reply.outcome);
    const failure = outcomeOf(reply.answer);
    return failure ? refuse(failure.outcome, failure.code) : reply.answer;
  }

  /** @param {string} outcome @param {string} [code] */
  function refuse(outcome, code) {
    say('');
    const about = words.querySelector(`[data-outcome="${outcome}"]`);
    const codes = [about.dataset.code, code].filter(Boolean).join(' ');
    showErrors(form, [{ field: about.dataset.field, text: about.textContent, code: codes }]);
    showNext(form, words.querySelector(`[data-next="${outcome}"]`));
  }

  /** @param {string} stage */
  function say(stage) {
    showNext(form, undefined);
    status.textContent = stage === '' ? '' : words.querySelector(`[data-stage="${stage}"]`).textContent;
  }

  /** @param {ReturnType<typeof cardsOf>} cards */
  function offer(cards) {
    list.replaceChildren(...cards.map(option));
    choice.hidden = false;
    keepSlot();
    list.focus();
  }

  function keepSlot() {
    remember(list.value);
    showSlot();
  }

  /** Which reader the PIN goes to, where the person has chosen one. */
  function showSlot() {
    const slot = recall();
    chosen.textContent = slot === '' ? '' : chosen.dataset.text.replace('{slot}', slot);
  }
}

/** The challenge of the page, and a new one when it has grown old: the person may look for the card for minutes. */
function challengeOf(form) {
  const shown = form.querySelector('[data-card-challenge]');
  let text = shown.textContent;
  let since = performance.now();
  // What the browser kept of the page may be older than this script knows.
  window.addEventListener('pageshow', (event) => event.persisted && (since = -freshMs));

  return {
    async fresh() {
      if (performance.now() - since < freshMs) {
        // Good once: whatever comes of it, the next attempt asks for another.
        since = -freshMs;
        return text;
      }
      const response = await fetch(form.dataset.cardChallengeHref, {
        headers: { Accept: 'application/json' },
        redirect: 'error',
      });
      const answer = await response.json();
      if (!response.ok || typeof answer.challenge !== 'string') throw new Error('no challenge');
      text = answer.challenge;
      shown.textContent = text;
      return text;
    },
  };
}

/** What to do next, with its links. */
function showNext(form, next) {
  const place = form.querySelector('[data-card-next]');
  place.replaceChildren(...(next ? next.cloneNode(true).childNodes : []));
  place.hidden = !next;
}

function option({ slot, label, holder }) {
  const element = document.createElement('option');
  element.value = slot;
  element.textContent = [holder, label, slot].filter(Boolean).join('，');
  return element;
}

/** Which reader was chosen on this device; a variable where the browser keeps nothing. */
let chosenHere = '';

function remember(slot) {
  chosenHere = slot;
  try {
    localStorage.setItem(slotMemory, slot);
  } catch {
    // The choice lasts as long as the page.
  }
}

function recall() {
  try {
    return localStorage.getItem(slotMemory) ?? chosenHere;
  } catch {
    return chosenHere;
  }
}

for (const form of document.querySelectorAll('[data-card-form]')) enhance(form);
