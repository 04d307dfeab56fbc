// What a chart draws, and in what manner.
export interface Series {
  name: string;
  colour: 'train' | 'validation' | 'ink';
  /** 'scatter': points that belong to no line. 'dashed': a line of no points. 'mark': one that is pointed at. */
  kind: 'line' | 'points' | 'scatter' | 'dashed' | 'mark';
  points: { x: number; y: number }[];
}
