// A click on [data-full] shows the picture over the window, with its neighbours a key or a button away; Escape, the cross or
// a click beside the picture closes it. The wheel, two fingers, + and - zoom, a click and 1 show 100 %, 0 the whole picture;
// what is larger than the window is dragged. Inside [data-before] a handle lets the photo be compared with it.
const LARGEST = 8; // times the picture's own size, and times what fits
const NEAR = 6; // screen pixels: a shorter drag is a click
const full = (source, words) => {
  const image = created('img', { src: source, alt: words ?? '', draggable: false });
  image.addEventListener('load', () => image.style.setProperty('--ratio', image.naturalWidth / image.naturalHeight));
  return image;
};

const comparison = (before, words) => {
  const handle = created('input', { type: 'range', min: 0, max: 100, step: 0.5, value: 0, title: words });
  handle.setAttribute('aria-label', words);
  handle.addEventListener('input', () => {
    handle.parentElement.style.setProperty('--split', `${handle.value}%`);
    handle.parentElement.classList.toggle('sliding', handle.value > 0);
  });
  return { photo: full(before, words), over: [handle, created('span', { className: 'told', textContent: words })] };
};

// What stands in the lightbox: a sheet of one picture, or of two over each other, which is moved and zoomed as one.
const sheet = (link) => {
  const run = link.hasAttribute('data-heated') ? null : link.closest('[data-before]');
  const { photo, over } = run ? comparison(run.dataset.before, run.dataset.beforeWords) : { over: [] };
  const layer = created('div', { className: 'layer' });
  layer.append(full(link.dataset.full, link.dataset.alt), ...(photo ? [photo] : []));
  return [layer, ...over];
};

// The view of a layer within the window: how large, and how far from where it stands when it fits.
const viewed = (place, told) => {
  const view = { scale: 1, x: 0, y: 0 };
  const layer = () => place.firstElementChild;
  const whole = () => (layer().firstElementChild.naturalWidth || 1) / (layer().offsetWidth || 1); // the scale of 100 %
  const moved = (x, y) => {
    const [wide, high] = [(layer().offsetWidth * view.scale) / 2, (layer().offsetHeight * view.scale) / 2]; // the window's middle stays on it
    Object.assign(view, view.scale > 1 ? { x: within(x, -wide, wide), y: within(y, -high, high) } : { x: 0, y: 0 });
    layer().style.transform = view.scale === 1 ? '' : `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    place.classList.toggle('near', view.scale > 1);
    told(view.scale / whole());
  };
  const zoomed = (scale, at = { x: innerWidth / 2, y: innerHeight / 2 }) => {
    const [frame, before] = [place.getBoundingClientRect(), view.scale];
    const [x, y] = [at.x - (frame.left + frame.right) / 2, at.y - (frame.top + frame.bottom) / 2];
    view.scale = within(scale, 1, LARGEST * Math.max(1, whole()));
    moved(x - ((x - view.x) * view.scale) / before, y - ((y - view.y) * view.scale) / before);
  };
  return {
    moved: (x, y) => moved(view.x + x, view.y + y),
    by: (share, at) => zoomed(view.scale * share, at),
    whole: (at) => zoomed(Math.abs(view.scale - whole()) < 0.01 ? 1 : whole(), at),
    fit: () => zoomed(1),
  };
};

// One finger or the mouse drags, two pinch; `pressed` hears of what was neither.
const handled = (dialog, view, pressed) => {
  const fingers = new Map();
  const tool = (event) => event.target.closest('button, a, input, summary, .deciding');
  let far = 0; // how far was dragged since the first finger came
  dialog.addEventListener('pointerdown', (event) => {
    if (tool(event) || event.button) return;
    event.preventDefault();
    dialog.setPointerCapture(event.pointerId);
    if (!fingers.size) far = 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY, on: event.target.closest('img') });
  });
  dialog.addEventListener('pointermove', (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const before = fingers.size > 1 ? spread(fingers) : { ...last };
    Object.assign(last, { x: event.clientX, y: event.clientY });
    const now = fingers.size > 1 ? spread(fingers) : last;
    far += Math.hypot(now.x - before.x, now.y - before.y) + (fingers.size > 1 ? NEAR : 0);
    if (fingers.size > 1) view.by(now.wide / before.wide, now);
    view.moved(now.x - before.x, now.y - before.y);
  });
  const lifted = (event) => {
    const last = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (last && !fingers.size && far < NEAR && event.type === 'pointerup') pressed(last);
  };
  for (const end of ['pointerup', 'pointercancel']) dialog.addEventListener(end, lifted);
  dialog.addEventListener('wheel', (event) => {
    event.preventDefault();
    view.by(wheeled(event), { x: event.clientX, y: event.clientY });
  }, { passive: false });
};

const enlarge = (first) => {
  const grid = first.closest('[data-words]');
  const words = JSON.parse(grid?.dataset.words ?? '{}');
  const all = grid ? [...grid.querySelectorAll('[data-full]')] : [first];
  const dialog = created('dialog', { className: 'lightbox' });
  const place = created('div', { className: 'shown' });
  const deciding = created('div', { className: 'deciding' });
  const save = created('a', { className: 'round save', textContent: '↓', title: words.save ?? '' });
  const button = (name, sign, act) => {
    const one = created('button', { type: 'button', className: `round ${name}`, textContent: sign, title: words[name] ?? '' });
    one.setAttribute('aria-label', words[name] ?? sign);
    one.addEventListener('click', act);
    return one;
  };
  const percent = button('percent', '', () => view.whole());
  const view = viewed(place, (share) => {
    percent.textContent = `${Math.round(100 * share)} %`;
    percent.setAttribute('aria-label', `${percent.textContent}, ${words.percent ?? ''}`);
  });
  const counted = created('span', { className: 'round counted', role: 'status' });
  const rest = () => dialog.querySelector('.later, .close').focus(); // where arrow keys go to the neighbours
  let now = 0;
  const show = (number) => {
    now = (number + all.length) % all.length;
    place.replaceChildren(...sheet(all[now]));
    deciding.replaceChildren(decisionCopied(all[now]));
    if (!dialog.contains(document.activeElement)) rest(); // what was pressed of the last picture's bar is gone
    const told = (words.number ?? '').replace('{number}', now + 1).replace('{total}', all.length);
    counted.textContent = [told, all[now].dataset.caption].filter(Boolean).join(' · ');
    dialog.setAttribute('aria-label', [words.title, ...neighbours.length ? [counted.textContent] : []].join(', '));
    place.style.removeProperty('--split');
    place.classList.remove('sliding');
    place.querySelector('img').addEventListener('load', view.fit);
    save.href = all[now].dataset.full;
    save.download = all[now].dataset.name ?? decodeURIComponent(save.href.split('/').pop());
  };
  const neighbours = all.length < 2 ? [] : [counted, button('earlier', '‹', () => show(now - 1)), button('later', '›', () => show(now + 1))];
  const keys = { ArrowLeft: () => show(now - 1), ArrowRight: () => show(now + 1), '+': () => view.by(1.5), '=': () => view.by(1.5), '-': () => view.by(1 / 1.5), 0: view.fit, 1: () => { view.fit(); view.whole(); } };
  save.setAttribute('aria-label', words.save ?? '');
  dialog.append(place, deciding, ...neighbours, percent, save, button('close', '×', () => dialog.close()));
  handled(dialog, view, (at) => (at.on ? view.whole(at) : dialog.close()));
  dialog.addEventListener('keydown', (event) => {
    const slid = event.target.matches('input[type="range"]') && /^(Arrow|Home|End|Page)/.test(event.key);
    if (event.ctrlKey || event.metaKey || event.altKey || slid || event.target.matches('input:not([type="range"])')) return;
    if (!decisionKeys(dialog, event.key.toLowerCase())) keys[event.key]?.();
    else event.preventDefault();
    if (keys[event.key]) event.preventDefault();
  });
  dialog.addEventListener('close', () => { dialog.remove(); all[now].focus(); });
  document.body.append(dialog);
  show(all.indexOf(first));
  dialog.showModal();
  rest();
};

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-full]');
  if (!link) return;
  event.preventDefault();
  enlarge(link);
});
