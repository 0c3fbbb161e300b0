// A click on [data-full] shows the picture at full size; Escape or a click closes it. Inside [data-before] a handle lets
// the photo be compared with the picture.
const full = (source, words) => Object.assign(document.createElement('img'), { src: source, alt: words ?? '' });

const comparison = (picture, before, words) => {
  const frame = Object.assign(document.createElement('div'), { className: 'compare' });
  const photo = full(before, words);
  const handle = Object.assign(document.createElement('input'), { type: 'range', min: 0, max: 100, step: 0.5, value: 0 });
  handle.setAttribute('aria-label', words);
  handle.addEventListener('input', () => frame.style.setProperty('--before', `${handle.value}%`));
  handle.addEventListener('click', (event) => event.stopPropagation());
  frame.append(picture, photo, handle);
  return frame;
};

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-full]');
  if (!link) return;
  event.preventDefault();
  const dialog = Object.assign(document.createElement('dialog'), { className: 'lightbox' });
  const picture = full(link.dataset.full, link.dataset.alt);
  const run = link.closest('[data-before]');
  dialog.append(run ? comparison(picture, run.dataset.before, run.dataset.beforeWords) : picture);
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => { dialog.remove(); link.focus(); });
  document.body.append(dialog);
  dialog.showModal();
});
