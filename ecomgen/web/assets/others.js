// Further products: what is unfolded, where the cursor is and what is half typed outlive each new showing of them, and
// a mask's file is asked for by a field that is not shown anew.
const unfolded = new Set();
let typing = null; // the field with the focus, and what is typed in it
const number = (node) => node.closest('[data-product]')?.dataset.product;
const called = (node) => [number(node), node.localName, node.dataset.value ?? node.className].join();

element.addEventListener('focusin', ({ target }) => { typing = number(target) ? { name: called(target), text: null } : null; });
element.addEventListener('input', ({ target }) => { typing = { name: called(target), text: target.value }; });
element.addEventListener('click', ({ target }) => {
  if (target.closest('[data-trigger=parted], [data-trigger=forwarded]')) unfolded.clear();
  if (target.localName === 'summary' && number(target) && !unfolded.delete(number(target))) unfolded.add(number(target));
  if (target.dataset.matte === undefined) return;
  const place = element.closest('[role=tabpanel]').querySelector(':is(#other-mask, #catalogue-mask)');
  place.dataset.product = number(target);
  place.querySelector('input[type=file]').click();
});
element.addEventListener('change', ({ target }) => { if (typing?.name === called(target)) typing.text = null; });
// A browser does not tell of what it did not see typed, as a text that was put back.
const tell = ({ target }) => { if (typing?.text != null) target.dispatchEvent(new Event('change', { bubbles: true })); };
element.addEventListener('focusout', tell);
element.addEventListener('keyup', (event) => { if (event.key === 'Enter') tell(event); });
document.addEventListener('focusin', ({ target }) => { if (!element.contains(target)) typing = null; });
new MutationObserver(() => {
  for (const one of element.querySelectorAll('[data-product] details')) if (one.open !== unfolded.has(number(one))) one.open = !one.open;
  if (!typing || document.activeElement !== document.body) return;
  const { name, text } = typing;
  const again = [...element.querySelectorAll('input, select, button, summary')].find((one) => called(one) === name);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (text !== null) again.value = text;
  typing = { name, text };
}).observe(element, { childList: true, subtree: true, attributeFilter: ['open'] });
