// Somebody comes back to the page: what was begun elsewhere meanwhile is looked for.
addEventListener('focus', () => trigger('returned'));
document.addEventListener('visibilitychange', () => { if (!document.hidden) trigger('returned'); });
