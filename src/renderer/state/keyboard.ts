// Whether a key is a shortcut where it was pressed: not where it is text, and not past a dialog that asks something.
import type { Command } from '#shared/shortcuts';

/** Inputs in which nothing is written. */
const NO_TEXT = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];

export function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.includes(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}

/** Help takes the place of a dialog, but never of what is being written in one. */
export function mayAct(command: Command): boolean {
  const dialogs = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')];
  if (dialogs.length === 0) return true;
  const isWritten = dialogs.some((dialog) => [...dialog.querySelectorAll('input, textarea')].some(isTextField));
  if (command !== 'help' || isWritten) return false;
  for (const dialog of dialogs) dialog.close();
  return true;
}
