// Which of the shown pictures are chosen, by click and key as in a file manager. Places are positions in the list that is shown.

export interface Selection {
  /** Chosen samples, by their index in the version. */
  chosen: ReadonlySet<number>;
  /** Where the focus is; −1: nowhere yet. */
  active: number;
  /** Where a range began. */
  anchor: number;
}

export const NOTHING: Selection = { chosen: new Set(), active: -1, anchor: -1 };

export interface Modifiers {
  /** Extends from where the range began. */
  shift: boolean;
  /** Keeps what is chosen. */
  ctrl: boolean;
}

/** A click on a place, or Space with ctrl. */
export function pick(selection: Selection, shown: readonly number[], place: number, { shift, ctrl }: Modifiers): Selection {
  if (shift) return range(selection, shown, place, ctrl);
  const sample = shown[place];
  if (!ctrl) return { chosen: new Set([sample]), active: place, anchor: place };
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(sample)) chosen.add(sample);
  return { chosen, active: place, anchor: place };
}

/** An arrow or the like took the focus to a place: with ctrl alone nothing else changes. */
export function move(selection: Selection, shown: readonly number[], place: number, modifiers: Modifiers): Selection {
  if (shown.length === 0) return selection;
  const target = Math.max(0, Math.min(shown.length - 1, place));
  if (modifiers.ctrl && !modifiers.shift) return { ...selection, active: target };
  return pick(selection, shown, target, { ...modifiers, ctrl: false });
}

export const pickAll = (selection: Selection, shown: readonly number[]): Selection => ({
  ...selection,
  chosen: new Set(shown),
  active: Math.max(0, selection.active),
  anchor: 0,
});

function range({ chosen, anchor }: Selection, shown: readonly number[], place: number, keep: boolean): Selection {
  const from = anchor < 0 ? place : anchor;
  const [first, last] = from < place ? [from, place] : [place, from];
  return { chosen: new Set([...(keep ? chosen : []), ...shown.slice(first, last + 1)]), active: place, anchor: from };
}
