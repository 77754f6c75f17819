// What a page has to do to get an answer of the card component: its address and the request's text are in the query.
const query = new URLSearchParams(location.search);
const component = query.get('component') ?? '';
const list = document.querySelector('ol');

document.querySelector('button').addEventListener('click', () => {
  const popup = window.open(`${component}/popupForm`, '_blank', 'height=200, width=200, left=100, top=20');
  window.addEventListener('message', (event) => {
    if (event.source !== popup || event.origin !== component) return;
    const line = document.createElement('li');
    line.textContent = event.data;
    list.append(line);
    if (list.children.length === 1) popup.postMessage(query.get('text') ?? '', component);
  });
});
