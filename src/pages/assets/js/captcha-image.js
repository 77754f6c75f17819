/** The captcha that is read or heard: another picture without leaving the page, and a new one after each use. */

/** @param {HTMLElement} box @returns {import('./captcha.js').Captcha} */
export function startImageCaptcha(box) {
  const picture = box.querySelector('[data-captcha-picture]');
  const sound = box.querySelector('[data-captcha-sound]');
  const field = box.querySelector('input');
  const pictureHref = picture.getAttribute('src');
  const soundHref = sound.getAttribute('src');
  let shown = 0;

  const renew = () => {
    // The number makes the browser ask again; the server does not look at it.
    shown += 1;
    picture.src = `${pictureHref}?n=${shown}`;
    sound.src = `${soundHref}?n=${shown}`;
    field.value = '';
  };

  box.querySelector('[data-captcha-renew]').addEventListener('click', (event) => {
    event.preventDefault();
    renew();
    field.focus();
  });

  return { pending: () => false, ready: async () => true, renew };
}
