// Lets a thing be dragged out of the window as a file. The system takes over from the page; whoever has no pointer saves it instead.
import type { Attachment } from 'svelte/attachments';

/** @param begin asks main for the drag; undefined: there is nothing to drag now */
export const dragOut =
  (begin: (() => Promise<unknown>) | undefined): Attachment<HTMLElement> =>
  (element) => {
    if (!begin) return;
    const start = (event: DragEvent) => {
      event.preventDefault();
      void begin();
    };
    element.draggable = true;
    element.addEventListener('dragstart', start);
    return () => {
      element.draggable = false;
      element.removeEventListener('dragstart', start);
    };
  };
