// What a chart draws, and in what manner.

/** Of runs that are compared, the oldest first: told apart by people who see fewer colours, and by their dashes besides. */
export const RUN_COLOURS = ['run-1', 'run-2', 'run-3', 'run-4', 'run-5', 'run-6', 'run-7', 'run-8'] as const;
export type RunColour = (typeof RUN_COLOURS)[number];

export interface Series {
  name: string;
  /** Where many are read at once. */
  short?: string;
  colour: 'train' | 'validation' | 'ink' | RunColour;
  /** 'faint': what another line smooths. 'scatter': points that belong to no line. 'dashed': a line of no points. 'mark': one that is pointed at. 'band': all between two lines. */
  kind: 'line' | 'faint' | 'points' | 'scatter' | 'dashed' | 'mark' | 'band';
  points: { x: number; y: number }[];
  /** Of a band: its lower edge. */
  lower?: { x: number; y: number }[];
  /** Lengths of strokes and gaps; absent: as its kind has it. */
  dash?: readonly number[];
}
