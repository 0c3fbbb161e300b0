// What is to happen whenever the page has changed; an error in one keeps no other from it.
const changes = new EventTarget();
const onChange = (act) => changes.addEventListener('change', act);
const attributeFilter = ['aria-label', 'aria-pressed', 'aria-selected', 'data-version', 'open']; // of a bar that is told anew, attributes alone may change
new MutationObserver(() => changes.dispatchEvent(new Event('change'))).observe(document, { childList: true, subtree: true, attributeFilter });

// What is to happen with a place as soon as it is on the page.
const once = (place, act) => {
  const looked = () => {
    const there = document.querySelector(place);
    if (!there) return;
    changes.removeEventListener('change', looked);
    act(there);
  };
  onChange(looked);
};

// An element with these properties.
const created = (tag, facts) => Object.assign(document.createElement(tag), facts);

// The dialog of a component's template, put on the page, with its parts by name and what its status says.
const templated = (element) => {
  element.append(element.querySelector('template').content.cloneNode(true));
  const dialog = element.querySelector('dialog');
  const part = (name) => dialog.querySelector(`[data-part=${name}]`);
  const say = (text, tone = '') => Object.assign(part('status'), { textContent: text, className: `pill status ${tone}` });
  return { dialog, part, say };
};

// A place comes into view, also while what stands around it grows or shrinks, until somebody goes elsewhere. What sticks is
// seen from its top where that which holds it begins.
const goTo = (place) => {
  const shown = () => {
    const { top } = place.getBoundingClientRect();
    if (innerWidth < 1000) place.scrollIntoView({ behavior: 'smooth' });
    else if (top < 0 || top > innerHeight / 2) (getComputedStyle(place).position === 'sticky' ? place.parentElement : place).scrollIntoView();
  };
  const moved = new ResizeObserver(shown);
  const still = () => moved.disconnect();
  moved.observe(document.body);
  moved.observe(place);
  for (const act of ['wheel', 'pointerdown', 'keydown']) addEventListener(act, still, { once: true, passive: true });
  setTimeout(still, 3000);
};

// How high the results are: what is higher than the window scrolls until its end is seen, and stays there.
const measured = new ResizeObserver(([{ target }]) => target.style.setProperty('--height', `${target.offsetHeight}px`));
once('.create > .results', (results) => measured.observe(results));

// Ctrl+Enter, or Cmd+Enter, in the description makes the pictures.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !event.target.closest('#prompt')) return;
  event.preventDefault();
  event.target.blur(); // so that the last word is told before
  document.querySelector('#generate').click();
});

// Tab leaves a list of choices for the next field: gradio would open it again, and what of it scrolls would be a stop. After
// Enter, at which gradio leaves the field, it is still there; only Escape closes the list that opens as one comes.
document.addEventListener('keydown', (event) => {
  const field = event.target;
  if (!field.matches('[role=combobox]')) return;
  if (event.key === 'Tab') {
    event.stopPropagation();
    document.getElementById(field.getAttribute('aria-controls'))?.setAttribute('tabindex', -1);
  } else if (event.key === 'Enter') {
    field.blur = () => {
      delete field.blur;
      field.blur();
      field.focus();
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    };
  }
}, true);

// A field that is read at Enter is read, too, when it is left with another text.
const readAt = '#box, #product';
let lastRead = null;
document.addEventListener('focusin', ({ target }) => { if (target.closest(readAt)) lastRead = target.value; });
document.addEventListener('keydown', ({ key, target }) => { if (key === 'Enter' && target.closest(readAt)) lastRead = target.value; });
document.addEventListener('focusout', ({ target }) => {
  if (!target.closest(readAt) || target.value === lastRead) return;
  target.dispatchEvent(new KeyboardEvent('keypress', { key: 'Enter', bubbles: true }));
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
  const dialog = created('dialog', { className: 'camera' });
  const video = created('video', { autoplay: true, playsInline: true, muted: true });
  const take = created('button', { type: 'button', className: 'chip on', textContent: button.dataset.take });
  const close = created('button', { type: 'button', className: 'chip', textContent: button.dataset.close });
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
    video.replaceWith(created('p', { textContent: button.dataset.failed }));
    take.remove();
  }
  take.addEventListener('click', () => {
    const still = created('canvas', { width: video.videoWidth, height: video.videoHeight });
    still.getContext('2d').drawImage(video, 0, 0);
    still.toBlob((photo) => {
      give([new File([photo], `photo-${Date.now()}.jpg`, { type: 'image/jpeg' })]);
      dialog.close();
    }, 'image/jpeg', 0.95);
  });
});

// A button that is shown anew while the mouse holds it down is pressed all the same: the browser would tell of no click.
let heldDown = null;
document.addEventListener('pointerdown', ({ target }) => { heldDown = target.closest?.('button'); }, true);
document.addEventListener('pointerup', ({ target, pointerType }) => {
  const now = target.closest?.('button'); // of the document, where it is outside the window
  if (pointerType === 'mouse' && heldDown && !heldDown.isConnected && now?.outerHTML === heldDown.outerHTML) now.click();
  heldDown = null;
}, true);

// A text is copied by its button.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.copied;
});

// A strip of small pictures is one stop of the Tab key; arrow keys, Home and End go through it.
const strips = '.looks[role=group], .starters[role=group]';
document.addEventListener('keydown', (event) => {
  const all = [...(event.target.closest(strips)?.querySelectorAll('.look') ?? [])];
  const at = all.indexOf(event.target);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  all[(to + all.length) % all.length].focus();
});
const stopped = (strip, one) => { for (const each of strip.querySelectorAll('.look')) each.tabIndex = each === one ? 0 : -1; };
document.addEventListener('focusin', (event) => {
  const strip = event.target.closest('.look') && event.target.closest(strips);
  if (strip) stopped(strip, event.target);
});
onChange(() => {
  for (const strip of document.querySelectorAll(strips)) if (strip.querySelectorAll('.look:not([tabindex="-1"])').length > 1) stopped(strip, strip.querySelector('.look'));
});

// What is chosen of a strip that scrolls comes into its middle.
const taken = new WeakMap(); // by strip
onChange(() => {
  for (const strip of document.querySelectorAll('.looks')) {
    if (!strip.clientWidth) continue; // it is not shown
    const one = strip.querySelector('[aria-pressed=true]');
    if (one && taken.get(strip) !== one.dataset.value) strip.scrollLeft = one.offsetLeft - strip.offsetLeft - (strip.clientWidth - one.offsetWidth) / 2;
    taken.set(strip, one?.dataset.value);
  }
});

// A strip of looks can be spread out, for those whose mouse does not scroll sideways.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-unfold]');
  if (!button) return;
  const all = button.parentElement.nextElementSibling.classList.toggle('all');
  button.setAttribute('aria-expanded', String(all));
  [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
});

// A drop zone is called what is written on it, and not what gradio calls each of them in English.
onChange(() => {
  for (const zone of document.querySelectorAll('.upload-container[aria-label="Click to upload or drop files"]')) {
    const own = getComputedStyle(zone).getPropertyValue('--own-text').slice(1, -1);
    if (own) zone.setAttribute('aria-label', own);
  }
});

// Messages cannot be folded here, so that their head is no button; gradio's own sentence becomes ours.
const wrongKind = /^Invalid file types?: (.*)\. Only (.*) allowed\.$/;
onChange(() => {
  for (const text of document.querySelectorAll('.toast-message-text')) {
    const [, files, kinds] = text.textContent.match(wrongKind) ?? [];
    if (files) text.textContent = document.querySelector('header').dataset.wrongKind.replace('{files}', () => files).replace('{kinds}', () => kinds);
  }
  for (const head of document.querySelectorAll('.toast-header[role]')) {
    head.removeAttribute('role');
    head.removeAttribute('tabindex');
  }
});

// The page speaks the language of its header.
once('header[lang]', ({ lang }) => { document.documentElement.lang = lang; });

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

// What completes the description stands below it: the down arrow goes there, Escape back and hides it until more is typed,
// and a click leaves the field its focus. Nothing is removed: the same words told again would change nothing.
const offers = '#completions:not([data-dismissed]) .offered';
document.addEventListener('mousedown', (event) => { if (event.target.closest(offers)) event.preventDefault(); });
document.addEventListener('keydown', (event) => {
  const field = document.querySelector('#prompt textarea');
  const all = [...document.querySelectorAll(`${offers} button`)];
  const at = all.indexOf(event.target);
  if (!all.length || (event.target !== field && at < 0)) return;
  const last = field.selectionEnd === field.value.length;
  if (event.key === 'ArrowDown' && (at >= 0 || last)) all[(at + 1) % all.length].focus();
  else if (event.key === 'ArrowUp' && at >= 0) (all[at - 1] ?? field).focus();
  else if (event.key === 'Escape') { field.focus(); all[0].closest('#completions').dataset.dismissed = ''; }
  else return;
  event.preventDefault();
});
document.addEventListener('click', (event) => { if (event.target.closest(`${offers} button`)) document.querySelector('#prompt textarea').focus(); });
document.addEventListener('input', (event) => {
  if (event.target.closest('#prompt')) delete document.querySelector('#completions').dataset.dismissed;
});
let held = ''; // the completion that has the focus, which it keeps where they are told anew
document.addEventListener('focusin', (event) => { held = event.target.closest(`${offers} button`)?.dataset.value ?? ''; });
let offered = null; // they are seen above the button that stays in sight, also when what stands above them grows
const inSight = () => {
  const typing = document.activeElement === document.querySelector('#prompt textarea');
  if (typing) offered?.scrollIntoView({ block: 'nearest' });
};
new ResizeObserver(inSight).observe(document.documentElement);
onChange(() => {
  const field = document.querySelector('#prompt textarea');
  const now = document.querySelector(offers);
  const anew = now !== offered;
  offered = now;
  if (anew) inSight();
  const again = held && document.activeElement === document.body && [...document.querySelectorAll(`${offers} button`)].find((one) => one.dataset.value === held);
  if (!again) return;
  field.focus(); // they show only beside it
  again.focus();
});
