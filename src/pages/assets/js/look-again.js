/** A page of something that goes on by itself: looks again after a while, in the same place. */
for (const part of document.querySelectorAll('[data-look-again]')) {
  setTimeout(() => location.reload(), Number(part.dataset.lookAgain));
}
