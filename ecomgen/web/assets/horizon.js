// The ground of one's own backdrop as a grid, and its horizon, which is dragged to where the photo shows it. Where it is
// says how steeply the camera looks down: told degrees, or 0 for those that were read.
const [LEAST, MOST] = [1, 45]; // degrees
const CELL = 0.2; // of the width: a side of the grid's cells where the product stands
const FADES = [0.08, 0.7]; // of the way from the horizon to the product: where the grid begins, and where it is seen in full
const PAUSE = 450; // milliseconds after the last key, until the height is told
const STEPS = { ArrowUp: 0.5, ArrowRight: 0.5, ArrowDown: -0.5, ArrowLeft: -0.5, PageUp: 5, PageDown: -5 };
let told = 0;
let grip = null;
let pause = 0;

const part = (name) => element.querySelector(`[data-part=${name}]`);
const facts = () => {
  const { focal, row, read, ratio } = element.querySelector('.ground').dataset;
  return { focal: Number(focal), row: Number(row), read: Number(read), ratio: Number(ratio) };
};
const horizonAt = (degrees) => facts().row - facts().focal * Math.sin((degrees * Math.PI) / 180);
const degreesAt = (horizon) => {
  const sine = within((facts().row - horizon) / facts().focal, 0, 1);
  return within(Math.round((2 * Math.asin(sine) * 180) / Math.PI) / 2, LEAST, MOST);
};
const now = () => told || facts().read;

// Lines on the ground, in heights of the picture: those along it meet in the horizon's middle.
const lines = (horizon) => {
  const { focal, row, ratio } = facts();
  const below = row - horizon;
  const begin = horizon + FADES[0] * below;
  const found = [];
  const middle = ratio / 2;
  const reach = Math.ceil(0.6 / CELL / FADES[0]);
  for (let at = -reach; at <= reach; at += 1) {
    const across = (at * CELL * ratio) / below;
    found.push([middle + across * (begin - horizon), begin, middle + across * (1 - horizon), 1]);
  }
  for (let at = -60; at <= 400; at += 1) {
    const away = 1 + (at * CELL * ratio) / focal;
    const y = horizon + below / away;
    if (away > 0 && y <= 1 && y >= begin) found.push([0, y, ratio, y]);
  }
  return found;
};

const drawn = () => {
  const ground = element.querySelector('.ground');
  if (!ground) return;
  const [degrees, handle, grid] = [now(), part('horizon'), ground.querySelector('.ground-lines')];
  const horizon = horizonAt(degrees);
  grid.setAttribute('viewBox', `0 0 ${facts().ratio} 1`);
  const [from, to] = FADES.map((share) => horizon + share * (facts().row - horizon));
  const fade = `<linearGradient id="ground-fade" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="${from}" y2="${to}"><stop stop-opacity="0"/><stop offset="1"/></linearGradient>`;
  grid.innerHTML = fade + lines(horizon).map(([x0, y0, x1, y1]) => `<line x1="${x0}" y1="${y0}" x2="${x1}" y2="${y1}"/>`).join('');
  handle.style.top = `${100 * within(horizon, 0, 1)}%`;
  handle.classList.toggle('outside', horizon < 0 || horizon > 1);
  const shown = degrees.toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: 1 });
  handle.setAttribute('aria-valuenow', degrees);
  handle.setAttribute('aria-valuetext', `${shown}°`);
  part('told').textContent = ground.dataset[told ? 'asTold' : 'asRead'].replace('{degrees}', shown);
  part('again').hidden = !told;
};
const level = (degrees) => {
  told = degrees;
  drawn();
};
const tell = () => {
  clearTimeout(pause);
  trigger('levelled', { value: String(told) });
};

element.addEventListener('pointerdown', (event) => {
  const handle = event.target.closest('[data-part=horizon]');
  if (!handle || event.button) return;
  event.preventDefault();
  handle.focus({ preventScroll: true });
  handle.setPointerCapture(event.pointerId);
  grip = { from: event.clientY, horizon: horizonAt(now()), high: handle.parentElement.clientHeight, before: told };
});
element.addEventListener('pointermove', (event) => {
  if (grip && element.querySelector('.ground')) level(degreesAt(grip.horizon + (event.clientY - grip.from) / grip.high));
});
for (const end of ['pointerup', 'pointercancel']) {
  element.addEventListener(end, () => {
    if (grip && grip.before !== told) tell();
    grip = null;
  });
}
element.addEventListener('keydown', (event) => {
  if (!event.target.closest('[data-part=horizon]') || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = STEPS[event.key];
  const goal = { Home: LEAST, End: MOST, Delete: 0, Backspace: 0 }[event.key];
  if (by === undefined && goal === undefined) return;
  event.preventDefault();
  const next = Math.round(2 * now()) / 2 + (by ?? 0) * (event.shiftKey ? 5 : 1);
  level(goal ?? within(next, LEAST, MOST));
  clearTimeout(pause);
  pause = setTimeout(tell, PAUSE);
});
element.addEventListener('click', (event) => {
  if (!event.target.closest('[data-part=again]')) return;
  level(0);
  tell();
  part('horizon').focus({ preventScroll: true });
});

// The form says the same; what the server sends is another backdrop, or another shape of it.
window.addEventListener('camera', ({ detail }) => {
  if (!grip) level(Number(detail) || 0);
});
new MutationObserver(() => {
  const ground = element.querySelector('.ground');
  if (ground && !ground.querySelector('line')) level(Number(ground.dataset.told));
}).observe(element, { childList: true, subtree: true });
new MutationObserver(() => {
  const [picture, draft] = [element.querySelector('.ground img'), document.querySelector('#backdrop-draft i')?.dataset];
  if (!picture) return;
  part('drafting').textContent = draft?.text ?? '';
  if (draft?.picture) picture.src = draft.picture;
}).observe(document.querySelector('#backdrop-draft'), { childList: true, subtree: true, attributes: true });
