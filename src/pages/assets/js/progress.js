/** Long work under way: brings its numbers up to date, and the whole page when it has moved on. */
const everyMs = 1500;
const inWords = (count) => count.toLocaleString('en');

for (const bar of document.querySelectorAll('[data-progress]')) {
  const text = document.querySelector('[data-progress-text]');
  const look = async () => {
    try {
      const answer = await fetch(bar.dataset.progress, { headers: { Accept: 'application/json' } });
      if (!answer.ok || answer.redirected) return location.reload();
      const { state, done, total } = await answer.json();
      if (state !== bar.dataset.state) return location.reload();
      bar.max = total;
      bar.value = done;
      if (text)
        text.textContent = text.dataset.progressText
          .replace('{done}', inWords(done))
          .replace('{total}', inWords(total));
    } catch {
      // The network comes back, or the person looks again.
    }
    setTimeout(look, everyMs);
  };
  setTimeout(look, everyMs);
}
