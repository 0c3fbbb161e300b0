// A click on [data-full] shows the picture at full size, with its neighbours a key or a button away; Escape, the cross or
// a click beside the buttons closes it. Inside [data-before] a handle lets the photo be compared with the picture.
const made = (tag, facts) => Object.assign(document.createElement(tag), facts);
const full = (source, words) => made('img', { src: source, alt: words ?? '' });

const comparison = (picture, before, words) => {
  const frame = made('div', { className: 'compare' });
  const handle = made('input', { type: 'range', min: 0, max: 100, step: 0.5, value: 0, title: words });
  handle.setAttribute('aria-label', words);
  handle.addEventListener('input', () => {
    frame.style.setProperty('--before', `${handle.value}%`);
    frame.classList.toggle('sliding', handle.value > 0);
  });
  frame.append(picture, full(before, words), handle, made('span', { className: 'told', textContent: words }));
  return frame;
};

const shown = (link) => {
  const picture = full(link.dataset.full, link.dataset.alt);
  const run = link.hasAttribute('data-heated') ? null : link.closest('[data-before]');
  return run ? comparison(picture, run.dataset.before, run.dataset.beforeWords) : picture;
};

const enlarge = (first) => {
  const grid = first.closest('[data-words]');
  const words = JSON.parse(grid?.dataset.words ?? '{}');
  const all = grid ? [...grid.querySelectorAll('[data-full]')] : [first];
  const dialog = made('dialog', { className: 'lightbox' });
  const place = made('div', { className: 'shown' });
  const save = made('a', { className: 'round save', textContent: '↓', title: words.save ?? '' });
  const button = (name, sign, act) => {
    const one = made('button', { type: 'button', className: `round ${name}`, textContent: sign, title: words[name] ?? '' });
    one.setAttribute('aria-label', words[name] ?? sign);
    one.addEventListener('click', act);
    return one;
  };
  let now = 0;
  const show = (number) => {
    now = (number + all.length) % all.length;
    place.replaceChildren(shown(all[now]));
    save.href = all[now].dataset.full;
    save.download = decodeURIComponent(save.href.split('/').pop());
  };
  const neighbours = all.length < 2 ? [] : [button('earlier', '‹', () => show(now - 1)), button('later', '›', () => show(now + 1))];
  save.setAttribute('aria-label', words.save ?? '');
  dialog.setAttribute('aria-label', words.title ?? '');
  dialog.append(place, ...neighbours, save, button('close', '×', () => dialog.close()));
  dialog.addEventListener('click', (event) => { if (!event.target.closest('button, a, input')) dialog.close(); });
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target.matches('input')) return;
    show(now + step);
    event.preventDefault();
  });
  dialog.addEventListener('close', () => { dialog.remove(); all[now].focus(); });
  document.body.append(dialog);
  show(all.indexOf(first));
  dialog.showModal();
  dialog.querySelector('.later, .close').focus(); // so that arrow keys go to the neighbours
};

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-full]');
  if (!link) return;
  event.preventDefault();
  enlarge(link);
});

// A paste of pictures, or a photo from the camera, goes the way of a drop.
const give = (files) => {
  const drop = document.querySelector('#drop input[type=file]');
  if (!drop || !files.length) return false;
  const parcel = new DataTransfer();
  for (const file of files) parcel.items.add(file);
  drop.files = parcel.files;
  drop.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
};

document.addEventListener('paste', (event) => {
  const pictures = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith('image/'));
  if (give(pictures)) event.preventDefault();
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-camera]');
  if (!button) return;
  const dialog = Object.assign(document.createElement('dialog'), { className: 'camera' });
  const video = Object.assign(document.createElement('video'), { autoplay: true, playsInline: true, muted: true });
  const take = Object.assign(document.createElement('button'), { type: 'button', className: 'chip on', textContent: button.dataset.take });
  const close = Object.assign(document.createElement('button'), { type: 'button', className: 'chip', textContent: button.dataset.close });
  dialog.setAttribute('aria-label', button.textContent);
  dialog.append(video, take, close);
  document.body.append(dialog);
  dialog.showModal();
  let stream = null;
  dialog.addEventListener('close', () => {
    stream?.getTracks().forEach((track) => track.stop());
    dialog.remove();
    button.focus();
  });
  close.addEventListener('click', () => dialog.close());
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 4096 }, height: { ideal: 4096 } } });
    video.srcObject = stream;
  } catch {
    video.replaceWith(Object.assign(document.createElement('p'), { textContent: button.dataset.failed }));
    take.remove();
  }
  take.addEventListener('click', () => {
    const still = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
    still.getContext('2d').drawImage(video, 0, 0);
    still.toBlob((photo) => {
      give([new File([photo], `photo-${Date.now()}.jpg`, { type: 'image/jpeg' })]);
      dialog.close();
    }, 'image/jpeg', 0.95);
  });
});

// A text is copied by its button.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.copied;
});

// A strip of looks can be spread out, for those whose mouse does not scroll sideways.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-unfold]');
  if (!button) return;
  const all = button.parentElement.nextElementSibling.classList.toggle('all');
  button.setAttribute('aria-expanded', String(all));
  [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
});

// Messages cannot be folded here, so that their head is no button; gradio's own sentence becomes ours.
const wrongKind = /^Invalid file types?: (.*)\. Only (.*) allowed\.$/;
new MutationObserver(() => {
  for (const text of document.querySelectorAll('.toast-message-text')) {
    const [, files, kinds] = text.textContent.match(wrongKind) ?? [];
    if (files) text.textContent = document.querySelector('header').dataset.wrongKind.replace('{files}', () => files).replace('{kinds}', () => kinds);
  }
  for (const head of document.querySelectorAll('.toast-header[role]')) {
    head.removeAttribute('role');
    head.removeAttribute('tabindex');
  }
}).observe(document, { childList: true, subtree: true });

// The page speaks the language of its header.
new MutationObserver((_, watching) => {
  const header = document.querySelector('header[lang]');
  if (!header) return;
  document.documentElement.lang = header.lang;
  watching.disconnect();
}).observe(document, { childList: true, subtree: true });

// In a card of [data-heat] a chip shows where the picture differs from the product.
document.addEventListener('click', (event) => {
  const chip = event.target.closest('[data-heat]');
  if (!chip) return;
  const picture = chip.closest('.card').querySelector('.picture');
  const on = chip.getAttribute('aria-pressed') !== 'true';
  chip.setAttribute('aria-pressed', String(on));
  chip.classList.toggle('on', on);
  const source = on ? chip.dataset.heat : chip.dataset.plain;
  picture.querySelector('img').src = source;
  picture.dataset.full = source;
  picture.toggleAttribute('data-heated', on);
});

