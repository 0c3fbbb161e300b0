// Clicks on [data-trigger] become events of the component, and what is typed into [data-typed], as VALUE:TEXT. What is
// within [data-product] says PRODUCT: before it.
const events = __EVENTS__;
const withProduct = (target, ...parts) => [target.closest('[data-product]')?.dataset.product, ...parts].filter((part) => part !== undefined).join(':');

element.addEventListener('click', (event) => {
  const target = event.target.closest('[data-trigger]');
  if (!target || !events.includes(target.dataset.trigger)) return;
  event.preventDefault();
  trigger(target.dataset.trigger, { value: withProduct(target, target.dataset.value ?? '') });
});

element.addEventListener('change', (event) => {
  const { typed, value } = event.target.dataset;
  if (events.includes(typed)) trigger(typed, { value: withProduct(event.target, value, event.target.value) });
});
