// The pop-up between a page and the card: one request, one answer, then it closes.
const { opener } = window;

async function ask(request) {
  const paths = {
    MakeSignature: '/sign',
    GetUserCert: '/pkcs11info?withcert=true',
    CheckEnvir: '/pkcs11info',
  };
  let func;
  try {
    ({ func } = JSON.parse(request));
  } catch {
    // The server says what is wrong with it.
  }
  const path = Object.hasOwn(paths, func) ? paths[func] : '/sign';
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ tbsPackage: request }),
  });
  return answer.text();
}

async function serve(event) {
  if (event.source !== opener || typeof event.data !== 'string') return;
  window.removeEventListener('message', serve);
  opener.postMessage(await ask(event.data), event.origin);
  window.close();
}

if (opener) {
  window.addEventListener('message', serve);
  // Whoever opened this window is not known yet, and this says nothing to anybody.
  opener.postMessage(JSON.stringify({ func: 'getTbs' }), '*');
}
