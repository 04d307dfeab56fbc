// What a writer says of each event before it is written.
export type Pace = 'real' | 'fast';
/** `gathered`: kept back for some seconds, as one would who does not keep the promise. */
export type Way = 'at once' | 'gathered';

export interface Said {
  run: string;
  kind: string;
  /** The last of its run so far. */
  step: number;
  at: number;
}
