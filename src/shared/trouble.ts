// What went wrong when Overbatch last ran, and how it runs now, as the window tells it.

/** Which process: `main` is the app itself, `keeping` looks after the history's file. */
export const CRASHING = ['main', 'window', 'training', 'importing', 'viewing', 'asking', 'forecasting', 'engine', 'keeping'] as const;
export type Crashing = (typeof CRASHING)[number];

/** As it lies in the folder of crash reports. */
export interface CrashReport {
  what: Crashing;
  /** When, ISO. */
  at: string;
  /** In words: "it crashed, signal 11". */
  how: string;
  /** Memory ran out, which the app is made for: told where it happened, and not once more. */
  isOfMemory?: true;
  version: string;
  electron: string;
  system: string;
  lastLines: string[];
}

export type Crash = Pick<CrashReport, 'what' | 'at' | 'how'>;

/** Why nothing of the person's is loaded and only the engines that ship run. */
export type SafeBecause = 'asked' | 'failed-starts';

export interface Trouble {
  /** Absent: this is a usual start. */
  safe?: SafeBecause;
  /** Not yet dismissed, the newest first. */
  crashes: Crash[];
}
