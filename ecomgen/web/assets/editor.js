// The editor: the cut-out is corrected on the photo, in full screen; what the mask leaves out is veiled.
// Places are pixels of the photo, so that they stay where they are while it is enlarged and moved.
const NEAR = 6; // screen pixels: a shorter drag is a click
const STEP = 12; // screen pixels that an arrow key moves the cross
const AIR = { side: 16, top: 54, bottom: 72 }; // screen pixels around a photo that fits
const LARGEST = 8; // times what fits, and times the photo's own size
const SIDE = 1600; // pixels of the mask in the browser, at most
const BRUSH = { least: 4, most: 120, step: 1.25 }; // screen pixels
const MARKS = 400; // that the server takes
const PLACES = 4000; // of one stroke
const KEYS = { c: 'point', x: 'away', b: 'add', e: 'erase', m: 'box', h: 'move' };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Each tab has an editor of its own, which hears nothing of the other's photos.
const room = () => element.closest('[role=tabpanel]');
const found = (name) => room().querySelector(name);
// Which product's photo is corrected: 0 is the first; and whose it is, where one place shows products in turn.
let product = 0;
const card = () => (product ? `li[data-product="${product}"]` : ':is(#stage, #answer)');
const opener = () => found(`${card()} [data-edit]`);
const answer = () => found(`${card()} [data-number]`);
const whose = () => found(card())?.dataset.whose;
const HEARD = ':is(#heard, #catalogue-heard)';
const SHARP = ':is(#sharp, #catalogue-sharp)';

// What was done to the photo, one entry a step, with the mask that the server gave for it. It outlives the dialog.
let photo = null;
let past = [];
let now = 0;
let counter = 0;
const hand = { tool: 'point', brush: 28 };

// One edit is on its way at a time, and each holds all that is marked: what comes meanwhile is sent as one.
const LOST = 5000; // milliseconds after which an edit is thought lost
const way = { number: 0, since: 0 };
const send = () => {
  const { number, box, marks } = past[now];
  if (way.number && Date.now() - way.since < LOST) return;
  Object.assign(way, { number, since: Date.now() });
  trigger(photo.product ? 'edited_beside' : 'edited', { value: JSON.stringify({ product: photo.product, number, box, marks }) });
};
const received = () => {
  const last = Number(found(`${HEARD} [data-number]`)?.dataset.number);
  if (last !== way.number) return;
  way.number = 0;
  if (past[now].number > last) send();
};
const all = { childList: true, subtree: true, attributes: true };
const delivery = new MutationObserver(received);

const begun = (facts) => {
  const [marks, box] = [JSON.parse(facts.marks), JSON.parse(facts.box)];
  if (facts.key !== photo?.key) hand.tool = 'point'; // what was taken away from one product is not to be from the next
  photo = { product, whose: whose(), key: facts.key, width: Number(facts.width), height: Number(facts.height) };
  past = [...Array(marks.length + 1).keys()].map((count) => ({ marks: marks.slice(0, count), box, number: -1 }));
  if (box) past.unshift({ marks: [], box: null, number: -1 });
  now = past.length - 1;
  past[now].number = Number(answer()?.dataset.number ?? 0);
  counter = Math.max(counter, past[now].number);
};
const known = (facts) => {
  if (facts.key !== photo?.key || product !== photo.product || whose() !== photo.whose) return false;
  const same = JSON.stringify([past[now].marks, past[now].box]) === JSON.stringify([JSON.parse(facts.marks), JSON.parse(facts.box)]);
  return same || past[now].number > Number(answer()?.dataset.number ?? 0); // the server has not answered yet
};

const edit = () => {
  const facts = opener().dataset;
  if (!known(facts)) begun(facts);
  const { dialog, part, say } = templated(element);
  const [field, layer, picture, veil, above] = ['field', 'layer', 'picture', 'veil', 'above'].map(part);
  const share = Math.min(1, SIDE / Math.max(photo.width, photo.height)); // pixels of the mask per pixel of the photo
  const mask = created('canvas', { width: Math.round(photo.width * share), height: Math.round(photo.height * share) }); // opaque where the product is
  const [ink, sheet] = [mask.getContext('2d'), veil.getContext('2d')];
  const view = { scale: 0, x: 0, y: 0, fit: 1 };
  const cross = { x: photo.width / 2, y: photo.height / 2, shown: false }; // where the keyboard points
  const fingers = new Map();
  let grip = null; // what the pointer does
  let line = null; // the stroke that is being painted
  let corner = null; // the first of a box
  let hover = null;
  let space = false;

  Object.assign(veil, { width: mask.width, height: mask.height });
  layer.style.cssText = `width: ${photo.width}px; height: ${photo.height}px`;
  picture.src = opener().querySelector('img').src;

  // The mask.
  const brushed = (from, to, width, inside) => {
    ink.globalCompositeOperation = inside ? 'source-over' : 'destination-out';
    ink.lineCap = ink.lineJoin = 'round';
    ink.lineWidth = width * share;
    ink.beginPath();
    ink.moveTo(from[0] * share, from[1] * share);
    ink.lineTo(to[0] * share, to[1] * share);
    ink.stroke();
    ink.globalCompositeOperation = 'source-over';
  };
  const stroked = ([places, width, inside]) => places.forEach((place, at) => brushed(places[Math.max(0, at - 1)], place, width, inside));
  const veiled = (x = 0, y = 0, width = veil.width, height = veil.height) => {
    const colours = getComputedStyle(veil);
    const rim = Math.max(0.75, (1.75 * share) / view.scale);
    const ring = [0, 1, 2, 3, 4, 5, 6, 7].map((turn) => [rim * Math.cos((turn * Math.PI) / 4), rim * Math.sin((turn * Math.PI) / 4)]);
    const filled = (how, colour) => {
      sheet.globalCompositeOperation = how;
      sheet.fillStyle = colour;
      sheet.fillRect(x, y, width, height);
    };
    sheet.save();
    sheet.beginPath();
    sheet.rect(x, y, width, height);
    sheet.clip();
    sheet.clearRect(x, y, width, height);
    for (const [right, down] of ring) sheet.drawImage(mask, right, down);
    filled('source-in', colours.getPropertyValue('--rim'));
    filled('destination-over', colours.getPropertyValue('--veil'));
    sheet.globalCompositeOperation = 'destination-out';
    sheet.drawImage(mask, 0, 0);
    sheet.restore();
  };
  const bare = (entry) => !entry.marks.length && !entry.box;
  const rebuilt = () => {
    let from = now;
    while (from > 0 && !past[from].mask) from -= 1;
    const base = past[bare(past[now]) && bare(past[0]) && past[0].mask && !past[now].mask ? 0 : from].mask;
    ink.clearRect(0, 0, mask.width, mask.height);
    if (base) ink.drawImage(base, 0, 0, mask.width, mask.height);
    for (let at = from + 1; at <= now; at += 1) {
      for (const { stroke } of past[at].marks.slice(past[at - 1].marks.length)) if (stroke) stroked(stroke);
    }
    if (line) stroked([line.places, line.width, line.inside]);
    layer.classList.toggle('bare', !base && !line && !past[now].marks.some((mark) => mark.stroke)); // nothing is known yet
    veiled();
  };

  // The view.
  const here = pointOn(field);
  const onPhoto = ({ x, y }) => ({ x: (x - view.x) / view.scale, y: (y - view.y) / view.scale });
  const onScreen = ({ x, y }) => ({ x: x * view.scale + view.x, y: y * view.scale + view.y });
  const kept = ({ x, y }) => ({ x: within(x, 0, photo.width - 1), y: within(y, 0, photo.height - 1) });
  const pixel = (place) => { const { x, y } = kept(place); return [Math.round(x), Math.round(y)]; };
  const hits = ({ x, y }) => x >= 0 && y >= 0 && x < photo.width && y < photo.height;

  const drawn = () => {
    const ring = (place, size, kind) => { const { x, y } = onScreen(place); return `<circle class="${kind}" cx="${x}" cy="${y}" r="${size}"/>`; };
    const frame = ([x0, y0, x1, y1], kind) => {
      const [a, b] = [onScreen({ x: x0, y: y0 }), onScreen({ x: x1, y: y1 })];
      return `<rect class="${kind}" x="${a.x}" y="${a.y}" width="${b.x - a.x}" height="${b.y - a.y}"/>`;
    };
    const { marks, box, number } = past[now];
    const doubts = bare(past[now]) && Number(answer()?.dataset.number) === number ? JSON.parse(answer().dataset.doubts) : [];
    const named = ([x0, y0], count) => { const { x, y } = onScreen({ x: x0, y: y0 }); return `<text x="${x + 5}" y="${y + 17}">${count}</text>`; };
    const shapes = doubts.map((one, at) => frame(one, 'doubt') + named(one, at + 1));
    if (box) shapes.push(frame(box, 'box'));
    for (const { point } of marks) if (point) shapes.push(ring({ x: point[0] + 0.5, y: point[1] + 0.5 }, 7, point[2] ? 'in' : 'out'));
    if (grip?.kind === 'box' || corner) {
      const [a, b] = [corner ?? grip.from, grip?.to ?? (cross.shown ? cross : hover && onPhoto(hover)) ?? corner].map(kept);
      shapes.push(frame([Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)], 'box new'));
    }
    if (cross.shown) shapes.push(ring(cross, inks() ? hand.brush / 2 : 11, 'cross'));
    else if (hover && inks()) shapes.push(ring(onPhoto(hover), hand.brush / 2, 'cross'));
    above.innerHTML = shapes.join('');
  };
  let sharpened = 0;
  const placed = () => {
    layer.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    part('percent').textContent = `${Math.round(100 * view.scale)} %`;
    field.dataset.scale = view.scale;
    drawn();
    clearTimeout(sharpened);
    sharpened = setTimeout(veiled, 120); // the rim is as wide as before on the screen
  };
  const moved = (x, y) => {
    const [width, height] = [field.clientWidth, field.clientHeight];
    const whole = view.scale <= view.fit * 1.001;
    const side = (at, room, length, more) => (whole ? (room + more - length) / 2 : within(at, room / 2 - length, room / 2));
    view.x = side(x, width, photo.width * view.scale, 0);
    view.y = side(y, height, photo.height * view.scale, AIR.top - AIR.bottom);
    placed();
  };
  const zoomed = (scale, at = { x: field.clientWidth / 2, y: field.clientHeight / 2 }) => {
    const before = view.scale;
    view.scale = within(scale, Math.min(1, view.fit), LARGEST * Math.max(1, view.fit));
    moved(at.x - ((at.x - view.x) * view.scale) / before, at.y - ((at.y - view.y) * view.scale) / before);
  };
  const fitted = () => {
    const whole = view.scale <= view.fit;
    view.fit = Math.min((field.clientWidth - 2 * AIR.side) / photo.width, (field.clientHeight - AIR.top - AIR.bottom) / photo.height);
    if (whole || view.scale < view.fit) view.scale = view.fit;
    moved(view.x, view.y);
  };

  // Steps forward and back.
  const dressed = () => {
    for (const button of dialog.querySelectorAll('[data-tool]')) button.setAttribute('aria-pressed', String(button.dataset.tool === hand.tool));
    part('undo').setAttribute('aria-disabled', String(now === 0));
    part('redo').setAttribute('aria-disabled', String(now === past.length - 1));
    part('restart').setAttribute('aria-disabled', String(bare(past[now])));
    part('size').hidden = !inks();
    part('brush').value = hand.brush;
    field.dataset.using = space ? 'move' : hand.tool;
    drawn();
  };
  const sent = () => {
    past[now].number = counter += 1;
    send();
    say(dialog.dataset.looking, 'busy');
    dressed();
  };
  const done = (change) => {
    if ((change.marks ?? []).length > MARKS) return say(dialog.dataset.many, 'fail');
    past.splice(now + 1, past.length, { marks: past[now].marks, box: past[now].box, ...change });
    now += 1;
    sent();
  };
  const stepped = (by) => {
    if (!past[now + by]) return;
    now += by;
    rebuilt();
    sent();
  };
  const restarted = () => {
    if (bare(past[now])) return;
    done({ marks: [], box: null });
    rebuilt();
  };
  const marked = (mark) => done({ marks: [...past[now].marks, mark] });

  // The tools.
  const inks = () => ['add', 'erase'].includes(hand.tool);
  const inward = (event) => ['add', 'point'].includes(hand.tool) !== event.altKey;
  const pointed = (place, inside) => { if (hits(place)) marked({ point: [...pixel(place), inside] }); };
  const boxed = (a, b) => {
    corner = null;
    const [[x0, y0], [x1, y1]] = [pixel({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) }), pixel({ x: Math.max(a.x, b.x), y: Math.max(a.y, b.y) })];
    if (x1 - x0 >= 2 && y1 - y0 >= 2) done({ box: [x0, y0, x1, y1] });
    drawn();
  };
  const cornered = (place) => {
    if (corner) return boxed(corner, place);
    corner = kept(place);
    say(dialog.dataset.corner);
    drawn();
  };
  const painted = (place) => {
    const [x, y] = pixel(place);
    const last = line.places.at(-1) ?? [x, y];
    if (line.places.length && Math.hypot(x - last[0], y - last[1]) < Math.max(1, line.width / 10)) return;
    line.places.push([x, y]);
    brushed(last, [x, y], line.width, line.inside);
    const room = (line.width * share) / 2 + 8 + (3 * share) / view.scale;
    const [left, top] = [Math.min(last[0], x) * share - room, Math.min(last[1], y) * share - room].map(Math.floor);
    veiled(left, top, Math.ceil(Math.abs(x - last[0]) * share + 2 * room), Math.ceil(Math.abs(y - last[1]) * share + 2 * room));
  };
  const lowered = (place, inside) => {
    line = { places: [], width: Math.max(1, Math.round(hand.brush / view.scale)), inside };
    layer.classList.remove('bare');
    painted(place);
  };
  const lifted = () => {
    const few = Math.ceil(line.places.length / PLACES);
    const stroke = [line.places.filter((_, at) => at % few === 0), line.width, line.inside];
    line = null;
    marked({ stroke });
  };
  const dropped = () => {
    grip = null;
    if (!line) return;
    line = null;
    rebuilt();
  };
  const chosen = (tool) => {
    dropped();
    corner = null;
    hand.tool = tool;
    say(dialog.querySelector(`[data-tool=${tool}]`).title.split(' (')[0]);
    dressed();
  };
  const sized = (size) => {
    hand.brush = within(Math.round(size), BRUSH.least, BRUSH.most);
    dressed();
  };

  // Pointers: one points, paints or moves; two fingers move and zoom.
  field.addEventListener('pointerdown', (event) => {
    if (event.button > 1) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    field.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, here(event));
    cross.shown = false;
    if (fingers.size > 1) {
      dropped();
      grip = { kind: 'pinch', ...spread(fingers) };
      return;
    }
    const from = onPhoto(here(event));
    const pans = hand.tool === 'move' || space || event.button === 1;
    const kind = pans ? 'pan' : inks() ? 'ink' : hand.tool === 'box' ? 'box' : 'press';
    grip = { kind, from, start: here(event), x: view.x, y: view.y, inside: inward(event) };
    if (kind === 'ink') lowered(from, grip.inside);
    field.classList.toggle('held', pans);
  });
  field.addEventListener('pointermove', (event) => {
    const at = here(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, at);
    hover = event.pointerType === 'mouse' ? at : null;
    if (grip?.kind === 'pinch' && fingers.size > 1) {
      const next = spread(fingers);
      [view.x, view.y] = [view.x + next.x - grip.x, view.y + next.y - grip.y];
      zoomed((view.scale * next.wide) / grip.wide, next);
      Object.assign(grip, next);
    } else if (grip?.kind === 'press' && Math.hypot(at.x - grip.start.x, at.y - grip.start.y) > NEAR) grip.kind = 'pan';
    if (grip?.kind === 'pan') moved(grip.x + at.x - grip.start.x, grip.y + at.y - grip.start.y);
    if (grip?.kind === 'ink') for (const each of event.getCoalescedEvents?.() ?? [event]) painted(onPhoto(here(each)));
    if (grip?.kind === 'box') grip.to = onPhoto(at);
    drawn();
  });
  field.addEventListener('pointerup', (event) => {
    fingers.delete(event.pointerId);
    const { kind, from, start, inside } = grip ?? {};
    if (fingers.size && kind === 'pinch') return;
    field.classList.remove('held');
    grip = null;
    const end = here(event);
    if (kind === 'ink') lifted();
    else if (kind === 'press') pointed(onPhoto(end), inside);
    else if (kind === 'box' && Math.hypot(end.x - start.x, end.y - start.y) > NEAR) boxed(from, onPhoto(end));
    else if (kind === 'box') cornered(from);
  });
  field.addEventListener('pointercancel', (event) => { fingers.delete(event.pointerId); dropped(); });
  field.addEventListener('pointerleave', () => { hover = null; drawn(); });
  field.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoomed(view.scale * wheeled(event), here(event));
  }, { passive: false });

  // Buttons and keys.
  const acts = {
    undo: () => stepped(-1),
    redo: () => stepped(1),
    restart: restarted,
    nearer: () => zoomed(view.scale * 1.5),
    farther: () => zoomed(view.scale / 1.5),
    percent: () => zoomed(1),
    fit: () => zoomed(view.fit),
    mask: () => {
      veil.hidden = !veil.hidden;
      part('mask').setAttribute('aria-pressed', String(!veil.hidden));
    },
    done: () => dialog.close(),
  };
  dialog.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.tool) chosen(button.dataset.tool);
    else if (button.getAttribute('aria-disabled') !== 'true') acts[button.dataset.part]();
    if (event.detail && dialog.open) field.focus({ preventScroll: true }); // keys go on where the pointer was
  });
  part('brush').addEventListener('input', (event) => sized(Number(event.target.value)));
  const walked = ([right, down], far) => {
    if (hand.tool === 'move') return moved(view.x - right * far, view.y - down * far);
    Object.assign(cross, kept({ x: cross.x + (right * far) / view.scale, y: cross.y + (down * far) / view.scale }), { shown: true });
    const { x, y } = onScreen(cross);
    const into = (at, room) => within(at, AIR.top, room - AIR.bottom) - at; // the photo follows a cross that leaves the window
    if (into(x, field.clientWidth) || into(y, field.clientHeight)) moved(view.x + into(x, field.clientWidth), view.y + into(y, field.clientHeight));
    if (line) painted(cross);
    drawn();
  };
  const entered = (event) => {
    cross.shown = true;
    if (hand.tool === 'box') cornered(cross);
    else if (line) lifted();
    else if (inks()) { lowered(cross, inward(event)); say(dialog.dataset.down); } else if (hand.tool !== 'move') pointed(cross, inward(event));
    drawn();
  };
  const commands = {
    z: (event) => stepped(event.shiftKey ? 1 : -1),
    y: () => stepped(1),
  };
  const strokes = {
    '+': acts.nearer,
    '=': acts.nearer,
    '-': acts.farther,
    0: acts.fit,
    1: acts.percent,
    '[': () => sized(Math.min(hand.brush - 1, hand.brush / BRUSH.step)),
    ']': () => sized(Math.max(hand.brush + 1, hand.brush * BRUSH.step)),
  };
  const onField = {
    Enter: entered,
    ' ': () => { space = true; dressed(); },
    ...Object.fromEntries(Object.entries(ARROWS).map(([key, way]) => [key, (event) => walked(way, STEP * (event.shiftKey ? 5 : 1))])),
  };
  const round = (event) => { // Tab stays in the dialog
    const all = [...dialog.querySelectorAll('button, input, [tabindex="0"]')].filter((one) => one.offsetParent);
    const [first, last] = [all[0], all.at(-1)];
    if (document.activeElement !== (event.shiftKey ? first : last)) return false;
    (event.shiftKey ? last : first).focus();
    return true;
  };
  dialog.addEventListener('keydown', (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    const tool = command || event.altKey ? null : KEYS[key];
    if (key === 'Tab') { if (round(event)) event.preventDefault(); return; }
    const act = command ? commands[key] : (strokes[key] ?? (event.target === field ? onField[key] : null) ?? (tool && (() => chosen(tool))));
    if (!act) return;
    event.preventDefault();
    act(event);
  });
  const released = (event) => {
    if (!space || (event.key ?? ' ') !== ' ') return;
    space = false;
    dressed();
  };
  dialog.addEventListener('keyup', released);
  field.addEventListener('blur', released);

  // The server's answers: first the mask, later its soft edge; and the photo at more pixels than the page had.
  const heard = async () => {
    const told = answer()?.dataset;
    const entry = past.find((one) => one.number === Number(told?.number));
    if (!entry || told.key !== photo.key) return;
    if (entry === past[now] && !(told.state === 'looking' && entry.source)) {
      const waits = part('status').classList.contains('busy');
      const text = told.text || (told.state === 'matte' && waits ? dialog.dataset.ready : '');
      if (text) say(text, { failed: 'fail', matte: told.text ? 'ok doubt' : 'ok' }[told.state] ?? 'busy');
      drawn();
    }
    if (!told.mask || entry.source === told.mask) return;
    const [image, source] = [Object.assign(new Image(), { src: told.mask }), told.mask];
    entry.source = source;
    await image.decode();
    if (entry.source !== source || !dialog.open) return;
    entry.mask = image;
    rebuilt();
  };
  const larger = async () => {
    const sharp = found(`${SHARP} [data-key]`);
    if (sharp?.dataset.key !== photo.key || picture.src === sharp.src) return;
    const image = Object.assign(new Image(), { src: sharp.src });
    await image.decode();
    picture.src = image.src;
  };
  const hearing = new MutationObserver(heard);
  const receiving = new MutationObserver(larger);
  delivery.observe(found(HEARD), all);
  for (const place of room().querySelectorAll('#answer, #other-products, #catalogue-product')) hearing.observe(place, all);
  receiving.observe(found(SHARP), all);
  const resized = new ResizeObserver(fitted);

  dialog.addEventListener('close', () => {
    for (const one of [hearing, receiving, resized]) one.disconnect();
    clearTimeout(sharpened);
    if (part('status').classList.contains('busy')) found(card())?.querySelector('.checker')?.classList.add('busy'); // it is not yet the new one
    dialog.remove();
    opener()?.focus();
  });
  dialog.showModal();
  resized.observe(field);
  fitted();
  rebuilt();
  chosen(hand.tool);
  heard();
  larger();
  if (found(`${SHARP} [data-key]`)?.dataset.key !== photo.key) trigger('opened', { value: product });
  field.focus({ preventScroll: true });
};

document.addEventListener('click', (event) => {
  const chosen = event.target.closest('[data-edit]');
  if (!chosen || !room().contains(chosen)) return;
  product = Number(chosen.closest('[data-product]')?.dataset.product ?? 0);
  edit();
});
