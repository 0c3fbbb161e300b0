// The set's light on the product: two pictures over each other, of which a handle shows more or less, and how strong it is.
const match = (opener) => {
  const key = opener.dataset.match;
  const { dialog, part, say } = templated(element);
  const [plain, lit, split, share] = ['plain', 'lit', 'split', 'share'].map(part);
  plain.src = opener.closest('.card').querySelector('.picture').dataset.full;

  const drawn = () => {
    lit.style.clipPath = `inset(0 0 0 ${split.value}%)`;
    lit.style.opacity = share.value;
    plain.parentElement.style.setProperty('--split', `${split.value}%`);
    share.nextElementSibling.textContent = `${Math.round(100 * share.value)} %`;
  };
  const answered = async () => {
    const answer = document.querySelector('#compared [data-key]')?.dataset;
    if (answer?.key !== key) return;
    watching.disconnect();
    if (answer.text) return say(answer.text, 'fail');
    [plain.src, lit.src, share.value] = [answer.plain, answer.lit, answer.share];
    await Promise.all([plain.decode(), lit.decode()]);
    lit.hidden = false;
    part('status').remove();
    for (const one of [split, share, part('keep')]) one.disabled = false;
    drawn();
    split.focus({ preventScroll: true });
  };
  const watching = new MutationObserver(answered);
  watching.observe(document.querySelector('#compared'), { childList: true, subtree: true, attributes: true });
  for (const one of [split, share]) one.addEventListener('input', drawn);
  part('close').addEventListener('click', () => dialog.close());
  part('keep').addEventListener('click', () => {
    trigger('matched', { value: `${key}:${share.value}` });
    dialog.close();
  });
  dialog.addEventListener('close', () => {
    watching.disconnect();
    dialog.remove();
    document.querySelector(`[data-match="${CSS.escape(key)}"]`)?.focus();
  });
  dialog.showModal();
  trigger('compared', { value: key });
  answered();
};

document.addEventListener('click', (event) => {
  const opener = event.target.closest('button[data-match]');
  if (opener) match(opener);
});
