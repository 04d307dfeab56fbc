// Dragging across a chart: a band shows what is taken, and letting go says from where to where, in pixels of the element.
export interface Band {
  left: number;
  width: number;
}

/** Less is a press that slipped. */
const LEAST_PIXELS = 8;

/** @returns what ends it */
export function dragRange(
  element: HTMLElement,
  show: (band: Band | undefined) => void,
  done: (left: number, right: number) => void,
): () => void {
  let from: number | undefined;
  const bandTo = (x: number): Band => {
    const to = Math.min(Math.max(x, 0), element.clientWidth);
    return { left: Math.min(from ?? to, to), width: Math.abs(to - (from ?? to)) };
  };
  const begin = (event: PointerEvent) => {
    // With Shift it is moved along.
    if (event.button !== 0 || !event.isPrimary || event.shiftKey) return;
    from = event.offsetX;
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (from !== undefined) show(bandTo(event.offsetX));
  };
  const end = (event: PointerEvent) => {
    if (from === undefined) return;
    const { left, width } = bandTo(event.offsetX);
    leave();
    if (width >= LEAST_PIXELS) done(left, left + width);
  };
  const leave = () => {
    from = undefined;
    show(undefined);
  };
  const listeners = { pointerdown: begin, pointermove: move, pointerup: end, pointercancel: leave } as const;
  for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener as EventListener);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener as EventListener);
  };
}
