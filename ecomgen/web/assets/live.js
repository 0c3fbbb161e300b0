// Clicks on [data-trigger] become events of the component, and what is typed into [data-typed], as VALUE:TEXT.
const events = __EVENTS__;

element.addEventListener('click', (event) => {
  const target = event.target.closest('[data-trigger]');
  if (!target || !events.includes(target.dataset.trigger)) return;
  event.preventDefault();
  trigger(target.dataset.trigger, { value: target.dataset.value ?? '' });
});

element.addEventListener('change', (event) => {
  const { typed, value } = event.target.dataset;
  if (events.includes(typed)) trigger(typed, { value: `${value}:${event.target.value}` });
});
