// Clicks on [data-trigger] become events of the component.
const events = __EVENTS__;

element.addEventListener('click', (event) => {
  const target = event.target.closest('[data-trigger]');
  if (!target || !events.includes(target.dataset.trigger)) return;
  event.preventDefault();
  trigger(target.dataset.trigger, { value: target.dataset.value ?? '' });
});
