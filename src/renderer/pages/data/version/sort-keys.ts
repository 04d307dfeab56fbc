// Keys beside those that move: what a hand on the keyboard needs to sort a thousand pictures.
import { NOTHING } from '../../../state/selection';
import type { VersionPage } from '../../../state/version-page.svelte';

/**
 * True: the key was used.
 * @param classes in the order of the keys 1 to 9; absent: masks say the classes, and pictures are only dropped
 */
export function sortKey(event: KeyboardEvent, page: VersionPage, classes?: readonly string[], typeClass?: () => void): boolean {
  const ctrl = event.ctrlKey || event.metaKey;
  const name = event.key.toLowerCase();
  if (ctrl && name === 'z') {
    if (event.shiftKey) page.redo();
    else page.undo();
  } else if (ctrl && name === 'y') page.redo();
  else if (ctrl || event.altKey) return false;
  else if (name === 'delete' || name === 'backspace') page.change(null);
  else if (name === 'escape') page.selection = { ...NOTHING, active: page.selection.active };
  else if (!classes) return false;
  else if (name === 'l') typeClass?.();
  else if (/^[1-9]$/.test(name) && classes[Number(name) - 1] !== undefined) page.change(classes[Number(name) - 1]);
  else return false;
  return true;
}
