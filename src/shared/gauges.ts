// What of a step is watched beside how well it learns.
export interface GaugePoint {
  step: number;
  /** Absent in runs of older versions, as the next. */
  learningRate?: number;
  /** Counted bytes above the loaded engine at its worst moment. */
  memoryBytes?: number;
}
