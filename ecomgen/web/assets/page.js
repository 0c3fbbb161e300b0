// A click on [data-full] shows the picture at full size; Escape or a click closes it.
document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-full]');
  if (!link) return;
  event.preventDefault();
  const dialog = document.createElement('dialog');
  dialog.className = 'lightbox';
  const picture = document.createElement('img');
  picture.src = link.dataset.full;
  picture.alt = link.dataset.alt ?? '';
  dialog.append(picture);
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => { dialog.remove(); link.focus(); });
  document.body.append(dialog);
  dialog.showModal();
});
