// The browser's Back closes what lies over the page, as Escape does, else it returns to the tab before: a page of its own is
// nothing that anybody wants to leave by that. After a reload, and in another language, the tab is in front that was so.
let lying = 0; // dialogs that have an entry in the browser's history
let dropped = 0; // entries that are being taken back, since their dialogs were closed
let returning = false; // to a tab: no new entry
const overlaid = () => [...document.querySelectorAll('dialog[open]')];
const chosenTab = () => document.querySelector('[role=tab][data-tab-id][aria-selected=true]')?.dataset.tabId;
const tabCalled = (name) => [...document.querySelectorAll('[role=tab][data-tab-id]')].find((tab) => tab.dataset.tabId === name);
let wanted = history.state?.tab ?? location.hash.slice(1);
document.addEventListener('click', ({ target }) => { if (target.matches('.language')) target.hash = chosenTab() ?? ''; });
const entered = (tab, dialogs, way = 'pushState') => history[way]({ tab, dialogs }, '');
let tabSeen = null;
onChange(() => {
  const [tab, open] = [chosenTab(), overlaid().length];
  if (tab && tab !== wanted && tabCalled(wanted)) return tabCalled(wanted).click(); // until the page is ready for it
  if (tab) wanted = '';
  if (tab && tab !== tabSeen) {
    if (!returning) entered(tab, open, tabSeen === null ? 'replaceState' : 'pushState');
    [tabSeen, returning] = [tab, false];
  }
  if (open > lying) for (let number = lying + 1; number <= open; number += 1) entered(tabSeen, number);
  else if (open < lying) {
    dropped += 1;
    history.go(open - lying);
  }
  lying = open;
});
addEventListener('popstate', ({ state }) => {
  if (dropped) {
    dropped -= 1;
    return;
  }
  const kept = state?.dialogs ?? 0;
  if (kept < lying) {
    lying = kept;
    for (const dialog of overlaid().slice(kept).reverse()) if (dialog.dispatchEvent(new Event('cancel', { cancelable: true }))) dialog.close();
  } else if (state?.tab && state.tab !== tabSeen) {
    returning = true;
    tabCalled(state.tab)?.click();
  }
});
