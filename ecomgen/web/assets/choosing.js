// Runs and pictures of the history are chosen, to be decided, downloaded or deleted together. What is chosen stays so
// where lists are told anew. Shift takes all from the last box to this one; [data-packs] takes the runs that it names.
const chosen = new Set();
let lastChosen = '';
const boxes = () => [...document.querySelectorAll('[data-choose]')];
const tick = () => { for (const box of boxes()) box.checked = chosen.has(box.dataset.choose); };
const tellChosen = () => {
  tick();
  const bar = document.querySelector('.chosen-bar');
  if (!bar) return; // the history was not opened yet
  const words = JSON.parse(bar.dataset.words);
  const runs = [...chosen].filter((name) => !name.includes(':')).length;
  const counted = ([one, more], count) => (count ? [(count === 1 ? one : more).replace('{count}', count)] : []);
  bar.querySelector('strong').textContent = [...counted(words.run, runs), ...counted(words.picture, chosen.size - runs)].join(', ');
  bar.dataset.names = [...chosen].join();
  for (const chip of bar.querySelectorAll('[data-ask]')) chip.dataset.value = `${chip.dataset.ask}|${bar.dataset.names}`;
  for (const part of bar.querySelectorAll('details')) part.open = false;
  bar.querySelector('.delete').hidden = !runs;
  for (const place of document.querySelectorAll('.choice, .history')) place.classList.toggle('choosing', chosen.size > 0);
};
const choose = (names, on) => {
  for (const name of names) chosen[on ? 'add' : 'delete'](name);
  tellChosen();
};
const named = (list) => list.map((box) => box.dataset.choose);
const listed = () => named(boxes().filter((box) => box.closest('.runs')));
const unchoose = () => choose([...chosen], false);
let toPack = false; // as soon as the history is there
const packing = (on) => {
  const button = document.querySelector('[data-packing]');
  toPack = Boolean(on && !button);
  if (button) button.setAttribute('aria-expanded', String(document.querySelector('.choice').classList.toggle('packing', on)));
};
onChange(() => {
  const bar = document.querySelector('.chosen-bar');
  if (!bar || (bar.dataset.names ?? '') === [...chosen].join()) return tick();
  tellChosen();
  if (toPack) packing(true);
});

document.addEventListener('click', (event) => {
  const box = event.target.closest('[data-choose]');
  const button = event.target.closest('[data-choosing], [data-packing], [data-packs]');
  if (box) {
    const all = named(boxes().filter((one) => one.closest('.runs, .grid') === box.closest('.runs, .grid')));
    const [from, to] = [all.indexOf(lastChosen), all.indexOf(box.dataset.choose)].sort((one, other) => one - other);
    lastChosen = box.dataset.choose;
    choose(event.shiftKey && from >= 0 ? all.slice(from, to + 1) : [lastChosen], box.checked);
  } else if (button?.dataset.choosing === 'all') choose(listed(), true);
  else if (button?.dataset.choosing === 'none') unchoose();
  else if (button?.dataset.packs) {
    unchoose();
    choose(button.dataset.packs.split(','), true);
    packing(true);
  } else if (button) packing();
});

// In the list arrow keys go from run to run, Ctrl+A takes all that are listed; what is chosen is decided by letters.
const choosingKeys = {
  Escape: unchoose,
  Delete: () => {
    const part = document.querySelector('.chosen-bar .delete');
    part.open = !part.hidden;
    if (part.open) part.querySelector('button').focus();
  },
};
document.addEventListener('keydown', (event) => {
  const typed = event.target.closest('input:not([type="checkbox"]), textarea, select, dialog');
  if (typed || !document.querySelector('.history')?.checkVisibility() || document.querySelector('dialog[open]')) return;
  const row = event.target.closest('.run-row');
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey || event.altKey) {
    if (event.altKey || key !== 'a' || !event.target.closest('#runs')) return;
    choose(listed(), true);
  } else if (row && step) row[step]?.querySelector(event.target.matches('input') ? 'input' : 'button').focus();
  else if (!chosen.size) return;
  else if (choosingKeys[event.key]) choosingKeys[event.key]();
  else if (!decisionKeys(document.querySelector('.choice'), key)) return;
  event.preventDefault();
});
