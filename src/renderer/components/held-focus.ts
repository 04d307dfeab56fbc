// What is pressed may switch itself off, move or go: the focus stays near, instead of falling back to the top of the window.

/** Of a page, whose heading takes a focus that has lost its place. */
export function heldFocus(page: HTMLElement): () => void {
  /** Used last, and lost by nobody's wish. */
  let last: HTMLElement | undefined;
  let frame = 0;

  const look = (): void => {
    if (!last) return;
    const heading = page.querySelector<HTMLElement>('h1');
    const isThere = last.isConnected && !last.matches(':disabled');
    const { activeElement } = document;
    // Switched off for a moment only, it has the focus again.
    if (isThere && (activeElement === document.body || activeElement === heading)) last.focus({ preventScroll: true });
    else if (!isThere && (activeElement === document.body || activeElement === last)) {
      const lost = last;
      heading?.focus({ preventScroll: true });
      last = lost.isConnected ? lost : undefined;
    }
  };
  const watching = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(look);
  });
  watching.observe(page, { subtree: true, childList: true, attributeFilter: ['disabled'] });

  const used = ({ target }: Event): void => {
    last = target instanceof HTMLElement ? target : undefined;
  };
  /** A click beside everything lets go of it. */
  const pressed = ({ target }: Event): void => {
    if (!(target instanceof Node && last?.contains(target))) last = undefined;
  };
  page.addEventListener('focusin', used);
  document.addEventListener('pointerdown', pressed, true);
  return () => {
    cancelAnimationFrame(frame);
    watching.disconnect();
    page.removeEventListener('focusin', used);
    document.removeEventListener('pointerdown', pressed, true);
  };
}
