// Until when it is known in this window how runs ended: what ended later, with no window open, is told when one opens.
const KEY = 'overbatch.known-until';

export interface KnownUntil {
  /** Absent: this is the first window ever. */
  get(): string | undefined;
  set(at: string): void;
}

export const knownUntil: KnownUntil = {
  get: () => localStorage.getItem(KEY) ?? undefined,
  set: (at) => localStorage.setItem(KEY, at),
};
