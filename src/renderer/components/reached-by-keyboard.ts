// What scrolls and holds nothing that the keyboard goes to is gone to itself, so that arrow keys scroll it.
// @wc-ignore
const GONE_TO =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"], summary';

export function reachedByKeyboard(element: HTMLElement): () => void {
  const look = () => {
    if (element.scrollHeight > element.clientHeight && !element.querySelector(GONE_TO)) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  };
  const resized = new ResizeObserver(look);
  const watch = () => {
    resized.disconnect();
    for (const each of [element, ...element.children]) resized.observe(each);
    look();
  };
  const changed = new MutationObserver(watch);
  changed.observe(element, { childList: true, subtree: true });
  watch();
  return () => {
    resized.disconnect();
    changed.disconnect();
  };
}
