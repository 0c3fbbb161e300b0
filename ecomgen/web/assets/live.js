// Clicks on [data-trigger] become events of the component; a box can be drawn on [data-draw].
const events = __EVENTS__;

element.addEventListener('click', (event) => {
  const target = event.target.closest('[data-trigger]');
  if (!target || !events.includes(target.dataset.trigger)) return;
  event.preventDefault();
  trigger(target.dataset.trigger, { value: target.dataset.value ?? '' });
});

if (events.includes('drawn')) {
  const NEAR = 6; // screen pixels: a shorter drag is a click, and two clicks are two corners
  let corner = null;
  let waiting = false;
  const canvas = () => element.querySelector('[data-draw]');
  const at = (event) => {
    const frame = canvas().getBoundingClientRect();
    const inside = (value, size) => Math.min(Math.max(value, 0), size);
    return { x: inside(event.clientX - frame.left, frame.width), y: inside(event.clientY - frame.top, frame.height) };
  };
  const outline = (a, b) => {
    const mark = canvas().querySelector('.drawing');
    const place = { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
    for (const [side, value] of Object.entries(place)) mark.style[side] = `${value}px`;
    mark.hidden = false;
  };
  const finish = (a, b) => {
    corner = null;
    waiting = false;
    const frame = canvas().getBoundingClientRect();
    const across = Number(canvas().dataset.width) / frame.width;
    const down = Number(canvas().dataset.height) / frame.height;
    const box = [Math.min(a.x, b.x) * across, Math.min(a.y, b.y) * down, Math.max(a.x, b.x) * across, Math.max(a.y, b.y) * down];
    if (box[2] - box[0] >= 2 && box[3] - box[1] >= 2) trigger('drawn', { value: box.map(Math.round).join(',') });
  };
  element.addEventListener('pointerdown', (event) => {
    if (!event.target.closest('[data-draw]') || event.button !== 0) return;
    event.preventDefault();
    if (!waiting) corner = at(event);
  });
  window.addEventListener('pointermove', (event) => {
    if (corner && canvas()) outline(corner, at(event));
  });
  window.addEventListener('pointerup', (event) => {
    if (!corner || !canvas()) return;
    const end = at(event);
    const far = Math.hypot(end.x - corner.x, end.y - corner.y) > NEAR;
    if (far) finish(corner, end);
    else waiting = true;
  });
}
