// What a chart draws, and in what manner.
export interface Series {
  name: string;
  colour: 'train' | 'validation' | 'ink';
  /** 'faint': what another line smooths. 'scatter': points that belong to no line. 'dashed': a line of no points. 'mark': one that is pointed at. */
  kind: 'line' | 'faint' | 'points' | 'scatter' | 'dashed' | 'mark';
  points: { x: number; y: number }[];
}
