// The stage: products are dragged, scaled and turned by hand over the scene of a finished picture, and so are the side
// that its light comes from and the strength of its shadow.
// A place is what --place says: the middle of the base and the height as shares of the canvas, and degrees clockwise.
const REACH = { x: [0, 1], y: [0.05, 1.2], height: [0.03, 1.5], turn: [-180, 180], shadow: [0, 2] };
const CATCH = 9; // screen pixels within which a line catches the product
const THIRDS = [1 / 3, 1 / 2, 2 / 3];
const PAUSE = 450; // milliseconds after the last key, until the place is told
const STEPS = { ArrowLeft: ['x', -0.005], ArrowRight: ['x', 0.005], ArrowUp: ['y', -0.005], ArrowDown: ['y', 0.005], '+': ['height', 0.01], '=': ['height', 0.01], '-': ['height', -0.01], '.': ['turn', 1], ',': ['turn', -1] };
const ALONG = [0.5, 0.3, 0.7, 0.15, 0.85]; // of a side, where the sun may stand on it
const SIDES = { // where the sun may stand on the layer, the best first
  '': [[0, 0], [1, 0], [0, 1], [1, 1]],
  back: ALONG.map((share) => [share, 0]),
  right: ALONG.map((share) => [1, share]),
  front: ALONG.map((share) => [share, 1]),
  left: ALONG.map((share) => [0, share]),
};
const TURNED = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'back', ArrowDown: 'front', Delete: '', Backspace: '' };
const FALLS = { '': [0, 0], left: [0.16, 0], right: [-0.16, 0], back: [0, 0.1], front: [0, -0.03] }; // the shadow, in widths of the product
const DEEPER = { ArrowLeft: -0.1, ArrowDown: -0.1, ArrowRight: 0.1, ArrowUp: 0.1, Home: -2, End: 2 };
const PULLED = 60; // pixels by which the shadow's knob is pulled for once its strength
const INSETS = [52, 24]; // pixels from the layer's edge to the sun
const CLEAR = 46; // pixels that the sun keeps from a product, its handles and the shadow's knob
const TURNER = 30; // pixels from the product's top to the knob that turns it
const FIGURES = [['x', 100], ['y', 100], ['height', 100], ['turn', 1], ['shadow', 100]];
const FAR = { '*': '+', _: '-', ':': '.', ';': ',', '>': '.', '<': ',' }; // the same keys with Shift
const near = (value, goals, reach) => goals.find((goal) => Math.abs(goal - value) <= reach);
const told = (id) => document.querySelector(`#${id} [data-key]`)?.dataset;
const written = ({ x, y, height, turn }) => [x, y, height, turn].map((value, at) => Number(value.toFixed(at === 3 ? 1 : 4))).filter((value, at) => at < 3 || value).join(',');
// A state holds the place of the product that is in hand, and in `places` those of all, in which its own may be older.
const placesOf = ({ x, y, height, turn, which, places }) => places.map((one, number) => (number === which ? { x, y, height, turn } : one));
const allWritten = (state) => placesOf(state).map(written).join(';');
const same = (one, other) => one.light === other.light && Math.abs(one.shadow - other.shadow) < 1e-4 && allWritten(one) === allWritten(other);

// The outline of a cut-out, so that its edges are known however it is turned: points in heights from its middle.
const outline = (image) => {
  const scale = Math.min(1, 160 / Math.max(image.naturalWidth, image.naturalHeight));
  const [wide, high] = [image.naturalWidth, image.naturalHeight].map((side) => Math.max(1, Math.round(side * scale)));
  const pen = created('canvas', { width: wide, height: high }).getContext('2d');
  pen.drawImage(image, 0, 0, wide, high);
  const { data } = pen.getImageData(0, 0, wide, high);
  const points = [];
  for (let row = 0; row < high; row += 1) {
    const seen = [...Array(wide).keys()].filter((column) => data[4 * (row * wide + column) + 3] > 8);
    if (!seen.length) continue;
    for (const column of [seen[0], seen.at(-1) + 1]) for (const edge of [row, row + 1]) points.push([(column - wide / 2) / high, edge / high - 0.5]);
  }
  return points.length ? points : [[-0.5, -0.5], [0.5, 0.5]];
};

const place = (opener) => {
  const key = opener.dataset.place;
  const { dialog, part, say } = templated(element);
  const [field, layer, scene, shade, above, sun, dark] = ['field', 'layer', 'scene', 'shade', 'above', 'sun', 'dark'].map(part);
  const shape = { width: Number(opener.dataset.width), height: Number(opener.dataset.height) };
  const fingers = new Map();
  const bases = {}; // the scene without the product, by another side of the light
  let facts = null; // what the server knows of the picture
  const pieces = []; // each product's element, outline, and width by height
  let stood = null; // that they are on the layer
  let now = null;
  let past = [];
  let at = 0;
  let grip = null;
  let lines = [];
  let pause = 0;
  let leaving = -1; // the step at which Escape was pressed
  let ended = 'kept'; // what is done with the places in the end: nothing where Escape leaves

  scene.src = opener.closest('.card').querySelector('.picture').dataset.full;

  // Where things are, in the layer's pixels.
  const product = () => pieces[now.which].node;
  const edges = (turn, { points }) => {
    const [cosine, sine] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    const across = points.map(([x, y]) => x * cosine - y * sine);
    const down = points.map(([x, y]) => x * sine + y * cosine);
    return { left: Math.min(...across), right: Math.max(...across), top: Math.min(...down), bottom: Math.max(...down) };
  };
  const box = ({ x, y, height, turn }, piece = pieces[now.which]) => {
    const [wide, high] = [layer.clientWidth, layer.clientHeight];
    const own = edges(turn, piece);
    const tall = height * high;
    return { x: x * wide, y: y * high, tall, middle: x * wide - ((own.left + own.right) / 2) * tall, centre: y * high - own.bottom * tall, wide: (own.right - own.left) * tall, high: (own.bottom - own.top) * tall };
  };
  const line = (x0, y0, x1, y1, kind) => `<line class="${kind}" x1="${x0}" y1="${y0}" x2="${x1}" y2="${y1}"/>`;
  const frame = (x, y, wide, high, kind) => `<rect class="${kind}" x="${x}" y="${y}" width="${Math.max(0, wide)}" height="${Math.max(0, high)}"/>`;
  const guided = ({ safe: [left, top, right, bottom], margin, fill }) => {
    const [wide, high] = [layer.clientWidth, layer.clientHeight];
    const [x, y, w, h] = [left * wide, top * high, (1 - left - right) * wide, (1 - top - bottom) * high];
    const free = left + top + right + bottom > 0 ? frame(x, y, w, h, 'free') : '';
    const edge = margin > 0 ? frame(margin * wide, margin * high, (1 - 2 * margin) * wide, (1 - 2 * margin) * high, 'free') : '';
    return free + edge + frame(x + (w - fill * wide) / 2, y + (h - fill * high) / 2, fill * wide, fill * high, 'fill');
  };
  const figures = (own) => (facts?.guides ?? []).map(({ title, least, most }) => {
    const share = Math.max(own.wide / layer.clientWidth, own.high / layer.clientHeight);
    const text = dialog.dataset.share.replace('{title}', title).replace('{share}', Math.round(100 * share));
    return { text: least > 0 || most < 1 ? `${text} (${Math.round(100 * least)}–${Math.round(100 * most)} %)` : text, wrong: share < least - 0.005 || share > most + 0.005 };
  });
  const apart = (x, y, [left, top, right, bottom]) => Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  // The place on the light's side that is clear of the products and of the shadow's knob at `dark`, else the clearest.
  const sunny = (dark) => {
    const [wide, high] = [layer.clientWidth, layer.clientHeight];
    const taken = placesOf(now).map((one, number) => box(one, pieces[number])).map((one) => [one.x - one.wide / 2, one.y - one.high - TURNER, one.x + one.wide / 2, one.y]);
    taken.push([...dark, ...dark]);
    const inset = (share, side, room) => within(share * side, Math.min(room, side / 2), side - Math.min(room, side / 2));
    const spots = INSETS.flatMap((room) => SIDES[now.light].map(([across, down]) => [inset(across, wide, room), inset(down, high, room)]));
    const clear = spots.map(([x, y]) => Math.min(...taken.map((one) => apart(x, y, one))));
    const first = clear.findIndex((far) => far >= CLEAR);
    return spots[first < 0 ? clear.indexOf(Math.max(...clear)) : first];
  };
  // The sun stands near the layer's edge, the shadow's knob beside the base, the farther off the deeper the shadow.
  const knobs = (own) => {
    const [wide, high] = [layer.clientWidth, layer.clientHeight];
    const out = own.x + own.wide / 2 + 2 * PULLED + 30 <= wide || own.x < wide / 2 ? 1 : -1;
    const pulled = own.x + out * (own.wide / 2 + 30 + PULLED * now.shadow);
    const place = [within(pulled, 22, wide - 22), within(own.y, 22, high - 22)];
    const [x, y] = sunny(place);
    sun.style.cssText = `left: ${x}px; top: ${y}px`;
    sun.classList.toggle('idle', now.light === '');
    dark.style.cssText = `left: ${place[0]}px; top: ${place[1]}px`;
    dark.dataset.out = out;
    const figures = { light: [sun, Object.keys(SIDES).indexOf(now.light), part('light').selectedOptions[0]?.textContent ?? ''], shadow: [dark, Math.round(100 * now.shadow), `${Math.round(100 * now.shadow)} %`] };
    for (const [knob, value, text] of Object.values(figures)) {
      knob.setAttribute('aria-valuenow', value);
      knob.setAttribute('aria-valuetext', text);
    }
  };
  const drawn = () => {
    if (now) part('light').value = now.light;
    if (!now) return;
    const own = box(now);
    const [wide, high] = [layer.clientWidth, layer.clientHeight];
    const standing = placesOf(now);
    for (const [number, { node, ratio }] of pieces.entries()) {
      const its = box(standing[number], pieces[number]);
      const nearer = standing.filter(({ y }, other) => y < standing[number].y || (y === standing[number].y && other > number)).length;
      node.style.cssText = `width: ${its.tall * ratio}px; height: ${its.tall}px; left: ${its.middle}px; top: ${its.centre}px; rotate: ${standing[number].turn}deg; z-index: ${nearer + 1}`;
      node.classList.toggle('chosen', number === now.which);
      Object.assign(node.dataset, { place: written(standing[number]), box: [its.x - its.wide / 2, its.y - its.high, its.wide, its.high].map(Math.round).join(',') });
    }
    const [aside, before] = FALLS[now.light];
    shade.style.cssText = `width: ${own.wide * (1.16 + Math.abs(aside))}px; height: ${Math.max(8, own.wide * (0.16 + before))}px; left: ${own.x + aside * own.wide}px; top: ${own.y + before * own.wide}px; opacity: ${Math.min(1, 0.65 * now.shadow)}`;
    knobs(own);
    const ground = grip ? line(0, facts.ground * high, wide, facts.ground * high, 'ground') : '';
    above.innerHTML = facts.guides.map(guided).join('') + ground + lines.map(([name, value]) => (name === 'x' ? line(value * wide, 0, value * wide, high, 'caught') : line(0, value * high, wide, value * high, 'caught'))).join('');
    part('told').replaceChildren(...figures(own).map(({ text, wrong }) => created('span', { textContent: text, className: wrong ? 'wrong' : '' })));
    for (const [name, times] of FIGURES) {
      const input = part(name);
      if (input !== document.activeElement) input.value = Number((now[name] * times).toFixed(1));
    }
    part('done').textContent = changed() ? dialog.dataset.keep : dialog.dataset.close;
    part('undo').setAttribute('aria-disabled', String(at === 0));
    part('redo').setAttribute('aria-disabled', String(at === past.length - 1));
  };
  const fitted = () => {
    const room = Math.min((field.clientWidth - 24) / shape.width, (field.clientHeight - 24) / shape.height);
    layer.style.cssText = `width: ${shape.width * room}px; height: ${shape.height * room}px`;
    drawn();
  };

  const choose = (which) => {
    if (!now || which < 0 || which === now.which) return;
    tell();
    const places = placesOf(now);
    now = { ...now, ...places[which], places, which };
    drawn();
  };

  // What is done to the place. While it moves, the scene without the product is seen, with a soft shadow.
  const live = () => {
    scene.src = bases[now.light] ?? facts.base;
    shade.hidden = false;
  };
  const put = (change) => {
    const next = { ...now, ...change };
    for (const name of Object.keys(REACH)) next[name] = within(next[name], ...REACH[name]);
    now = next;
    live();
    drawn();
  };
  const caught = (change, free) => {
    lines = [];
    if (free) return change;
    const [wide, high] = [layer.clientWidth, layer.clientHeight];
    const next = { ...now, ...change };
    const own = box(next);
    if ('x' in change) {
      const goal = near(next.x, THIRDS, CATCH / wide);
      if (goal !== undefined) { next.x = goal; lines.push(['x', goal]); }
    }
    if ('y' in change) {
      const ground = near(next.y, [facts.ground, ...THIRDS], CATCH / high);
      const middle = near(next.y - own.high / high / 2, [0.5], CATCH / high);
      if (ground !== undefined) { next.y = ground; lines.push(['y', ground]); }
      else if (middle !== undefined) { next.y = middle + own.high / high / 2; lines.push(['y', middle]); }
    }
    if ('shadow' in change) next.shadow = near(next.shadow, [0, 1], 0.08) ?? Number(next.shadow.toFixed(2));
    if ('turn' in change) next.turn = near(next.turn, [-90, -45, 0, 45, 90], 3) ?? next.turn;
    return next;
  };
  const tell = () => {
    clearTimeout(pause);
    if (same(now, past[at])) return;
    past.splice(at + 1, past.length, now);
    at += 1;
    sent();
  };
  const changed = () => now !== null && !same(now, past[0]);
  const said = () => JSON.stringify({ key, places: allWritten(now), light: now.light, shadow: Number(now.shadow.toFixed(2)) });
  const sent = () => {
    trigger('moved', { value: said() });
    say(dialog.dataset.looking, 'busy');
    drawn();
  };
  const stepped = (by) => {
    tell();
    if (!past[at + by]) return;
    at += by;
    now = past[at];
    live();
    sent();
  };

  // Pointers: the product is dragged, its corners scale it, the knob turns it; two fingers do all of it.
  const here = pointOn(layer);
  const level = (turn) => ((((turn + 180) % 360) + 360) % 360) - 180;
  const moves = {
    drag: (to, { from, start }) => ({ x: start.x + (to.x - from.x) / layer.clientWidth, y: start.y + (to.y - from.y) / layer.clientHeight }),
    scale: (to, { from, start, own }) => ({ height: (start.height * Math.hypot(to.x - own.x, to.y - own.y)) / Math.max(1, Math.hypot(from.x - own.x, from.y - own.y)) }),
    light: (to) => {
      const [across, down] = [to.x / layer.clientWidth - 0.5, to.y / layer.clientHeight - 0.5];
      if (Math.hypot(across, down) < 0.15) return { light: '' };
      return { light: Math.abs(across) > Math.abs(down) ? (across < 0 ? 'left' : 'right') : down < 0 ? 'back' : 'front' };
    },
    shadow: (to, { from, start }) => ({ shadow: start.shadow + (dark.dataset.out * (to.x - from.x)) / PULLED }),
    turn: (to, { from, start, own }) => ({ turn: level(start.turn + ((Math.atan2(to.y - own.centre, to.x - own.middle) - Math.atan2(from.y - own.centre, from.x - own.middle)) * 180) / Math.PI) }),
  };
  field.addEventListener('pointerdown', (event) => {
    if (event.button || !now) return;
    const held = event.target.closest('[data-grip]');
    const kind = held?.dataset.grip;
    choose(pieces.findIndex(({ node }) => node.contains(held)));
    if (!kind && !fingers.size && event.pointerType === 'mouse') return;
    event.preventDefault();
    (held?.matches('.knob') ? held : product()).focus({ preventScroll: true });
    field.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, here(event));
    grip = fingers.size > 1 ? { kind: 'pinch', start: now, ...spread(fingers) } : kind && { kind, from: here(event), start: now, own: box(now) };
    drawn();
  });
  field.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId) || !grip) return;
    fingers.set(event.pointerId, here(event));
    if (grip.kind === 'pinch') {
      const next = spread(fingers);
      const { start } = grip;
      put(caught({ x: start.x + (next.x - grip.x) / layer.clientWidth, y: start.y + (next.y - grip.y) / layer.clientHeight, height: (start.height * next.wide) / grip.wide, turn: level(start.turn + next.turn - grip.turn) }, event.altKey));
    } else put(caught(moves[grip.kind](here(event), grip), event.altKey));
  });
  const lifted = (event) => {
    if (!fingers.delete(event.pointerId) || !grip) return;
    lines = [];
    grip = null;
    if (!fingers.size) tell();
    drawn();
  };
  for (const end of ['pointerup', 'pointercancel']) field.addEventListener(end, lifted);
  field.addEventListener('wheel', (event) => {
    event.preventDefault();
    if (!now) return;
    put({ height: now.height * Math.sqrt(wheeled(event)) });
    soon();
  }, { passive: false });

  // Keys, numbers and buttons.
  field.addEventListener('focusin', (event) => {
    if (!grip) choose(pieces.findIndex(({ node }) => node === event.target));
  });
  const soon = () => {
    clearTimeout(pause);
    pause = setTimeout(tell, PAUSE);
  };
  const acts = { undo: () => stepped(-1), redo: () => stepped(1), restart: () => { put(past[0]); tell(); }, done: () => { tell(); dialog.close(); }, make: () => made() };
  const made = () => {
    ended = 'made';
    acts.done();
  };
  dialog.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button && now && button.getAttribute('aria-disabled') !== 'true') acts[button.dataset.part]();
    else if (button?.dataset.part === 'done') dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (!now || event.target.matches('input, select')) return;
    if (command && event.key.toLowerCase() === 'z') { event.preventDefault(); stepped(event.shiftKey ? 1 : -1); return; }
    if (!command && event.target === sun && event.key in TURNED) {
      event.preventDefault();
      put({ light: TURNED[event.key] });
      soon();
      return;
    }
    if (!command && event.target === dark && event.key in DEEPER) {
      event.preventDefault();
      put({ shadow: Number((now.shadow + DEEPER[event.key] * (event.shiftKey ? 5 : 1)).toFixed(2)) });
      soon();
      return;
    }
    const [name, by] = (command ? null : STEPS[FAR[event.key] ?? event.key]) ?? [];
    if (!name || (event.target !== product() && !event.key.match(/^[-+=.,*_:;<>]$/))) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    put({ [name]: name === 'turn' ? level(now.turn + by * (event.shiftKey ? 15 : 1)) : now[name] + by * far });
    soon();
  });
  for (const [name, times] of FIGURES) {
    part(name).addEventListener('input', (event) => {
      const value = Number(event.target.value.replace(',', '.'));
      if (!now || event.target.value === '' || !Number.isFinite(value)) return;
      put({ [name]: value / times });
      soon();
    });
    part(name).addEventListener('change', () => { if (now) tell(); });
  }

  part('light').addEventListener('change', (event) => {
    if (!now) return;
    put({ light: event.target.value });
    tell();
  });

  // The server's answers: the product and the scene without it, at first a guess; then drafts.
  const stand = async (fresh) => {
    const first = part('product');
    const nodes = fresh.products.map((_, number) => (number ? first.cloneNode(true) : first));
    for (const [number, node] of nodes.entries()) {
      const image = node.querySelector('img');
      image.src = fresh.products[number];
      await image.decode();
      pieces.push({ node, points: outline(image), ratio: image.naturalWidth / image.naturalHeight });
      if (nodes.length > 1) node.ariaLabel = `${number + 1}. ${first.ariaLabel.replace(/^\d+\. /, '')}`;
      if (number) nodes[number - 1].after(node);
      node.hidden = false;
    }
    const places = fresh.places.map(([x, y, height, turn]) => ({ x, y, height, turn }));
    now = { ...places[0], places, which: 0, light: fresh.light, shadow: fresh.shadow };
    past = [now];
    for (const one of [sun, dark, part('light').parentElement, part('shadow').parentElement]) one.hidden = !fresh.lit;
    say(pieces.length > 1 ? dialog.dataset.several : dialog.dataset.ready);
  };
  const opened = async () => {
    const answer = told('placed');
    if (answer?.key !== key) return;
    const fresh = JSON.parse(answer.facts);
    stood ??= stand(fresh);
    await stood;
    const before = facts?.base;
    facts = fresh;
    if (before && scene.getAttribute('src') === before) scene.src = facts.base;
    drawn();
    if (!before) product().focus({ preventScroll: true });
  };
  const drafted = () => {
    const answer = told('drafted');
    if (answer?.key !== key || !now || grip || answer.places !== allWritten(now) || answer.light !== now.light || Number(answer.shadow) !== Number(now.shadow.toFixed(2))) return;
    if (answer.base) bases[answer.light] = answer.base;
    if (answer.text) say(answer.text, answer.tone);
    if (!answer.picture) return;
    scene.src = answer.picture;
    shade.hidden = true;
    say(dialog.dataset.drafted, 'ok');
  };
  const watched = { childList: true, subtree: true, attributes: true };
  const watching = [['placed', opened], ['drafted', drafted]].map(([id, heard]) => {
    const one = new MutationObserver(heard);
    one.observe(document.querySelector(`#${id}`), watched);
    return one;
  });
  const resized = new ResizeObserver(fitted);
  dialog.addEventListener('cancel', (event) => {
    if (!now || !changed() || leaving === at) { ended = ''; return; }
    event.preventDefault();
    leaving = at;
    say(dialog.dataset.leave, 'doubt');
  });
  dialog.addEventListener('close', () => {
    for (const one of [...watching, resized]) one.disconnect();
    clearTimeout(pause);
    if (ended === 'made' || (ended && changed())) trigger(ended, { value: said() });
    dialog.remove();
    document.querySelector(`[data-place="${CSS.escape(key)}"]`)?.focus();
  });
  say(dialog.dataset.opening, 'busy');
  dialog.showModal();
  resized.observe(field);
  fitted();
  trigger('opened', { value: key });
  opened();
};

document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-place]');
  if (opener?.matches('button.chip')) place(opener);
});
