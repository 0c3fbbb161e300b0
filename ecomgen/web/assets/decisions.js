// What was decided of pictures comes in #decided, and from there to each bar of that picture, wherever it stands.
const newest = new Map();
const renew = (bar, told) => {
  const fresh = told.cloneNode(true);
  const held = bar.contains(document.activeElement) ? document.activeElement : null;
  const act = held?.closest('details')?.querySelector('summary').dataset.act ?? held?.dataset.act;
  bar.replaceWith(fresh);
  if (act) fresh.querySelector(`[data-act="${act}"]`).focus();
};
const isRejected = (card) => card.querySelector('.decision [data-act="reject"][aria-pressed="true"]') !== null;
const ranked = (grid) => { // those that were rejected have no rank
  let rank = 0;
  for (const card of grid.querySelectorAll('.card[data-status="kept"]')) {
    if (!card.querySelector('.decision') || isRejected(card)) continue;
    rank += 1;
    const [verdict, badge] = ['.verdict', '.verdict .badge.accent'].map((place) => card.querySelector(place));
    const text = rank === 1 ? verdict.dataset.best : String(rank);
    if (badge && badge.textContent !== text) badge.textContent = text;
  }
};
onChange(() => {
  for (const told of document.querySelectorAll('#decided .decision')) newest.set(told.dataset.picture, told.cloneNode(true));
  for (const bar of document.querySelectorAll('.card .decision, dialog .decision')) {
    const known = newest.get(bar.dataset.picture);
    if (known && Number(known.dataset.version) > Number(bar.dataset.version)) renew(bar, known);
  }
  document.querySelectorAll('.grid').forEach(ranked);
});

// Beside the enlarged picture stands a copy of its bar; what is done there is done on the card.
const decisionOf = (picture) => document.querySelector(`.card .decision[data-picture="${picture}"]`);
const decisionCopied = (link) => {
  const bar = link.closest('.card')?.querySelector('.decision')?.cloneNode(true);
  for (const open of bar?.querySelectorAll('details[open]') ?? []) open.open = false;
  return bar ?? '';
};
const decisionKeys = (dialog, key) => {
  const bar = dialog.querySelector('.decision');
  const open = bar?.querySelector('.reject[open]');
  if (open && key >= '1' && key <= '9') open.querySelectorAll('button')[Number(key) - 1]?.click();
  else if (bar && 'sa'.includes(key)) bar.querySelector(key === 's' ? '[data-act="star"]' : '[data-act="approve"]').click();
  else if (bar?.querySelector('.comment') ? 'rc'.includes(key) : bar && key === 'r') {
    const part = bar.querySelector(key === 'r' ? '.reject' : '.comment');
    part.open = !part.open;
    (part.open ? part.querySelector('button, input') : part.querySelector('summary')).focus();
  } else return false;
  return true;
};
// What is unfolded comes into sight, above the bar at the window's lower edge.
document.addEventListener('toggle', (event) => {
  if (event.target.open && event.target.matches('.card .decision details')) event.target.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}, true);
// Escape closes what is unfolded of a picture before anything else.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const open = event.target.closest(':is(.decision, .next) details[open]') ?? document.querySelector('.lightbox .decision details[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
  event.preventDefault();
  event.stopPropagation();
}, true);
for (const kind of ['click', 'change']) {
  document.addEventListener(kind, (event) => {
    const copy = event.target.closest?.('dialog .decision');
    const field = kind === 'click' ? event.target.closest('[data-trigger]') : event.target;
    if (!copy || !field?.dataset.value) return;
    const own = decisionOf(copy.dataset.picture)?.querySelector(`[data-value="${field.dataset.value}"]`);
    if (kind === 'click') own?.click();
    else if (own && field.value.trim()) {
      own.value = field.value;
      own.dispatchEvent(new Event('change', { bubbles: true }));
    }
  });
}
// A comment is typed at once: letters that reach the enlarged picture decide about it.
document.addEventListener('toggle', (event) => {
  if (event.target.open && event.target.matches('.decision .comment')) event.target.querySelector('input').focus();
}, true);
