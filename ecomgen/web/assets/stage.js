
// The photo of step 1: a click points, a drag draws a box or paints, and the photo can be enlarged and moved.
// Places are shares of the photo, from 0 to 1, so that they stay where they are while it is enlarged, moved or resized.
const NEAR = 6; // screen pixels: a shorter drag is a click, and two clicks with the box are two corners
const STEP = 12; // screen pixels that an arrow key moves the cross
const LARGEST = 8;
const state = { tool: 'point', scale: 1, x: 0, y: 0, brush: 28 };
const cross = { x: 0.5, y: 0.5, shown: false }; // where the keyboard points
let path = null;
let corner = null;

const canvas = () => element.querySelector('[data-draw]');
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const frame = () => canvas().getBoundingClientRect();
const at = (event) => {
  const box = frame();
  return { x: clamp((event.clientX - box.left) / box.width, 0, 1), y: clamp((event.clientY - box.top) / box.height, 0, 1) };
};
const onPhoto = (place) => [Math.round(place.x * canvas().dataset.width), Math.round(place.y * canvas().dataset.height)];
const apart = (a, b) => Math.hypot((a.x - b.x) * frame().width, (a.y - b.y) * frame().height); // in screen pixels
const photoPixels = (length) => Math.max(1, Math.round((length / frame().width) * canvas().dataset.width));

// Each answer of the server patches the page back to what it sent, often by attributes alone: dressed anew after all of them.
const patched = new MutationObserver(() => dress());
const dress = () => {
  patched.disconnect(); // its own changes are none
  if (canvas()) wear();
  patched.observe(element, { childList: true, subtree: true, attributes: true, characterData: true });
};
const wear = () => {
  const room = canvas().parentElement.getBoundingClientRect();
  const spare = (side, size) => Math.max(0, (size * state.scale - side) / 2);
  state.x = clamp(state.x, -spare(room.width, canvas().offsetWidth), spare(room.width, canvas().offsetWidth));
  state.y = clamp(state.y, -spare(room.height, canvas().offsetHeight), spare(room.height, canvas().offsetHeight));
  canvas().style.transform = `translate(${state.x}px, ${state.y}px) scale(${state.scale})`;
  canvas().dataset.using = state.tool;
  canvas().classList.toggle('near', state.scale > 1);
  for (const button of element.querySelectorAll('[data-tool]')) button.setAttribute('aria-pressed', String(button.dataset.tool === state.tool));
  const brush = element.querySelector('.brush');
  brush.hidden = !['add', 'erase'].includes(state.tool);
  brush.querySelector('input').value = state.brush;
  const mark = canvas().querySelector('.cross');
  mark.hidden = !cross.shown;
  mark.style.left = `${100 * cross.x}%`;
  mark.style.top = `${100 * cross.y}%`;
};
dress();

const zoom = (factor) => {
  const scale = clamp(state.scale * factor, 1, LARGEST);
  state.x *= scale / state.scale;
  state.y *= scale / state.scale;
  state.scale = scale;
  if (scale === 1 && state.tool === 'move') state.tool = 'point';
  dress();
};
const outline = (a, b) => {
  const mark = canvas().querySelector('.drawing');
  const place = { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
  for (const [side, value] of Object.entries(place)) mark.style[side] = `${100 * value}%`;
  mark.hidden = false;
};
const drawn = (a, b) => {
  corner = null;
  const [[x0, y0], [x1, y1]] = [onPhoto({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) }), onPhoto({ x: Math.max(a.x, b.x), y: Math.max(a.y, b.y) })];
  if (x1 - x0 >= 2 && y1 - y0 >= 2) trigger('drawn', { value: [x0, y0, x1, y1].join(',') });
};
const inks = () => ['add', 'erase'].includes(state.tool);
const ink = () => {
  const svg = canvas().querySelector('svg');
  let line = svg.querySelector('.now');
  if (!line) {
    line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
    line.setAttribute('class', `now ${state.tool === 'add' ? 'in' : 'out'}`);
    line.setAttribute('stroke-width', photoPixels(state.brush));
    svg.append(line);
  }
  line.setAttribute('points', path.map((place) => onPhoto(place).join(',')).join(' '));
};
const pointed = (place) => {
  const [x, y] = onPhoto(place);
  trigger('marked', { value: JSON.stringify({ point: [x, y, state.tool !== 'away'] }) });
};

element.addEventListener('click', (event) => {
  const tool = event.target.closest('[data-tool]');
  const factor = event.target.closest('[data-zoom]');
  if (tool) { state.tool = tool.dataset.tool; corner = null; dress(); }
  if (factor) zoom(Number(factor.dataset.zoom));
});
element.addEventListener('input', (event) => {
  if (event.target.matches('[data-brush]')) state.brush = Number(event.target.value);
});
element.addEventListener('wheel', (event) => {
  if (!event.ctrlKey || !event.target.closest('[data-draw]')) return;
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
}, { passive: false });
element.addEventListener('pointerdown', (event) => {
  if (!event.target.closest('[data-draw]') || event.button !== 0) return;
  event.preventDefault();
  canvas().focus({ preventScroll: true });
  path = [at(event)];
  path.moved = { x: event.clientX - state.x, y: event.clientY - state.y };
});
window.addEventListener('pointermove', (event) => {
  if (!canvas()) return;
  if (corner && !path) outline(corner, at(event));
  if (!path) return;
  if (state.tool === 'move') { state.x = event.clientX - path.moved.x; state.y = event.clientY - path.moved.y; dress(); return; }
  path.push(at(event));
  if (inks()) ink();
  else outline(path[0], at(event));
});
window.addEventListener('pointercancel', () => { path = null; });
window.addEventListener('pointerup', (event) => {
  if (!path || !canvas()) return;
  const [start, end, stroke] = [path[0], at(event), path];
  path = null;
  const far = apart(start, end) > NEAR;
  if (state.tool === 'move') return;
  if (inks()) trigger('marked', { value: JSON.stringify({ stroke: [stroke.map(onPhoto), photoPixels(state.brush), state.tool === 'add'] }) });
  else if (far) drawn(start, end);
  else if (state.tool === 'box') { if (corner) drawn(corner, end); else corner = end; }
  else pointed(end);
});

// The same by keyboard: arrows move a cross, Enter is a click there, plus and minus enlarge.
element.addEventListener('keydown', (event) => {
  if (!event.target.matches('[data-draw]')) return;
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (moves[event.key]) {
    const [x, y] = moves[event.key];
    cross.x = clamp(cross.x + (x * STEP) / frame().width, 0, 1);
    cross.y = clamp(cross.y + (y * STEP) / frame().height, 0, 1);
  } else if (event.key === 'Enter' && state.tool === 'box') {
    if (corner) drawn(corner, cross);
    else corner = { x: cross.x, y: cross.y };
  } else if (event.key === 'Enter' && inks()) {
    trigger('marked', { value: JSON.stringify({ stroke: [[onPhoto(cross)], photoPixels(state.brush), state.tool === 'add'] }) });
  } else if (event.key === 'Enter' && state.tool !== 'move') pointed(cross);
  else if (event.key === '+' || event.key === '-') zoom(event.key === '+' ? 1.5 : 1 / 1.5);
  else return;
  event.preventDefault();
  cross.shown = true;
  dress();
});
