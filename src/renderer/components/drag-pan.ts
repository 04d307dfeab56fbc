// Dragging a chart along with Shift held: says how far, in pixels, as it goes.
/** @returns what ends it */
export function dragPan(element: HTMLElement, moved: (pixels: number) => void): () => void {
  let last: number | undefined;
  const begin = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary || !event.shiftKey) return;
    last = event.offsetX;
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (last === undefined || event.offsetX === last) return;
    moved(event.offsetX - last);
    last = event.offsetX;
  };
  const end = () => (last = undefined);
  const listeners = { pointerdown: begin, pointermove: move, pointerup: end, pointercancel: end } as const;
  for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener as EventListener);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener as EventListener);
  };
}
