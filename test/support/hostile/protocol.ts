// What is asked of the process that reads hostile input, and what it answers.

export type HostileInput =
  /** Of one file, as a check and an import open it. */
  | { kind: 'picture'; bytes: Uint8Array }
  /** The same of a mask. */
  | { kind: 'mask'; bytes: Uint8Array }
  /** A table, checked in full. */
  | { kind: 'table'; bytes: Uint8Array }
  /** Files written into a folder, which is opened as a person's choice would be; `chosen`: one of them instead of the folder. */
  | { kind: 'source'; files: { name: string; bytes: Uint8Array }[]; chosen?: string };

export interface ReadPicture {
  file: string;
  label: string;
  /** RGB of a file, the bytes of one picture of an array; absent where it was too large to be worth comparing. */
  pixels?: Uint8Array;
  width: number;
  height: number;
}

export type HostileOutcome =
  /** `problems`: what was left out, by name. */
  | { kind: 'accepted'; pictures: ReadPicture[]; problems: { file: string; message: string }[]; layout?: string }
  /** In a sentence for a person. */
  | { kind: 'refused'; file: string; message: string }
  /** Anything that is no refusal: ours to mend. */
  | { kind: 'fault'; message: string }
  | { kind: 'crash'; how: string }
  | { kind: 'hang' };

export interface HostileAnswer {
  outcome: HostileOutcome;
  /** The most this process has held so far. */
  peakBytes: number;
}
