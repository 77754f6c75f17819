/**
 * Talks to the card component that runs on the person's own machine. It speaks through a pop-up that it serves itself: the pop-up
 * says that it is there, gets one request, posts one answer and closes. A message counts only from that very window and its exact
 * origin; the request, which may hold a PIN, goes to that origin alone.
 */

/** Without a message for so long it is not installed, or not running. */
const silenceMs = 3500;
/** A card may take its time; the challenge lives no longer than this. */
const answerMs = 90_000;
const features = 'height=200, width=200, left=100, top=20';

/**
 * @typedef {{ answer: Record<string, unknown> } | { outcome: string }} Reply what the component said, or what kept it from saying anything
 */

/**
 * Must be called from a click, or the browser blocks the pop-up.
 * @param {readonly string[]} addresses of the component's pop-up page, tried in this order
 * @param {() => Promise<Record<string, string>>} request made when the component is there
 * @param {{ onReady?: () => void }} [listener]
 * @returns {Promise<Reply>}
 */
export function askComponent(addresses, request, { onReady } = {}) {
  const [first, ...others] = addresses;
  const popup = window.open(first, '_blank', features);
  if (!popup) return Promise.resolve({ outcome: 'popup-blocked' });

  return new Promise((resolve) => {
    let address = first;
    let asked = false;
    let timer = setTimeout(onSilence, silenceMs);
    // Nothing tells a page that another window was closed. Looked at twice: an answer may still be on its way.
    let closedBefore = false;
    const watch = setInterval(() => {
      if (popup.closed && closedBefore) end({ outcome: 'window-closed' });
      closedBefore = popup.closed;
    }, 400);
    window.addEventListener('message', onMessage);

    /** @param {Reply} reply */
    function end(reply) {
      clearTimeout(timer);
      clearInterval(watch);
      window.removeEventListener('message', onMessage);
      popup.close();
      resolve(reply);
    }

    function onSilence() {
      const next = others.shift();
      if (next === undefined) return end({ outcome: 'not-installed' });
      address = next;
      popup.location.href = next;
      timer = setTimeout(onSilence, silenceMs);
    }

    /** @param {MessageEvent} event */
    function onMessage(event) {
      if (event.source !== popup || event.origin !== new URL(address).origin) return;
      const message = parse(event.data);
      if (message?.func !== 'getTbs')
        return asked ? end(message ? { answer: message } : badAnswer) : undefined;
      if (asked) return undefined;
      asked = true;
      clearTimeout(timer);
      timer = setTimeout(() => end({ outcome: 'component-failed' }), answerMs);
      onReady?.();
      return void send();
    }

    async function send() {
      try {
        popup.postMessage(JSON.stringify(await request()), new URL(address).origin);
      } catch {
        end({ outcome: 'no-challenge' });
      }
    }
  });
}

const badAnswer = { outcome: 'bad-answer' };

/**
 * @param {unknown} data
 * @returns {Record<string, unknown> | undefined}
 */
function parse(data) {
  if (typeof data !== 'string' || data.length > 1_000_000) return undefined;
  try {
    const message = JSON.parse(data);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {{ tbs: string, pin: string, slot: string }} what
 * @returns {Record<string, string>}
 */
export function signRequest({ tbs, pin, slot }) {
  return {
    func: 'MakeSignature',
    signatureType: 'PKCS7',
    tbs,
    tbsEncoding: 'NONE',
    hashAlgorithm: 'SHA256',
    withCardSN: 'false',
    pin,
    nonce: '',
    slotDescription: slot,
  };
}

/** @returns {Record<string, string>} */
export function cardsRequest() {
  return { func: 'GetUserCert', slotDescription: '' };
}

/**
 * The cards that are in a reader, of the component's answer to cardsRequest.
 * @param {Record<string, unknown>} answer
 * @returns {readonly { slot: string, label: string, holder: string }[]}
 */
export function cardsOf(answer) {
  const slots = Array.isArray(answer.slots) ? answer.slots : [];
  return slots.flatMap((slot) => {
    const token = slot?.token;
    if (typeof slot?.slotDescription !== 'string' || !Array.isArray(token?.certs) || token.certs.length === 0)
      return [];
    const { subjectCN } = token.certs.find(({ label }) => label === 'cert1') ?? token.certs[0];
    return [{ slot: slot.slotDescription, label: text(token.label), holder: text(subjectCN) }];
  });
}

/** @param {unknown} value */
function text(value) {
  return typeof value === 'string' ? value : '';
}
