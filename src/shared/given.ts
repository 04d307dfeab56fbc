// What Overbatch was given to open from outside its window: by a double click in the file manager, a second start, the menu.

/** main remembers the path; the window holds a token and a name to show. */
export type Given = { token: string; name: string } & (
  | { kind: 'runs' }
  | { kind: 'data' }
  /** Why it cannot be opened, with the next step. */
  | { kind: 'refused'; sentence: string }
);
